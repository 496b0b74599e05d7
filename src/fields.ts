import { z } from 'zod'
import { Problem } from './locale/problem.ts'

/** What `field-invalid` says that a field has to be. */
const expectations = z.enum([
  'address',
  'text',
  'list',
  'date',
  'language',
  'object',
  'short',
  'number',
  'truth',
  'event',
  'article-id',
])
type Expected = z.infer<typeof expectations>
/** The message of a field that must be there. */
const missing = 'missing'

/** A field's own rule; the message is what `field-invalid` says was expected. */
export const expect = (expected: Expected) => ({ error: expected })

/** The same for a field that must be there. */
export const needed = (expected: Expected) => ({
  error: ({ input }: { input: unknown }) => (input === undefined ? missing : expected),
})

/**
 * What somebody sent, by a schema whose rules are `expect` and `needed`. Throws a `Problem` that names the field:
 * `field-missing`, `field-unknown`, `field-invalid` (`whole` where it is the thing itself).
 */
export function parseFields<T>(schema: z.ZodType<T>, given: unknown, whole: string): T {
  const { data, error, success } = schema.safeParse(given)
  if (success) return data
  const [issue] = error.issues
  const field = (issue?.path ?? []).join('.')
  if (issue?.code === 'unrecognized_keys') {
    const unknown = [field, issue.keys[0]].filter(Boolean).join('.')
    throw new Problem('field-unknown', { field: unknown })
  }
  if (issue?.message === missing) throw new Problem('field-missing', { field })
  const expected = expectations.catch('text').parse(issue?.message)
  throw new Problem('field-invalid', { field: field || whole, expected })
}

/** What a JSON text says, less the signs that no database keeps. Throws `json-invalid`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''), (_, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value,
    )
  } catch (error) {
    throw new Problem('json-invalid', {
      wrong: error instanceof Error ? error.message : String(error),
    })
  }
}
