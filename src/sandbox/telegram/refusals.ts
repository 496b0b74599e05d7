import { json, Refused } from '../answer.ts'

/** Every refusal of this stand-in: status and description, as the Bot API server words them. */
const refusals = {
  badToken: [401, 'Unauthorized'],
  noToken: [404, 'Not Found'],
  noMethod: [404, 'Not Found: method not found'],
  badBody: [400, "Bad Request: can't parse JSON object"],
  badParameter: [400, 'Bad Request: invalid parameter «$»'],
  badObject: [400, "Bad Request: can't parse $ JSON object"],
  noChatId: [400, 'Bad Request: chat_id is empty'],
  noChat: [400, 'Bad Request: chat not found'],
  noMember: [400, 'Bad Request: user not found'],
  kicked: [403, 'Forbidden: bot was kicked from the channel chat'],
  notMember: [403, 'Forbidden: bot is not a member of the channel chat'],
  noRight: [400, 'Bad Request: need administrator rights in the channel chat'],
  noText: [400, 'Bad Request: message text is empty'],
  blankText: [400, 'Bad Request: text must be non-empty'],
  longText: [400, 'Bad Request: message is too long'],
  longMarkup: [400, 'Bad Request: text is too long'],
  longEntities: [400, 'Bad Request: ENTITIES_TOO_LONG'],
  badMode: [400, 'Bad Request: unsupported parse_mode'],
  badMarkup: [400, "Bad Request: can't parse entities: $"],
  badEntity: [400, "Bad Request: can't parse MessageEntity: $"],
  badPlace: [400, 'Bad Request: $'],
  noReplied: [400, 'Bad Request: message to be replied not found'],
} as const

/** A refusal of the table; `$` in its description becomes `what`. */
export function refused(name: keyof typeof refusals, what = ''): Refused {
  const [status, description] = refusals[name]
  return new Refused(
    answerOf(
      status,
      description.replace('$', () => what),
    ),
  )
}

/** 429: the wait stands in the body and in the header (BA Query.cpp, HttpConnection.cpp). */
export function tooMany(seconds: number): Refused {
  const description = `Too Many Requests: retry after ${seconds}`
  const parameters = { retry_after: seconds }
  const headers = { 'retry-after': String(seconds) }
  return new Refused(json(429, { ok: false, error_code: 429, description, parameters }, headers))
}

function answerOf(status: number, description: string) {
  return json(status, { ok: false, error_code: status, description })
}
