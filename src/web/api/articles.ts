import type { Hono } from 'hono'
import { z } from 'zod'
import { parseArticleJson } from '../../articles/json.ts'
import { decisionsOn } from '../../decisions/ledger.ts'
import { takeNamed } from '../../deliveries/heard.ts'
import { publicArticle } from '../../deliveries/public.ts'
import { refer } from '../../deliveries/refer.ts'
import { articleStory, newestStories } from '../../deliveries/story.ts'
import { expect, parseFields } from '../../fields.ts'
import { Problem } from '../../locale/problem.ts'
import { bodyOf, textOf } from '../body.ts'
import { signedOrBearer } from '../entry.ts'
import { checkReachable, tellTaken } from '../heard.ts'
import type { Web } from '../routes.ts'
import { countsOf, idOf } from './beside.ts'

const MOST = 100
const USUAL = 20

const page = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, expect('number'))
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MOST, expect('number'))
    .default(USUAL),
  before: z
    .string()
    .regex(/^a\d{1,15}$/, expect('article-id'))
    .transform(idOf)
    .optional(),
})

/** `POST /articles`: an article that is to be announced; an address is enough. */
export function takeArticles(door: Hono, web: Web): void {
  door.post('/articles', async (context) => {
    const body = await bodyOf(context)
    const message = signedOrBearer(context, web, body)
    const input = parseArticleJson(textOf(body))
    checkReachable(input.url, web)
    const taken = await takeNamed(web.store, { input, via: 'api' }, message)
    const told = await tellTaken(web, taken)
    return context.json(told, 202, { Location: told.follow })
  })
}

/** `GET /articles`: the newest, without their text; `GET /articles/:id`: everything known about one. */
export function readArticles(door: Hono, web: Web): void {
  const { db } = web.store
  door.get('/articles', async (context) => {
    const { limit, before = null } = parseFields(page, context.req.query(), 'query')
    const stories = await newestStories(db, { limit, before })
    const counts = await countsOf(
      db,
      stories.flatMap((story) => story.deliveries),
    )
    const articles = stories.map((story) => {
      const { content: _, ...told } = publicArticle(story, web.words, { counts })
      return told
    })
    const last = articles.length === limit ? articles.at(-1) : undefined
    const next = last === undefined ? null : `/api/articles?limit=${limit}&before=${last.id}`
    return context.json({ articles, next })
  })
  door.get('/articles/:id', async (context) => {
    const target = await refer(db, context.req.param('id'))
    const story = 'article' in target ? await articleStory(db, target.article) : null
    if (story === null || !('article' in target)) throw new Problem('nothing-here', {})
    const all = story.deliveries
    const deliveries = all.map(({ id }) => idOf(id))
    const [counts, decisions] = await Promise.all([
      countsOf(db, all),
      decisionsOn(db, { article: target.article, deliveries }),
    ])
    return context.json(publicArticle(story, web.words, { counts, decisions }))
  })
}
