import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { App } from '../app.ts'
import { reasonOf } from '../reason.ts'
import { api } from './api/api.ts'
import { health } from './health.ts'
import { hooks } from './hooks/hooks.ts'
import { onlyOurHosts } from './hosts.ts'
import { notice } from './markup.ts'
import { pages } from './pages/pages.ts'
import type { Reading } from './read.ts'
import { securityHeaders } from './security.ts'
import { login } from './session/login.ts'
import { openPasswords } from './session/password.ts'
import { chooseTongue, inTongue } from './tongue.ts'

/** What answering over HTTP needs of the program. */
export interface Web extends Reading, Pick<App, 'config' | 'words' | 'log' | 'queue' | 'fetch'> {
  reading: Pick<App['reading'], 'junkOf'>
  sandbox: Pick<NonNullable<App['sandbox']>, 'site'> | null
}

const stylesheet = path.join(import.meta.dirname, 'style.css')

/** Everything that answers over HTTP. `ready`: whether all roles are up. */
export async function routes(app: Web, ready: () => boolean): Promise<Hono> {
  const { config, words, log } = app
  const style = await readFile(stylesheet, 'utf8')
  const web = new Hono()
  web.use(securityHeaders(config, app.sandbox?.site.url ?? null))
  web.use(
    methodNotAllowed({
      app: web,
      onMethodNotAllowed: (context, methods) =>
        context.text(`${words.web.readOnly}\n`, 405, { Allow: methods.join(', ') }),
    }),
  )
  web.route('/', health(app, ready))
  web.use(onlyOurHosts(app))
  web.route('/api', api(app))
  web.route('/hooks', hooks(app))
  web.get('/style.css', (context) =>
    context.body(style, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'no-cache',
    }),
  )
  web.use(chooseTongue())
  const passwords = openPasswords(app.store.db, config.adminPassword)
  web.route('/', login(app, passwords))
  web.route('/', pages(app, passwords))
  const said = (context: Context, why: 'missing' | 'broken') => {
    const spoken = inTongue(app, context)
    return notice(spoken.words, spoken.config.locale, spoken.words.web[why])
  }
  web.notFound((context) => context.html(said(context, 'missing'), 404))
  web.onError((error, context) => {
    log.error('page failed', { path: context.req.path, reason: reasonOf(error) })
    return context.html(said(context, 'broken'), 500)
  })
  return web
}
