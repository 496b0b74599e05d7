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
  longCaption: [400, 'Bad Request: message caption is too long'],
  noPhoto: [400, 'Bad Request: there is no photo in the request'],
  wrongPhoto: [400, 'Bad Request: wrong file identifier/HTTP URL specified'],
  unreadPhoto: [400, 'Bad Request: failed to get HTTP URL content'],
  emptyFile: [400, 'Bad Request: file must be non-empty'],
  largePhoto: [
    400,
    'Bad Request: file of size $ bytes is too big for a photo; the maximum size is 10485760 bytes',
  ],
  badPhoto: [400, 'Bad Request: IMAGE_PROCESS_FAILED'],
  badDimensions: [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
  badMode: [400, 'Bad Request: unsupported parse_mode'],
  badMarkup: [400, "Bad Request: can't parse entities: $"],
  badEntity: [400, "Bad Request: can't parse MessageEntity: $"],
  badPlace: [400, 'Bad Request: $'],
  conflict: [
    409,
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  ],
  notStarted: [403, "Forbidden: bot can't initiate conversation with a user"],
  blocked: [403, 'Forbidden: bot was blocked by the user'],
  noEdited: [400, 'Bad Request: message to edit not found'],
  noTextToEdit: [400, 'Bad Request: there is no text in the message to edit'],
  noCaptionToEdit: [400, 'Bad Request: there is no caption in the message to edit'],
  noDeleted: [400, 'Bad Request: message to delete not found'],
  oldDeleted: [400, "Bad Request: message can't be deleted for everyone"],
  notOurs: [400, "Bad Request: message can't be edited"],
  notModified: [
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  ],
  oldQuery: [
    400,
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  ],
  longAnswer: [400, 'Bad Request: MESSAGE_TOO_LONG'],
  badMarkupObject: [400, 'Bad Request: object expected as reply markup'],
  badKeyboard: [
    400,
    'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  ],
  badButton: [400, "Bad Request: can't parse inline keyboard button: $"],
  badButtonData: [400, 'Bad Request: BUTTON_DATA_INVALID'],
  badButtonUrl: [400, "Bad Request: inline keyboard button URL '$' is invalid: Wrong HTTP URL"],
  longKeyboard: [400, 'Bad Request: reply markup is too long'],
  noCommands: [400, 'Bad Request: expected an Array of BotCommand'],
  badCommand: [400, "Bad Request: can't parse BotCommand: $"],
  wrongCommand: [400, 'Bad Request: $'],
  badScope: [400, "Bad Request: can't parse BotCommandScope: $"],
  badLanguage: [400, 'Bad Request: invalid language code specified'],
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
