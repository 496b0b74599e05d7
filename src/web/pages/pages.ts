import type { Context } from 'hono'
import { Hono } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import { stats } from '../../engagement/stats.ts'
import { toCsv } from '../../engagement/csv.ts'
import { formOf, onlyShortForms } from '../form.ts'
import { notice } from '../markup.ts'
import type { Web } from '../routes.ts'
import { pictureAtOf } from '../security.ts'
import { COOKIE, type Entered, isOpen, onlyOurForms, onlySessions } from '../session/guard.ts'
import type { Passwords } from '../session/password.ts'
import { endSession } from '../session/sessions.ts'
import { inTongue } from '../tongue.ts'
import { openTurns } from '../turns.ts'
import { articlePage } from './article.ts'
import { decideByForm, steerByForm } from './decide.ts'
import type { View } from './frame.ts'
import { home } from './home.ts'
import { listPage } from './list.ts'
import { previewAsked, previewPage } from './preview.ts'
import { openSaid } from './said.ts'
import { choiceOf, sinceMoment, statsPage } from './stats.ts'

type Asked = Context<Entered>

/** Bytes of a form with an Article as JSON. */
const LONGEST_ARTICLE = 1_100_000
/** Previews make us read other people's pages: so many at once. */
const PREVIEWS = 3

/** The pages of the newsroom: reading them takes a session, changing something a form of that very session. */
export function pages(web: Web, passwords: Passwords): Hono<Entered> {
  const { store } = web
  const said = openSaid(store.clock)
  const turns = openTurns(PREVIEWS)
  const pictureAt = pictureAtOf(web.config, web.sandbox?.site.url ?? null)
  const routes = new Hono<Entered>()
  const view = (context: Asked): View => {
    const { words, config } = inTongue(web, context)
    const { pathname, search } = new URL(context.req.url)
    return {
      words,
      config,
      now: store.clock(),
      here: `${pathname}${search}`,
      session: context.var.session,
      logout: !isOpen(web),
      pictureAt,
      said: said.find(context.req.query('said')),
    }
  }
  const back = (context: Asked, sentence: string) => {
    const from = URL.parse(context.req.header('referer') ?? '')
    const path = from === null || !/^(\/\w+)+$/.test(from.pathname) ? '/' : from.pathname
    return context.redirect(`${path}?said=${said.keep(sentence)}`, 303)
  }

  routes.use(async (context, next) => {
    context.header('Cache-Control', 'no-store')
    await next()
  })
  routes.use(onlySessions(web, passwords))
  routes.use(onlyShortForms(web, { '/preview': LONGEST_ARTICLE }))
  routes.use(onlyOurForms(web))
  routes.get('/', async (context) => {
    const allNeeds = context.req.query('needs') === 'all'
    return context.html(await home(web, view(context), allNeeds))
  })
  routes.get('/articles', async (context) => {
    const [, before] = /^a?(\d{1,15})$/.exec(context.req.query('before') ?? '') ?? []
    const page = await listPage(web, view(context), before === undefined ? null : Number(before))
    return context.html(page)
  })
  routes.get('/articles/:id', async (context) => {
    const [, id] = /^a(\d{1,15})$/.exec(context.req.param('id')) ?? []
    const page = id === undefined ? null : await articlePage(web, view(context), Number(id))
    if (page !== null) return context.html(page)
    const { words, config } = inTongue(web, context)
    return context.html(notice(words, config.locale, words.page.unknownArticle), 404)
  })
  routes.get('/preview', (context) =>
    context.html(previewPage(view(context), context.req.query('url') ?? '')),
  )
  routes.post('/preview', async (context) => {
    const { url = '', json = '', file = '' } = await formOf(context)
    const asked = { url: url.trim(), json: json.trim() === '' ? file : json }
    const { page, status } = await previewAsked(web, view(context), asked, turns)
    return context.html(page, status)
  })
  routes.get('/stats', async (context) => {
    const choice = choiceOf(context.req.query('since'), context.req.query('by'))
    return context.html(await statsPage(web, view(context), choice))
  })
  routes.get('/stats.csv', async (context) => {
    const choice = choiceOf(context.req.query('since'), context.req.query('by'))
    const since = sinceMoment(choice, store.clock())
    const rows = await stats(store.db, { since, by: choice.by })
    context.header('Content-Type', 'text/csv; charset=utf-8')
    context.header('Content-Disposition', `attachment; filename="crieur-${choice.by}.csv"`)
    return context.body(toCsv(rows, choice.by))
  })
  routes.post('/decide', async (context) =>
    back(context, await decideByForm(inTongue(web, context), context)),
  )
  routes.post('/accounts/:name/:how', async (context) => {
    const { name, how } = context.req.param()
    return back(context, await steerByForm(inTongue(web, context), name, how))
  })
  routes.post('/logout', async (context) => {
    const token = getCookie(context, COOKIE)
    if (token !== undefined) await endSession(store.db, token)
    deleteCookie(context, COOKIE, { path: '/' })
    return context.redirect('/login', 303)
  })
  return routes
}
