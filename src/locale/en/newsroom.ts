/** Who decided last, and when; null where nobody did. */
interface Last {
  who: string | null
  at: string | null
}
const last = ({ who, at }: Last) => (who === null ? '' : ` · ${who}, ${at}`)

/** What people decide, and what came of it. */
export const decisions = {
  kinds: {
    approve: 'approved',
    retry: 'tried again',
    cancel: 'canceled',
    resolve: 'resolved',
    delete: 'taken down',
    pause: 'paused',
    resume: 'resumed',
  },
  /** The same as something to do: what stands on a button. */
  offers: {
    approve: 'Approve',
    retry: 'Try again',
    cancel: 'Cancel',
    resolve: 'Settle',
    delete: 'Take down',
    pause: 'Pause',
    resume: 'Resume',
  },
  /** The three ways to resolve, by what they say. */
  resolutions: { published: 'It is there', 'send again': 'Send again', leave: 'Leave it' },
  doors: { cli: 'command line', api: 'API', bot: 'Telegram', page: 'page' },
  /** From what to what a decision led, beside the states of a delivery. */
  states: {
    running: 'runs',
    paused: 'paused',
    unauthorized: 'no access',
    'to go out': 'to go out',
    'not to go out': 'not to go out',
    open: 'open',
    seen: 'seen',
  },
  /** Who did what, by which door: `what` is one of the kinds. */
  by: (f: { what: string; who: string; door: string }) =>
    `${f.what} by ${f.who === f.door ? f.who : `${f.who} (${f.door})`}`,
  /** A decision carried out. */
  done: (f: { from: string; to: string }) => (f.from === f.to ? f.to : `${f.from} → ${f.to}`),
  /** What comes of a decision about what stands, by its kind. */
  stands: {
    delete: 'is taken down as soon as its account’s turn comes',
    retry: 'is tried again as soon as its account’s turn comes',
    cancel: 'is left as it is',
  },
  /** Why nothing was done. `who` did what last, at what time; null where nobody did. */
  refused: {
    changed: (f: Last & { state: string }) =>
      `it has changed since you saw it and is now: ${f.state}${last(f)}`,
    unfit: (f: Last & { kind: string; state: string }) =>
      `cannot be ${f.kind}. It is now: ${f.state}${last(f)}`,
    withdrawn: () =>
      'its site has withdrawn the article; crieur post with its address reads it anew',
    late: (f: Last) => `this is settled already${last(f)}`,
    more: (f: { articles: number }) =>
      `there are ${f.articles} articles by now: look again before you answer`,
    other: (f: { id: string }) => `this asks for another answer: crieur show ${f.id} says which`,
    nothing: () => 'there is no post about which this could be decided',
  },
  /** Of all that failed: `what` is one of the kinds. */
  many: (f: { count: number; what: string }) =>
    f.count === 0
      ? 'Nothing has failed.'
      : `${f.count} ${f.count === 1 ? 'post' : 'posts'} ${f.what}.`,
  flood: (f: { go: number; skip: number }) =>
    `${f.go} ${f.go === 1 ? 'article goes' : 'articles go'} out, ${f.skip} ${f.skip === 1 ? 'does' : 'do'} not`,
  paused: (f: { account: string }) => `${f.account} is paused: its posts wait`,
  resumed: (f: { account: string }) => `${f.account} goes on`,
  pausedAlready: (f: Last & { account: string }) => `${f.account} is paused already${last(f)}`,
  runsAlready: (f: Last & { account: string }) => `${f.account} is not paused${last(f)}`,
}

/** A held article; `days`: how long it was out by then, null where nobody says. */
interface Held {
  title: string
  days: number | null
}

/** What needs a person, one line each, and how to answer it by typing. */
export const notices = {
  rejected: (f: { account: string; title: string; why: string }) =>
    `not published on ${f.account}: “${f.title}”. ${f.why}`,
  change: {
    edit: (f: { account: string; title: string; why: string }) =>
      `“${f.title}” still stands on ${f.account} as it was: the edit was ${f.why}`,
    delete: (f: { account: string; title: string; why: string }) =>
      `“${f.title}” still stands on ${f.account}: taking it down was ${f.why}`,
  },
  gap: (f: { source: string }) =>
    `nothing that was known is left in the feed of ${f.source}: some articles may have been missed meanwhile`,
  uncertain: (f: { account: string; title: string }) =>
    `“${f.title}” may or may not stand on ${f.account}: only a look there can tell`,
  unauthorized: (f: { account: string; why: string }) =>
    `${f.account} lets Crieur in no more. ${f.why}`,
  overdue: (f: { account: string }) =>
    `nobody has tried to publish on ${f.account} for ten minutes, although posts are due: is crieur start running?`,
  flood: (f: { articles: number; source: string }) =>
    `${f.articles} ${f.articles === 1 ? 'article' : 'articles'} at once from ${f.source}`,
  held: {
    late: (f: Held) => `held: “${f.title}” is more than a day late`,
    old: (f: Held) =>
      f.days === null
        ? `held: “${f.title}” was published long before it came here`
        : `held: “${f.title}” was published ${f.days} ${f.days === 1 ? 'day' : 'days'} before it came here`,
    flood: (f: Held) => `held: “${f.title}” came with too many others`,
    approval: (f: Held) => `waits for your yes: “${f.title}”`,
  },
  raised: (f: { at: string }) => `since ${f.at}`,
  closed: (f: { at: string }) => `settled ${f.at}`,
  /** What to type. `id` is the notice's own. */
  answers: {
    held: (f: { id: string }) => `crieur approve ${f.id} · crieur cancel ${f.id}`,
    flood: (f: { id: string }) =>
      `crieur approve ${f.id} · crieur approve ${f.id} --newest 3 · crieur cancel ${f.id}`,
    rejected: (f: { id: string }) => `crieur retry ${f.id} · crieur cancel ${f.id}`,
    change: (f: { id: string }) => `crieur retry ${f.id} · crieur cancel ${f.id}`,
    gap: (f: { id: string }) => `crieur post URL · crieur cancel ${f.id}`,
    uncertain: (f: { id: string }) =>
      `crieur resolve ${f.id} --published URL · --send-again · --leave`,
    unauthorized: (f: { id: string }) => `crieur resume ${f.id}`,
    overdue: () => 'crieur start',
  },
}
