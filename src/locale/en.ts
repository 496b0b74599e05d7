import { page } from './en/page.ts'
import { preview } from './en/preview.ts'
import { bot } from './en/bot.ts'
import { httpProblems } from './en/http.ts'
import { decisions, notices } from './en/newsroom.ts'

const expected = {
  address: 'a web address that starts with https:// or http://',
  text: 'text',
  list: 'a list of texts',
  date: 'a moment in ISO 8601, such as 2026-02-04T09:12:00+01:00',
  language: 'a language tag, such as fr or en-GB',
  object: 'an object',
  short: 'shorter',
  number: 'a whole number',
  truth: 'true or false',
  event: 'publish, update or trash',
  'article-id': 'the id of an article, such as a12',
}
/** What a field may have to be. */
type Expected = keyof typeof expected

/** What each setting must be, after its name. */
const settings = {
  DATABASE_URL:
    'must be the address of a Postgres server; special signs in its password are written like %40 for @',
  REDIS_URL:
    'must be the address of a Redis server; special signs in its password are written like %40 for @',
  DATA_DIR: 'must be a folder',
  HOST: 'must be an address or a name of this machine, without http:// and without a port',
  PORT: 'must be a number from 0 to 65535 (0: any free port)',
  PUBLIC_URL: 'must be the address people reach Crieur at, starting with https:// or http://',
  FEEDS: 'must be addresses of feeds, starting with https:// or http://, with commas between',
  FEED_INTERVAL: 'must be a time from 10s to 7d: a number, then s, m, h or d',
  LOCALE: 'must be fr or en',
  TZ: 'must be the name of a time zone',
  LOG_LEVEL: 'must be debug, info, warn or error',
  ALLOW_PRIVATE_SOURCES: 'must be true or false',
  API_TOKEN: 'must be a word of 8 characters or more, without blanks',
  WEBHOOK_SECRET:
    'must be whsec_ and then 16 to 128 bytes in base64; openssl rand -base64 32 makes the second half',
  ADMIN_PASSWORD: 'must have 8 characters or more',
  HOLD_OLDER: 'must be a time: a number, then s, m, h or d',
  HOLD_BURST: 'must be a number, 1 or more',
  APPROVE: 'must be true or false',
  CRIEUR_CONFIG: 'must be a file',
  TELEGRAM_BOT_TOKEN: 'is no bot token: copy it whole from @BotFather, digits, colon and letters',
  TELEGRAM_CHANNEL:
    'is no channel: write @ and its name, or the number of a private one, which starts with -100',
  TELEGRAM_ADMINS: 'must be numbers of Telegram users, with commas between',
  TELEGRAM_API_ROOT: 'must be an https:// address (http:// on this very machine only)',
  TELEGRAM_PREVIEW_ROOT: 'must be an https:// address (http:// on this very machine only)',
  BLUESKY_HANDLE: 'is no handle: write it like a web address, without https://',
  BLUESKY_APP_PASSWORD:
    'is no app password: make one in Bluesky under Settings, Privacy and security, App passwords; never the password of the account itself',
  BLUESKY_SERVICE: 'must be an https:// address (http:// on this very machine only)',
  BLUESKY_APPVIEW: 'must be an https:// address (http:// on this very machine only)',
  MASTODON_URL:
    'must be the https:// address of your Mastodon server (http:// on this very machine only)',
  MASTODON_ACCESS_TOKEN:
    'is no access token: copy it whole from Mastodon under Preferences, Development, your application',
  edit: 'must be true or false',
  withdrawn: 'must be keep or delete',
  uncertain: 'must be ask, send again or leave',
  'account-name': 'is no name for an account: letters, digits, dots, - and _, without blanks',
  platform: 'is no platform: telegram, bluesky or mastodon',
  'source-url': 'must be the address of a feed, starting with https:// or http://',
  selector: 'must be a CSS selector',
  map: 'must hold keys with values, indented below it',
  list: 'must be a list',
}

/** Where a setting stands; no file is the environment. */
interface Place {
  file: string | null
  line: number | null
}
function place({ file, line }: Place): string {
  if (file === null) return 'environment'
  return line === null ? file : `${file}, line ${line}`
}

/** A setting of a platform that came later is explained by its own schema. */
function settingRule({ about, said }: { about: string; said: string }): string {
  return Object.hasOwn(settings, about) ? String(Reflect.get(settings, about)) : said
}

/** A held post: `notice` is the open one about it. */
interface Held {
  notice: string | null
}

/** Every sentence people read, in English. One namespace a room; facts come in, a sentence goes out. */
export const en = {
  /** What each setting must be, after its name; read by 'setting-invalid'. */
  settings,
  /** What the command line says. */
  cli: {
    help: `crieur: announces the articles of your site on Telegram, Bluesky and Mastodon

  crieur start                run everything (npm start does the same)
  crieur post <url|file|->    announce one article now
  crieur preview <url|file|-> show what would be posted; sends nothing
  crieur queue                what waits, what comes next, what needs you
  crieur approve|cancel <id…> what was held goes out, or does not
  crieur retry <id…>          try again what failed or was canceled
  crieur delete <id…>         take down what stands
  crieur resolve <id>         say whether a post stands that nobody else can see
  crieur pause|resume [name]  stop an account, or all; let them go on
  crieur show <id|url>        everything known about an article or a post
  crieur count [id…]          likes, reposts, replies, views: count now
  crieur stats                what posts brought, by account or article

crieur <command> --help says more. Exit codes: 0 done · 1 something was not done · 2 wrong usage · 3 configuration.`,
    helpOf: {
      start: `crieur start [--only web,worker,bot] [--backfill N]

  Runs Crieur until it is stopped (Ctrl-C). With no account configured it runs the sandbox.
  --only web,worker,bot   only some of its roles
  --backfill N            also announce the newest N articles of each source read for the first time`,
      post: `crieur post <url|file|-> [--to a,b] [--at TIME] [--again] [--wait] [--dry-run] [--json]

  Announces one article: the address of its page, or a file (- for standard input) with an Article as JSON.
  --to a,b     only on these accounts
  --at TIME    not before: 18:00, or ISO 8601
  --again      even if it was announced before
  --wait       until it is settled everywhere; exit code 1 if any post does not stand
  --dry-run    only show what would be posted
  --json       one JSON value on standard output`,
      preview: `crieur preview <url|file|-> [--feed URL] [--to a,b] [--share] [--json]

  Shows what would be posted on each account: text, count, links, card, images, warnings. Sends nothing.
  --feed URL   every article of a feed instead of one
  --to a,b     only for these accounts
  --share      also links that fill in a post on Facebook, X, WhatsApp and by e-mail
  --json       one JSON value on standard output`,
      queue: `crieur queue [--watch] [--json]

  Posts by state and account, what goes out next and about when, what needs a person.
  --watch      again whenever something changes, until Ctrl-C
  --json       one JSON value on standard output`,
      approve: `crieur approve <a12|d34|n5|url…> [--newest N] [--json]

  What was held goes out. The id of an article (a12), or its address, stands for all its posts; that of a notice (n5) for all it is about.
  --newest N   of a notice of too many articles at once: only the newest N, the others are canceled
  --json       one JSON value on standard output`,
      retry: `crieur retry <a12|d34|url…> [--json]
  crieur retry --all-failed [--account NAME] [--since T] [--json]

  Tries again what failed or was canceled, and an edit or a deletion that was refused.
  --all-failed    all that failed or was refused, and nobody has given up
  --account NAME  of those, the ones on this account
  --since T       of those, the ones that were to go out since then: 30d, 12h, 4w or 2026-02-04
  --json       one JSON value on standard output`,
      cancel: `crieur cancel <a12|d34|n5|url…> [--json]
  crieur cancel --all-failed [--account NAME] [--since T] [--json]

  What has not gone out yet will not go out; what stands is neither edited nor taken down.
  --all-failed    all that failed or was refused: nobody is asked about it any more
  --account NAME  of those, the ones on this account
  --since T       of those, the ones that were to go out since then: 30d, 12h, 4w or 2026-02-04
  --json       one JSON value on standard output`,
      delete: `crieur delete <a12|d34|url…> [--json]

  Takes down what stands, as soon as the account's turn comes. The id of an article (a12), or its address, stands for all its posts.
  --json       one JSON value on standard output`,
      resolve: `crieur resolve <d34> --published URL | --send-again | --leave [--json]

  For a post that is uncertain: look at the account, then say how it is.
  --published URL  it stands there, at this address
  --send-again     it is not there: send it again
  --leave          leave it like that and ask no more
  --json           one JSON value on standard output`,
      pause: `crieur pause [account] [--json]

  Nothing goes out on this account, or on any, until crieur resume. What waits goes on waiting.
  --json       one JSON value on standard output`,
      resume: `crieur resume [account] [--json]

  This account, or all of them, go on; also one that its platform refused.
  --json       one JSON value on standard output`,
      show: `crieur show <a12|d34|n5|url> [--json]

  Everything known about an article, a post, a notice or an address; of an address never posted: why.
  --json       one JSON value on standard output`,
      count: `crieur count [a12|d34|url…] [--json]

  Asks the platforms now what readers did with these posts; without one, with all of the last 30 days.
  – is what cannot be known, ≈ what the platform tells rounded. Exit code 1 if something could not be counted.
  --json       one JSON value on standard output`,
      stats: `crieur stats [--since 30d] [--by account|article] [--json|--csv]

  What the posts of that time brought, by the newest counts.
  --since 30d  posts published since then: 30d, 12h, 4w, 2026-02-04 or all (30d)
  --by account by account, or by article (account)
  --json       one JSON value on standard output
  --csv        for a spreadsheet`,
    },
    ready: (f: { address: string | null; sandbox: boolean }) =>
      [
        f.address === null ? 'Crieur runs.' : `Crieur runs: ${f.address}`,
        ...(f.sandbox ? ['(sandbox: no account is configured, nothing leaves this machine)'] : []),
      ].join(' '),
    whatComes: (f: { known: number; announced: number; accounts: readonly string[] }) =>
      [
        f.known === 1
          ? '1 article is known already and will not be posted'
          : `${f.known} articles are known already and will not be posted`,
        ...(f.announced > 0
          ? [`; ${f.announced} ${f.announced === 1 ? 'goes' : 'go'} out now`]
          : []),
        `; the next one goes on ${f.accounts.join(', ')}.`,
      ].join(''),
    accountRefused: (f: { account: string; message: string }) => `${f.account}: ${f.message}`,
    sourceUnread: (f: { source: string; message: string }) =>
      `${f.source} was not read, and is tried again: ${f.message}`,
    noSources: () =>
      'No source is configured: nothing is announced by itself. Set FEEDS to the address of your feed; crieur post announces single articles.',
    standsStill: (f: { account: string }) =>
      `${f.account} is paused: its posts wait. crieur resume ${f.account} lets it go on.`,
    nobodySends: () => 'No crieur start is running: the posts wait until one does.',
    clockSkipped: (f: { typed: string; at: string }) =>
      `The clocks go forward that night, and none shows ${f.typed}: ${f.at} is meant.`,
    clockTwice: (f: { typed: string; at: string }) =>
      `The clocks go back that night and show ${f.typed} twice: ${f.at} is meant. Name the other as ISO 8601 with its offset.`,
    announcedAlready: (f: { title: string }) =>
      `“${f.title}” was announced already; nothing new is sent. --again sends it anew.`,
    nothingSent: () => 'Nothing was sent.',
    nothingYet: () => 'nothing yet',
    next: () => 'Goes out next',
    needsPerson: () => 'Needs you',
  },
  /** How deliveries are told. */
  deliveries: {
    states: {
      held: 'held',
      pending: 'waits',
      publishing: 'being sent',
      uncertain: 'uncertain',
      published: 'published',
      failed: 'failed',
      canceled: 'canceled',
      deleted: 'deleted',
    },
    operations: {
      publish: 'publish',
      look: 'look',
      upload: 'upload',
      check: 'check',
      edit: 'edit',
      delete: 'take down',
    },
    outcomes: {
      done: 'done',
      absent: 'not there',
      'cannot look': 'cannot be seen',
      rejected: 'refused',
      unauthorized: 'not allowed',
      'rate-limited': 'too fast',
      unavailable: 'not reached',
      uncertain: 'no answer',
    },
    errors: {
      rejected: (f: { reason: string }) => `refused: ${f.reason}. Mend that, then try it again.`,
      unauthorized: (f: { reason: string }) =>
        `no access: ${f.reason}. Check the token and the rights of this account, then resume it; a new token needs a restart.`,
      'rate-limited': (f: { reason: string }) => `the platform asks to wait: ${f.reason}`,
      unavailable: (f: { reason: string }) => `not reached: ${f.reason}; it is tried again`,
      uncertain: (f: { reason: string }) => `no usable answer came: ${f.reason}`,
      template: (f: { reason: string }) => `the template cannot write this post: ${f.reason}`,
    },
    network: {
      ECONNREFUSED: 'nobody answers at that address',
      ENOTFOUND: 'there is no such host',
      EAI_AGAIN: 'the host’s name could not be looked up',
      EHOSTUNREACH: 'there is no way to that host',
      ENETUNREACH: 'there is no network',
      ECONNRESET: 'the connection broke',
      EPIPE: 'the connection broke',
      UND_ERR_SOCKET: 'the connection broke',
      UND_ERR_CONNECT_TIMEOUT: 'the connection did not stand in time',
      ETIMEDOUT: 'no answer in time',
      TimeoutError: 'no answer in time',
      AbortError: 'no answer in time',
      'no answer': 'no answer',
    },
    uncertainAsks: () => 'look at the account: it may or may not stand there',
    /** Why a post is held; `notice`: the flood's. */
    heldFor: {
      late: (_f: Held) => 'more than a day late, so a person must say whether it still goes out',
      old: (_f: Held) => 'its article was published long before it came here',
      flood: (f: Held) =>
        `it came with too many others${f.notice === null ? '' : ` (${f.notice})`}`,
      approval: (_f: Held) => 'waits for approval',
    },
    partsStand: (f: { standing: number; total: number }) =>
      `${f.standing} of ${f.total} parts stand`,
    changedSince: () =>
      'Its article has changed since; what stands there is left as it is for now.',
    withdrawnSince: () =>
      'Its site has withdrawn the article since; what stands there is left as it is for now.',
    pausedBy: (f: { who: string }) => `paused by ${f.who}`,
    accountPaused: () => 'the account is paused',
    accountGone: () => 'the account is no longer configured: its posts wait',
    dueAt: (f: { at: string }) => `not before ${f.at}`,
    siteAt: () => 'its site publishes the article then',
    /** What is still to happen to what stands, and why it was not done. */
    changes: {
      edit: {
        due: (f: { at: string }) => `will be edited at about ${f.at}`,
        failed: (f: { why: string }) => `not edited: ${f.why}`,
      },
      delete: {
        due: (f: { at: string }) => `will be taken down at about ${f.at}`,
        failed: (f: { why: string }) => `not taken down: ${f.why}`,
      },
    },
  },
  /** How accounts and sources are. */
  health: {
    lastSuccess: (f: { at: string }) => `last post ${f.at}`,
    neverYet: () => 'no post yet',
    allowance: (f: { limit: number; remaining: number; at: string }) =>
      `${f.remaining} of ${f.limit} posts are still allowed until ${f.at}`,
    lastRead: (f: { at: string }) => `last read ${f.at}`,
    neverRead: () => 'not read yet',
  },
  decisions,
  notices,
  bot,
  page,
  preview,
  /** How counts are told. */
  engagement: {
    kinds: {
      likes: 'likes',
      reposts: 'reposts',
      replies: 'replies',
      quotes: 'quotes',
      views: 'views',
    },
    posts: 'posts',
    account: 'account',
    article: 'article',
    number: (n: number) => n.toLocaleString('en'),
    /** A number that its platform tells rounded. */
    about: (f: { number: string }) => `≈${f.number}`,
    /** What cannot be known. */
    unknown: '–',
    gone: () => 'no longer there',
    notPublished: () => 'not counted: it is not published',
    noAnswer: () => 'not counted: its platform does not tell',
    accountStands: () => 'not counted: the account is paused or no longer configured',
    putOff: (f: { message: string }) => `not counted: ${f.message}`,
    notYet: () => 'not counted yet',
    nothing: () => 'No post was published in that time.',
  },
  /** How articles are told. */
  articles: {
    neverHeard: (f: { url: string }) =>
      `Crieur never heard of ${f.url}: no source brought it and nobody posted it. crieur post announces it.`,
    whyNot: {
      heard: (f: { reason: string }) => `It is still to be read. ${f.reason}`.trim(),
      ready: () => 'It was read and has no posts yet.',
      known: () =>
        'It was there before Crieur came (its source’s baseline), so it is not posted by itself. crieur post announces it.',
      unreadable: (f: { reason: string }) => `It is not posted: ${f.reason}`,
      withdrawn: () => 'It was withdrawn by its site.',
    },
  },
  /** What stopped us: what happened, to what, and what to do next. Read by `Problem`. */
  problems: {
    ...httpProblems,
    'usage-command': (f: { command: string }) =>
      `There is no command “${f.command}”. See crieur --help.`,
    'usage-words': (f: { command: string; least: number; most: number }) =>
      f.most === 0
        ? `crieur ${f.command} takes options only. See crieur ${f.command} --help.`
        : f.most > 1
          ? `crieur ${f.command} takes one id or more: see crieur ${f.command} --help.`
          : `crieur ${f.command} takes one thing: see crieur ${f.command} --help.`,
    'usage-option': (f: { command: string; option: string }) =>
      `crieur ${f.command} does not know ${f.option || 'one of these options'}, or lacks its value. See crieur ${f.command} --help.`,
    'usage-role': (f: { role: string; known: string }) =>
      `There is no role “${f.role}” for --only. Known: ${f.known}.`,
    'usage-since': (f: { typed: string }) =>
      `“${f.typed}” is no time to look back. Write 30d, 12h, 4w, 2026-02-04 or all.`,
    'usage-by': (f: { typed: string; known: string }) =>
      `Counts are not put together by “${f.typed}”. Known: ${f.known}.`,
    'usage-number': (f: { option: string }) => `${f.option} takes a number, such as ${f.option} 3.`,
    'usage-account': (f: { account: string; known: string }) =>
      `There is no account “${f.account}”. Known: ${f.known}.`,
    'usage-time': (f: { typed: string }) =>
      `“${f.typed}” is no moment. Write 18:00, or 2026-02-04T18:00:00+01:00.`,
    'usage-input': (f: { input: string }) =>
      `“${f.input}” is neither an address (https://…) nor a file that can be read.`,
    'usage-id': (f: { typed: string }) =>
      `“${f.typed}” is no id (a12, d34, n5) and no address (https://…). See crieur queue for ids.`,
    'usage-resolve': (_f: Record<never, never>) =>
      'crieur resolve takes one of --published URL, --send-again and --leave.',
    'usage-all-failed': (_f: Record<never, never>) =>
      '--all-failed stands in place of ids; --account and --since narrow it. Example: crieur retry --all-failed --account mastodon --since 12h',
    'usage-newest': (_f: Record<never, never>) =>
      '--newest is for a notice of too many articles at once, such as crieur approve n5 --newest 3.',
    'unknown-id': (f: { id: string }) => `There is no ${f.id}. See crieur queue for what there is.`,
    'unknown-address': (f: { url: string }) =>
      `Crieur never heard of ${f.url}. crieur post announces it.`,
    'post-address': (f: { url: string; account: string }) =>
      `${f.url} is no address of a post on ${f.account}. Copy it from the post itself.`,
    'post-too-long': (f: { account: string }) =>
      `No post can be written for ${f.account}: the article’s address alone is too long there.`,
    'template-mistake': (f: { message: string }) =>
      `A template has a mistake, so nothing is posted by it: ${f.message}`,
    'template-unreadable': (f: { file: string; code: string }) =>
      `The template ${f.file} cannot be read (${f.code}). It must be a file that this user may read.`,
    'template-too-long': (f: { file: string; most: number }) =>
      `The template ${f.file} has more than ${f.most} KB. A template only says how a post is put together; it needs a few lines.`,
    'template-no-text': (f: { file: string }) =>
      `The template ${f.file} is no text in UTF-8. Save it in that encoding.`,
    'template-outside': (f: { file: string }) =>
      `The template ${f.file} is a link that leads out of its folder, and templates read nothing else. Put the file itself there.`,
    'template-wrong': (f: { account: string; reason: string }) =>
      `No post can be written for ${f.account}: ${f.reason}`,
    unexpected: (_f: Record<never, never>) =>
      'Something in Crieur itself went wrong; the log above says where. Please report it with those lines.',
    'store-no-binaries': (f: { platform: string }) =>
      `There is no built-in database for this machine (${f.platform}). Set DATABASE_URL to a Postgres 14 or newer.`,
    'store-other-version': (f: { found: string; wanted: string; folder: string }) =>
      `The database in ${f.folder} was made by Postgres ${f.found}, and this Crieur brings ${f.wanted}. Go back to the Crieur that made it, or set DATABASE_URL.`,
    'store-folder': (f: { folder: string; code: string }) =>
      `The folder ${f.folder} cannot be used (${f.code}). Make it writable for this user, or set DATA_DIR to another one.`,
    'store-initdb-failed': (f: { folder: string; said: string }) =>
      `The database in ${f.folder} could not be made: ${f.said}. Check the free space and the rights of that folder, or set DATA_DIR.`,
    'store-start-failed': (f: { folder: string; log: string }) =>
      `The database in ${f.folder} does not start: ${f.log || 'no reason given'}. See postgres.log there, or set DATABASE_URL.`,
    'store-root': (_f: Record<never, never>) =>
      'Postgres refuses to run as root, and this machine offers no way around it. Run Crieur as an ordinary user, or set DATABASE_URL.',
    'store-unreachable': (f: { reason: string }) =>
      `The database of DATABASE_URL cannot be reached: ${f.reason}. Check that it runs and that address, user and password are right.`,
    'store-newer': (_f: Record<never, never>) =>
      'This ledger was written by a newer Crieur. Update this one, then start again.',
    'queue-unreachable': (f: { reason: string }) =>
      `The Redis of REDIS_URL cannot be reached: ${f.reason}. Check that it runs and that the address is right, or remove REDIS_URL.`,
    'address-invalid': (f: { address: string }) =>
      `“${f.address}” is no web address. Give one that starts with https:// or http://.`,
    'address-private': (f: { address: string }) =>
      `${f.address} leads into a private network and is not read. If that is your own site, set ALLOW_PRIVATE_SOURCES=true.`,
    'host-unknown': (f: { host: string }) =>
      `There is no ${f.host} on the network. Check the spelling and this machine’s connection.`,
    'connection-refused': (f: { host: string }) =>
      `${f.host} takes no connections. Try again when the site is up.`,
    'connection-lost': (f: { address: string }) =>
      `The connection broke while ${f.address} was read. Try again.`,
    certificate: (f: { host: string; code: string }) =>
      `The certificate of ${f.host} is not valid (${f.code}). The site has to renew it.`,
    'timed-out': (f: { address: string; seconds: number }) =>
      `${f.address} did not answer within ${f.seconds} seconds. Try again later.`,
    'too-large': (f: { address: string; megabytes: number }) =>
      `${f.address} is larger than ${f.megabytes} MB and was given up.`,
    'too-many-redirects': (f: { address: string; redirects: number }) =>
      `${f.address} redirects more than ${f.redirects} times. Give the address it should lead to.`,
    'http-status': (f: { address: string; status: number }) =>
      `${f.address} answered ${f.status}. Open it in a browser to see why.`,
    'article-not-found': (f: { address: string }) =>
      `There is no article at ${f.address}. Check the address.`,
    'not-an-article': (f: { address: string }) =>
      `${f.address} is no article (a home page, a list, a draft or a file). Give the address of one article.`,
    'article-protected': (f: { address: string }) =>
      `The article at ${f.address} is protected by a password, so it is not announced.`,
    'json-invalid': (f: { wrong: string }) => `This is no valid JSON: ${f.wrong}`,
    'field-missing': (f: { field: string }) => `${f.field} is missing.`,
    'field-unknown': (f: { field: string }) =>
      `${f.field} is no field that is known here. Check the spelling.`,
    'field-invalid': (f: { field: string; expected: Expected }) =>
      `${f.field} must be ${expected[f.expected]}.`,
    'feed-is-html': (f: { address: string; feed: string | null }) =>
      f.feed
        ? `${f.address} is a page, not a feed. Its feed is ${f.feed}: use that address.`
        : `${f.address} is a page, not a feed, and names no feed. Look for its RSS link.`,
    'feed-broken': (f: { address: string }) =>
      `${f.address} is no feed that can be read (RSS, Atom, RDF or JSON Feed). Check it with a feed validator.`,
    'picture-unreadable': (f: { address: string }) =>
      `${f.address} is no picture that can be used (JPEG, PNG, WebP, AVIF or GIF).`,
    'picture-empty': (f: { address: string }) =>
      `The picture ${f.address} is an empty file. Upload it again.`,
    'picture-broken': (f: { address: string }) =>
      `The picture ${f.address} is damaged or only half there. Upload it again.`,
    'picture-is-page': (f: { address: string }) =>
      `${f.address} is a page, not a picture. Give the address of the file itself.`,
    'picture-is-drawing': (f: { address: string }) =>
      `${f.address} is an SVG drawing, which no platform takes. Give it as PNG or JPEG.`,
    'picture-too-large': (f: { address: string; megapixels: number }) =>
      `The picture ${f.address} has more than ${f.megapixels} million pixels. Give a smaller one.`,
    'picture-too-long': (f: { address: string; ratio: number }) =>
      `One side of the picture ${f.address} is more than ${f.ratio} times the other, which its platform refuses.`,
    'setting-invalid': (
      f: Place & { setting: string; about: string; said: string; example: string },
    ) => `${f.setting} (${place(f)}) ${settingRule(f)}. Example: ${f.example}`,
    'setting-missing': (f: Place & { setting: string; there: string; example: string }) =>
      `${f.setting} is missing: ${f.there} (${place(f)}) is not enough without it. Example: ${f.example}`,
    'setting-unknown': (
      f: Place & { setting: string; nearest: string | null; known: string; example: string },
    ) =>
      f.nearest === null
        ? `${f.setting} (${place(f)}) is no setting. Known ones: ${f.known}. Example: ${f.example}`
        : `${f.setting} (${place(f)}) is no setting. Did you mean ${f.nearest}? Known ones: ${f.known}. Example: ${f.example}`,
    'setting-reference': (f: Place & { setting: string; field: string }) =>
      `${f.setting} is not set, and ${f.field} (${place(f)}) refers to it. Set it in .env. Example: ${f.setting}=…`,
    'setting-name-twice': (f: Place & { setting: string; other: string; name: string }) =>
      `${f.setting} (${place(f)}): there is an account “${f.name}” already (${f.other}). Give one of them another name.`,
    'setting-account-twice': (f: Place & { setting: string; other: string; name: string }) =>
      `${f.setting} (${place(f)}) is the same account as ${f.other}, and every article would be posted twice. Remove one of them.`,
    'setting-yaml-broken': (f: { setting: string; line: number; code: string }) =>
      `${f.setting}, line ${f.line}, is no valid YAML (${f.code}). Indent with spaces only, and put values with special signs in quotes. Example: channel: "@my_channel"`,
    'setting-file-unreadable': (f: { setting: string; code: string }) =>
      `${f.setting} cannot be read (${f.code}). It must be a file that this user may read. Example: chmod u+r ${f.setting}`,
    'setting-file-missing': (f: Place & { setting: string; path: string }) =>
      `${f.setting} (${place(f)}) names a file that does not exist: ${f.path}. Relative paths start at the folder of crieur.mjs. Example: ${f.setting}=./crieur.yaml`,
    'port-taken': (f: { port: number; ours: boolean }) =>
      f.ours
        ? `A Crieur already runs on port ${f.port} (crieur start). Use that one, stop it, or set PORT to another number.`
        : `Port ${f.port} is taken by another program. Set PORT to another number, such as ${f.port + 1}.`,
    'port-refused': (f: { port: number }) =>
      `This user may not open port ${f.port}. Set PORT to a number from 1024 on, such as 8080.`,
    'host-unusable': (f: { host: string; code: string }) =>
      `Crieur cannot listen on ${f.host} (${f.code}), which is no address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for all its addresses.`,
  },
  /** What stands on the pages. */
  web: {
    running: 'Crieur is running.',
    store: 'The database answers.',
    missing: 'There is no page at this address.',
    home: 'To the first page',
    broken: 'This page could not be made. The log says why; try again in a moment.',
    readOnly: 'This address can only be read (GET).',
    hostRefused: (f: { host: string }) =>
      `Crieur does not answer to “${f.host}”. If people are to reach it there, set PUBLIC_URL to that address.`,
    sandbox: 'Sandbox',
    lead: 'Each post as its platform would show it. Nothing leaves this machine, so the addresses of the posts lead nowhere.',
    next: 'To post for real, give Crieur your own accounts: the README says how, platform by platform.',
    writing: 'The first posts are being written…',
    newestOnly: (f: { posts: number }) =>
      `Here are the newest ${f.posts} posts. “crieur queue” and “crieur show” tell of the others.`,
    counted: {
      published: (n: number) => `${n} published`,
      publishing: (n: number) => `${n} being sent`,
      pending: (n: number) => `${n} waiting`,
      held: (n: number) => `${n} held for you`,
      uncertain: (n: number) => `${n} uncertain`,
      failed: (n: number) => `${n} not published`,
      canceled: (n: number) => `${n} canceled`,
      deleted: (n: number) => `${n} deleted`,
    },
    states: {
      published: 'Published',
      publishing: 'Being sent',
      pending: 'Waits for its turn',
      held: 'Held until you decide',
      uncertain: 'May or may not have arrived',
      failed: 'Not published',
      canceled: 'Canceled',
      deleted: 'Deleted',
    },
    due: (f: { at: string }) => `not before ${f.at}`,
    waits: {
      'account paused': 'The account is paused.',
      'account not configured': 'The account is no longer configured.',
      'a person': 'Only a look at the account can tell whether it is there.',
      'the platform': 'Crieur tries again by itself.',
    },
    reason: (f: { reason: string }) => `Reason: ${f.reason}`,
    unwritten: 'No post is written yet.',
    count: (f: { count: number; limit: number }) => `${f.count} / ${f.limit}`,
    units: { telegram: 'characters', bluesky: 'characters', mastodon: 'characters' },
    round: (f: { round: number }) => `Posted again (${f.round})`,
    warnings: {
      shortened: () => 'Shortened to fit.',
      'left-out': (about: string) => (about ? `Left out: ${about}` : 'A piece was left out.'),
      'no-thumbnail': () => 'The card has no picture: the article’s could not be used.',
      'no-picture': (about: string) => `A picture could not be used and stays away: ${about}`,
      'no-caption': () => 'The text is too long to go with a photo: its preview goes instead.',
      'no-alt': (about: string) => `The site describes this picture to nobody: ${about}`,
      'still-picture': () => 'Of an animation only the first picture goes out.',
      'no-mention': (about: string) => `${about} is nobody there: the name stays plain text.`,
      plain: () => 'The platform refused its links and styles: plain words went out.',
      template: (about: string) => `The template failed, so plain words go out. ${about}`,
      'page-missing': (about: string) => `It went out though its page did not answer: ${about}`,
      'limits-unknown': () =>
        'Measured by the platform’s usual limits: the account’s own are not known yet.',
    },
  },
}
