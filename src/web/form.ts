import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { logRefusal } from './caller.ts'
import { notice } from './markup.ts'
import type { Web } from './routes.ts'

/** The longest field is the address of a post. */
const MOST_BYTES = 10_000

/** A form as it was sent: the first of each field. What is no form has no fields. */
export async function formOf({ req }: Context): Promise<Record<string, string>> {
  const fields = [...new URLSearchParams(await req.text())]
  return Object.fromEntries(fields.toReversed())
}

/** Forms are short: what is longer is not read to its end. */
export function onlyShortForms({ log, words, config }: Web): MiddlewareHandler {
  return bodyLimit({
    maxSize: MOST_BYTES,
    onError: (context) => {
      logRefusal(log, context, 413, 'form-too-large')
      return context.html(notice(words, config.locale, words.page.formWrong), 413)
    },
  })
}
