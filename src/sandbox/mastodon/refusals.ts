import { type Arrival, json, Refused } from '../answer.ts'
import type { Allowance } from '../window.ts'

/** Every refusal of this stand-in: status and words, as Mastodon 4.5 has them. */
const refusals = {
  badToken: [401, 'The access token is invalid'],
  revoked: [401, 'The access token was revoked'],
  outOfScope: [403, 'This action is outside the authorized scopes'],
  disabled: [403, 'Your login is currently disabled'],
  pending: [403, 'Your login is currently pending approval'],
  malformed: [400, 'Bad Request'],
  noStatus: [404, 'Record not found'],
  manyStatuses: [422, 'Mastodon::ValidationError'],
  noParent: [404, 'The post you are trying to reply to does not appear to exist.'],
  tooLong: [422, 'Validation failed: Text character limit of $ exceeded'],
  blank: [422, "Validation failed: Text can't be blank"],
  badField: [422, 'Validation failed: $ is invalid'],
  badVisibility: [422, 'Validation failed: Visibility is not included in the list'],
  badTag: [422, 'Validation failed: Text contained a disallowed hashtag: $'],
  manyFiles: [422, 'Cannot attach more than 4 files'],
  noMedia: [422, 'Media $ not found or already attached to another post'],
  notReady: [422, 'Cannot attach files that have not finished processing. Try again in a moment!'],
  noFile: [422, "Validation failed: File can't be blank"],
  badType: [422, 'Validation failed: File content type is invalid'],
  unverified: [422, 'File type of uploaded media could not be verified'],
  largeFile: [422, 'Validation failed: File file size must be less than 16 MB'],
  largePicture: [422, '$ images are not supported'],
  longDescription: [422, 'Validation failed: Description is too long (maximum is 1500 characters)'],
  unprocessed: [422, 'Error processing thumbnail for uploaded media'],
  tooMany: [429, 'Too many requests'],
  repeated: [500, 'Something went wrong on our end'],
  locked: [503, 'There was a temporary problem serving your request, please try again'],
} as const

/** A refusal of the table; `$` in its words becomes `what`. */
export function refused(
  name: keyof typeof refusals,
  what = '',
  { fields = {}, headers = {} }: { fields?: object; headers?: Record<string, string> } = {},
): Refused {
  const [status, error] = refusals[name]
  return new Refused(json(status, { error: error.replace('$', () => what), ...fields }, headers))
}

/** No such place: a page, unless JSON is asked for by name (M application_controller.rb respond_with_error). */
export function lost({ headers }: Arrival): Refused {
  if (/\bjson\b/.test(headers.accept ?? '')) return new Refused(json(404, { error: 'Not Found' }))
  const body =
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>The page you are looking for isn\'t here.</title></html>'
  return new Refused({
    status: 404,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body,
  })
}

/** `allowed_mentions` did its work (M post_status_service.rb). */
export function unexpected(accounts: readonly object[]): Refused {
  const error = 'Post would be sent to unexpected accounts'
  return new Refused(json(422, { error, unexpected_accounts: accounts }))
}

/** The headers of every answer; the reset is a time in ISO 8601 with microseconds. */
function limitHeaders({ limit, remaining, resetAt }: Allowance): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': resetAt.toISOString().replace('Z', '000Z'),
  }
}

/** Throws 429, which has no Retry-After, where an allowance is spent; else its headers. */
export function within(allowance: Allowance): Record<string, string> {
  const headers = limitHeaders(allowance)
  if (!allowance.allowed) throw refused('tooMany', '', { headers })
  return headers
}
