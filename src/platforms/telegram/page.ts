/** One message as a public page shows it, in the page's own words. */
export interface SeenMessage {
  /** `CHANNEL/ID` as written there. */
  post: string
  /** «1.2K»; empty where it is not shown. */
  views: string
  /** The number of each kind of reaction. */
  reactions: string[]
  /** «Channel created» and the like: no post. */
  service: boolean
  /** The words of its text, or of its picture's caption. */
  text: string
  /** The addresses that the text leads to. */
  links: string[]
  /** When it was sent; '' where it is not shown. ISO 8601, whole seconds. */
  sentAt: string
  photo: boolean
}

/** What could be recognised on a page. */
export interface SeenPage {
  /** By `channel/id`, in small letters. */
  messages: ReadonlyMap<string, SeenMessage>
  /** There is a place for a channel's messages, and nothing at all in it. */
  empty: boolean
  /** It says that what was asked for is not there. */
  error: boolean
}

/** What an element is to us. */
type Role =
  | 'message'
  | 'views'
  | 'reaction'
  | 'sign'
  | 'error'
  | 'history'
  | 'text'
  | 'quoted'
  | 'photo'
  | 'date'
  | 'other'

const CLASSES: Record<string, Role> = {
  tgme_widget_message_views: 'views',
  tgme_reaction: 'reaction',
  tgme_widget_message_error: 'error',
  tgme_channel_history: 'history',
  // the message that is answered, some of its words in an element of the same class as a text
  tgme_widget_message_reply: 'quoted',
  tgme_widget_message_text: 'text',
  tgme_widget_message_photo_wrap: 'photo',
  tgme_widget_message_date: 'date',
}
/** What stands in a reaction beside its number. */
const SIGNS = new Set(['b', 'i', 'tg-emoji', 'img'])

/** Elements within each other that no real page has: the parser takes the square of their number. */
const DEEPEST = 500
/** Letters read at once. */
const PIECE = 16_384

/** Reads a public page of Telegram (structure: RSSHub `lib/routes/telegram/channel.ts`); of another nothing is seen. */
export async function seenPage(html: string): Promise<SeenPage> {
  const { Parser } = await import('htmlparser2')
  const messages = new Map<string, SeenMessage>()
  const roles: Role[] = []
  let message: SeenMessage | null = null
  let [error, history, filled] = [false, false, false]
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const classes = (attributes['class'] ?? '').split(/\s+/)
      const post = attributes['data-post']
      const role = roleOf(name, classes, post)
      if (roles.includes('history')) filled = true
      roles.push(role)
      if (role === 'error') error = true
      if (role === 'history') history = true
      if (message !== null) note(message, { name, attributes, roles })
      if (role !== 'message' || post === undefined) return
      message = newMessage(post, classes.includes('service_message'))
      messages.set(post.toLowerCase(), message)
    },
    ontext: (text) => {
      if (message !== null) read(message, text, roles)
    },
    onclosetag: () => {
      if (roles.pop() === 'message') message = null
    },
  })
  for (let at = 0; at < html.length; at += PIECE) {
    parser.write(html.slice(at, at + PIECE))
    if (roles.length > DEEPEST) return { messages: new Map(), empty: false, error: false }
  }
  parser.end()
  return { messages, empty: history && !filled, error }
}

function newMessage(post: string, service: boolean): SeenMessage {
  const unread = { views: '', reactions: [], text: '', links: [], sentAt: '', photo: false }
  return { post, service, ...unread }
}

interface Opened {
  name: string
  attributes: Readonly<Record<string, string>>
  /** Of the element and those around it, outermost first. */
  roles: readonly Role[]
}

/** What an element tells by itself. */
function note(message: SeenMessage, { name, attributes, roles }: Opened): void {
  const { href, datetime } = attributes
  const role = roles.at(-1)
  if (role === 'reaction') message.reactions.push('')
  if (role === 'photo') message.photo = true
  if (roles.includes('date') && datetime !== undefined) message.sentAt = datetime
  if (!isText(roles)) return
  if (name === 'a' && href !== undefined) message.links.push(href)
  if (name === 'br') message.text += '\n'
}

function read(message: SeenMessage, text: string, roles: readonly Role[]): void {
  if (isText(roles)) {
    message.text += text
    return
  }
  const within = roles.findLast((role) => role !== 'other')
  if (within === 'views') message.views += text
  if (within === 'reaction') message.reactions.push(`${message.reactions.pop() ?? ''}${text}`)
}

function isText(roles: readonly Role[]): boolean {
  return roles.includes('text') && !roles.includes('quoted')
}

function roleOf(name: string, classes: readonly string[], post: string | undefined): Role {
  if (post !== undefined && classes.includes('tgme_widget_message')) return 'message'
  const known = classes.find((one) => Object.hasOwn(CLASSES, one))
  return CLASSES[known ?? ''] ?? (SIGNS.has(name) ? 'sign' : 'other')
}
