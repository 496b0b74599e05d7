/** One message as a public page shows it, in the page's own words. */
export interface SeenMessage {
  /** «1.2K»; empty where it is not shown. */
  views: string
  /** The number of each kind of reaction. */
  reactions: string[]
  /** «Channel created» and the like: no post. */
  service: boolean
}

/** What could be recognised on a page. */
export interface SeenPage {
  /** By `channel/id`, in small letters. */
  messages: ReadonlyMap<string, SeenMessage>
  /** It says that what was asked for is not there. */
  error: boolean
}

/** What an element is to us. */
type Role = 'message' | 'views' | 'reaction' | 'sign' | 'error' | 'other'

const CLASSES: Record<string, Role> = {
  tgme_widget_message_views: 'views',
  tgme_reaction: 'reaction',
  tgme_widget_message_error: 'error',
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
  let error = false
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const classes = (attributes['class'] ?? '').split(/\s+/)
      const post = attributes['data-post']
      const role = roleOf(name, classes, post)
      roles.push(role)
      if (role === 'error') error = true
      if (role === 'reaction') message?.reactions.push('')
      if (role !== 'message' || post === undefined) return
      message = { views: '', reactions: [], service: classes.includes('service_message') }
      messages.set(post.toLowerCase(), message)
    },
    ontext: (text) => {
      if (message === null) return
      const within = roles.findLast((role) => role !== 'other')
      if (within === 'views') message.views += text
      if (within === 'reaction') message.reactions.push(`${message.reactions.pop() ?? ''}${text}`)
    },
    onclosetag: () => {
      if (roles.pop() === 'message') message = null
    },
  })
  for (let at = 0; at < html.length; at += PIECE) {
    parser.write(html.slice(at, at + PIECE))
    if (roles.length > DEEPEST) return { messages: new Map(), error: false }
  }
  parser.end()
  return { messages, error }
}

function roleOf(name: string, classes: readonly string[], post: string | undefined): Role {
  if (post !== undefined && classes.includes('tgme_widget_message')) return 'message'
  const known = classes.find((one) => Object.hasOwn(CLASSES, one))
  return CLASSES[known ?? ''] ?? (SIGNS.has(name) ? 'sign' : 'other')
}
