const expected = {
  address: 'a web address that starts with https:// or http://',
  text: 'text',
  list: 'a list of texts',
  date: 'a moment in ISO 8601, such as 2026-02-04T09:12:00+01:00',
  language: 'a language tag, such as fr or en-GB',
  object: 'an object',
  short: 'shorter',
}
/** What a field of an article may have to be. */
type Expected = keyof typeof expected

/** Every sentence people read, in English. One namespace a room; facts come in, a sentence goes out. */
export const en = {
  /** What stopped us: what happened, to what, and what to do next. Read by `Problem`. */
  problems: {
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
      `${f.field} is no field of an article. Check the spelling.`,
    'field-invalid': (f: { field: string; expected: Expected }) =>
      `${f.field} must be ${expected[f.expected]}.`,
    'feed-is-html': (f: { address: string; feed: string | null }) =>
      f.feed
        ? `${f.address} is a page, not a feed. Its feed is ${f.feed}: use that address.`
        : `${f.address} is a page, not a feed, and names no feed. Look for its RSS link.`,
    'feed-broken': (f: { address: string; wrong: string }) =>
      `${f.address} is no feed that can be read: ${f.wrong}. Open it in a feed validator.`,
    'picture-unreadable': (f: { address: string }) =>
      `${f.address} is no picture that can be read (JPEG, PNG, WebP, AVIF or GIF).`,
    'picture-too-large': (f: { address: string; megapixels: number }) =>
      `The picture ${f.address} has more than ${f.megapixels} million pixels.`,
    'setting-invalid': (f: { setting: string; where: string; wrong: string; example: string }) =>
      `${f.setting} (${f.where}): ${f.wrong}. Example: ${f.example}`,
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
    posts: (f: { posts: number }) => (f.posts === 1 ? '1 post' : `${f.posts} posts`),
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
      'a person': 'Look at the account, then say with “crieur resolve” whether it is there.',
      'the platform': 'Crieur tries again by itself.',
    },
    reason: (f: { reason: string }) => `Reason: ${f.reason}`,
    unwritten: 'No post is written yet.',
    count: (f: { count: number; limit: number }) => `${f.count} / ${f.limit}`,
    units: { telegram: 'characters', bluesky: 'characters', mastodon: 'characters' },
    round: (f: { round: number }) => `Posted again (${f.round})`,
    warnings: {
      shortened: () => 'Shortened to fit.',
      'left-out': (about: string) => (about ? `Left out: ${about}.` : 'A piece was left out.'),
      'no-thumbnail': () => 'The card has no picture: the article’s could not be used.',
      'limits-unknown': () =>
        'Measured by the platform’s usual limits: the account’s own are not known yet.',
    },
  },
}
