import { z } from 'zod'
import type { Arrival } from './answer.ts'

const record = z.record(z.string(), z.unknown())

/**
 * A request's parameters: a JSON object as it is, a form (urlencoded or multipart) as strings, where
 * `name[]` becomes an array. Null where the body is neither.
 */
export async function fieldsOf({
  headers,
  body,
}: Arrival): Promise<Record<string, unknown> | null> {
  const type = headers['content-type'] ?? ''
  if (body.byteLength === 0) return {}
  try {
    if (/^application\/json\b/i.test(type)) return record.parse(JSON.parse(utf8.decode(body)))
    if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return {}
    const form = await new Response(new Blob([body.slice()]), {
      headers: { 'content-type': type },
    }).formData()
    return grouped(form)
  } catch {
    return null
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Query or form entries by name; `name[]` gathers its values. */
export function grouped(entries: Iterable<[string, unknown]>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  const lists: Record<string, unknown[]> = {}
  for (const [name, value] of entries)
    if (name.endsWith('[]')) (lists[name.slice(0, -2)] ??= []).push(value)
    else fields[name] = value
  return { ...fields, ...lists }
}
