/** What people decide, and what came of it. */
export const decisions = {
  kinds: {
    approve: 'approved',
    retry: 'tried again',
    cancel: 'canceled',
    resolve: 'resolved',
    pause: 'paused',
    resume: 'resumed',
  },
  doors: { cli: 'command line', api: 'API', bot: 'Telegram', page: 'page' },
  /** A decision told afterwards. */
  told: (f: { who: string; door: string; what: string; at: string }) =>
    `${f.what} by ${f.who} (${f.door}), ${f.at}`,
  /** Nothing was done: it was decided, or moved, since it was seen. */
  changed: (f: { state: string }) => `it has changed meanwhile and is now: ${f.state}`,
  /** Nothing was done: the decision fits other states only. */
  unfit: (f: { state: string }) => `nothing to do: ${f.state}`,
  /** Nothing was done: the notice is answered, or more has come. */
  late: () => 'this was answered already, or more has come since: look at it again',
  lastBy: (f: { who: string; what: string; at: string }) => `${f.what} by ${f.who}, ${f.at}`,
  flood: (f: { go: number; skip: number }) =>
    `${f.go} ${f.go === 1 ? 'article goes' : 'articles go'} out, ${f.skip} ${f.skip === 1 ? 'does' : 'do'} not`,
  paused: (f: { account: string }) => `${f.account} is paused: its posts wait`,
  resumed: (f: { account: string }) => `${f.account} goes on`,
  pausedAlready: (f: { account: string }) => `${f.account} is paused already`,
  runsAlready: (f: { account: string }) => `${f.account} is not paused`,
  nothing: () => 'there is nothing of that kind',
}

/** What needs a person, one line each, and how to answer it by typing. */
export const notices = {
  rejected: (f: { account: string; title: string; why: string }) =>
    `not published on ${f.account}: “${f.title}”. ${f.why}`,
  uncertain: (f: { account: string; title: string }) =>
    `“${f.title}” may or may not stand on ${f.account}: only a look there can tell`,
  unauthorized: (f: { account: string; why: string }) =>
    `${f.account} lets Crieur in no more. ${f.why}`,
  overdue: (f: { account: string }) =>
    `nobody has tried to publish on ${f.account} for ten minutes, although posts are due: is crieur start running?`,
  flood: (f: { articles: number; source: string }) =>
    `${f.articles} ${f.articles === 1 ? 'article' : 'articles'} at once from ${f.source}`,
  held: {
    late: (f: { title: string }) => `held: “${f.title}” is more than a day late`,
    old: (f: { title: string }) => `held: “${f.title}” was published long before it came here`,
    flood: (f: { title: string }) => `held: “${f.title}” came with too many others`,
    approval: (f: { title: string }) => `waits for your yes: “${f.title}”`,
  },
  /** What to type. `id` is the notice's own. */
  answers: {
    held: (f: { id: string }) => `crieur approve ${f.id} · crieur cancel ${f.id}`,
    flood: (f: { id: string }) =>
      `crieur approve ${f.id} · crieur approve ${f.id} --newest 3 · crieur cancel ${f.id}`,
    rejected: (f: { id: string }) => `crieur retry ${f.id}`,
    uncertain: (f: { id: string }) =>
      `crieur resolve ${f.id} --published URL · --send-again · --leave`,
    unauthorized: (f: { id: string }) => `crieur resume ${f.id}`,
    overdue: () => 'crieur start',
  },
}
