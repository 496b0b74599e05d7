import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { logRefusal } from './caller.ts'
import { notice } from './markup.ts'
import type { Web } from './routes.ts'

/** The longest field is the address of a post. */
const MOST_BYTES = 10_000

/** A form as it was sent: the first of each field, a file as its text. What is no form has no fields. */
export async function formOf({ req }: Context): Promise<Record<string, string>> {
  const type = req.header('content-type') ?? ''
  const fields = type.startsWith('multipart/form-data')
    ? await partsOf(req)
    : [...new URLSearchParams(await req.text())]
  return Object.fromEntries(fields.toReversed())
}

async function partsOf(req: Context['req']): Promise<[string, string][]> {
  const data = await req.formData().catch(() => new FormData())
  const parts = [...data].map(async ([name, value]): Promise<[string, string]> => [
    name,
    typeof value === 'string' ? value : await value.text(),
  ])
  return Promise.all(parts)
}

/** Forms are short, unless an address's may be longer: what is longer is not read to its end. */
export function onlyShortForms(
  { log, words, config }: Web,
  longer: Readonly<Record<string, number>> = {},
): MiddlewareHandler {
  return async (context, next) => {
    const limited = bodyLimit({
      maxSize: longer[context.req.path] ?? MOST_BYTES,
      onError: () => {
        logRefusal(log, context, 413, 'form-too-large')
        return context.html(notice(words, config.locale, words.page.formWrong), 413)
      },
    })
    return limited(context, next)
  }
}
