import { z } from 'zod'
import { type Arrival } from '../answer.ts'
import { fieldsOf, grouped } from '../body.ts'
import { type Entity } from './clean.ts'
import { refused } from './refusals.ts'

/** Parameters of a call: from the query and the body alike. */
export async function parametersOf(arrival: Arrival): Promise<Record<string, unknown>> {
  const fields = await fieldsOf(arrival)
  if (fields === null) throw refused('badBody')
  const given = { ...grouped(arrival.query), ...fields }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
}

/** A parameter that is text; numbers count as written. */
export function textOf(parameters: Record<string, unknown>, name: string): string {
  const value = parameters[name] ?? ''
  if (typeof value !== 'string' && typeof value !== 'number') throw refused('badParameter', name)
  return String(value)
}

/** A parameter that is a whole number; what is none counts as not given, as on the server. */
export function integerOf(parameters: Record<string, unknown>, name: string, usual = 0): number {
  const written = /^-?\d+/.exec(textOf(parameters, name).trim())?.[0]
  return written === undefined ? usual : Number(written)
}

/** A parameter that is true or false; `true`, `yes` and `1` are true, as on the server. */
export function flagOf(parameters: Record<string, unknown>, name: string): boolean {
  const value = parameters[name]
  return typeof value === 'boolean' ? value : /^(true|yes|1)$/i.test(textOf(parameters, name))
}

/** A parameter that is a list; null where it is none or cannot be read. */
export function listOf(parameters: Record<string, unknown>, name: string): unknown[] | null {
  try {
    const value = structure(parameters, name)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/**
 * A structured parameter: itself, or its JSON as forms carry it. Undefined where it is not given. `called` is the
 * server's word for it in a refusal.
 */
export function structure(
  parameters: Record<string, unknown>,
  name: string,
  called = name.replaceAll('_', ' '),
): unknown {
  const value = parameters[name]
  if (typeof value !== 'string') return value
  if (value === '') return undefined
  try {
    return JSON.parse(value)
  } catch {
    throw refused('badObject', called)
  }
}

function parsed<T>(parameters: Record<string, unknown>, name: string, shape: z.ZodType<T>) {
  const value = structure(parameters, name)
  if (value === undefined) return undefined
  const { success, data } = shape.safeParse(value)
  if (!success) throw refused('badObject', name.replaceAll('_', ' '))
  return data
}

const previewShape = z.object({
  is_disabled: z.boolean().exactOptional(),
  url: z.string().exactOptional(),
  prefer_small_media: z.boolean().exactOptional(),
  prefer_large_media: z.boolean().exactOptional(),
  show_above_text: z.boolean().exactOptional(),
})

/** The preview's options as the server keeps them: `prefer_…` only where `url` is given (Spec LinkPreviewOptions). */
export function previewOf(parameters: Record<string, unknown>) {
  const options = parsed(parameters, 'link_preview_options', previewShape)
  if (options === undefined) return undefined
  if (options.is_disabled === true) return { is_disabled: true }
  if (options.url !== undefined) return options
  return options.show_above_text === undefined
    ? undefined
    : { show_above_text: options.show_above_text }
}

const replyShape = z.object({
  message_id: z.number().int(),
  allow_sending_without_reply: z.boolean().exactOptional(),
})

export function replyOf(parameters: Record<string, unknown>) {
  return parsed(parameters, 'reply_parameters', replyShape)
}

const entityShape = z.object({
  type: z.string(),
  offset: z.number().int(),
  length: z.number().int(),
  url: z.string().exactOptional(),
  language: z.string().exactOptional(),
})

const STYLES = new Set([
  ...['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code', 'pre', 'blockquote'],
  ...['expandable_blockquote', 'text_link'],
])
/** Found in the text by the server itself: given ones are passed over. */
const DETECTED = new Set([
  ...['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number'],
  ...['bank_card_number'],
])

export function entitiesOf(parameters: Record<string, unknown>, name: string): Entity[] {
  const value = structure(parameters, name)
  if (value === undefined) return []
  if (!Array.isArray(value)) throw refused('badEntity', 'Expected an Array')
  return value.map(entityOf).filter(({ type }) => !DETECTED.has(type))
}

function entityOf(value: unknown): Entity {
  const { data, error } = entityShape.safeParse(value)
  if (!data) {
    const field = error.issues[0]?.path[0]
    throw refused(
      'badEntity',
      field === undefined ? 'Expected an Object' : `Field "${String(field)}" has the wrong type`,
    )
  }
  if (!STYLES.has(data.type) && !DETECTED.has(data.type))
    throw refused('badEntity', 'Unsupported type specified')
  if (data.type === 'text_link' && data.url === undefined)
    throw refused('badEntity', `Can't find field "url"`)
  return data
}
