/** What the bot says in Telegram. */
export const bot = {
  commands: {
    queue: 'what comes next and what needs you',
    status: 'how the accounts are',
    post: 'announce an article: /post and its address',
    approve: 'let out what is held',
    retry: 'try again what failed',
    cancel: 'call off what has not gone out',
    delete: 'take down a post: /delete and its id',
    pause: 'stop an account, or all',
    resume: 'let an account go on, or all',
    stats: 'what readers did in 30 days',
    help: 'what you can say here',
  },
  hello: 'I announce your articles. Send me the address of one, or say:',
  stranger: 'I only listen to the editors of this channel. Have a good day!',
  notUnderstood: 'Send me the address of an article, or /help.',
  notAnAddress:
    '/post takes the address of an article, such as /post https://example.org/an-article/',
  reading: 'It is being read…',
  nothingHeld: 'Nothing waits for your yes.',
  nothingFailed: 'Nothing has failed.',
  nothingToCancel: 'Nothing waits to go out.',
  deleteWhich:
    '/delete takes the id of a post or of an article, such as /delete d34 or /delete a12.',
  nothingNext: 'Nothing waits to go out.',
  nothingNeeds: 'Nothing needs you.',
  next: 'Goes out next',
  needs: 'Needs you',
  more: (f: { count: number }) => `and ${f.count} more`,
  about: (f: { at: string }) => `about ${f.at}`,
  lastSuccess: (f: { at: string }) => `last post ${f.at}`,
  neverYet: 'no post yet',
  waitsUntil: (f: { at: string }) => `waits until ${f.at}`,
  choose: 'Which one?',
  retried: (f: { count: number }) =>
    f.count === 1 ? '1 post is tried again.' : `${f.count} posts are tried again.`,
  sendLink: (f: { account: string }) =>
    `Send me the address of the post on ${f.account} (copy it from the post itself).`,
  statsOf: 'The last 30 days',
  best: 'Read most',
  posts: (f: { count: number }) => (f.count === 1 ? '1 post' : `${f.count} posts`),
  buttons: {
    approve: 'Publish all',
    skip: 'Skip',
    all: 'All',
    newest: (f: { count: number }) => `The newest ${f.count}`,
    none: 'None',
    giveUp: 'Give it up',
    retry: 'Try again',
    there: 'It is there',
    again: 'Send again',
    leave: 'Leave it',
    seen: 'I have seen it',
    resume: 'Try again now',
    pause: 'Pause',
    goOn: 'Go on',
  },
  otherNumber: (f: { id: string }) => `Another number: /approve ${f.id} 5`,
  over: 'This needs nobody any more.',
  failed: 'That did not work. Try again in a moment.',
  /** Where others name a command line: what can be said here. */
  problems: {
    'usage-id': (f: { typed: string }) =>
      `“${f.typed}” is no id (a12, d34, n5) and no address (https://…). /queue shows what needs you.`,
    'usage-newest': (_f: Record<never, never>) =>
      'A number is for too many articles at once, such as /approve n5 3.',
    'unknown-id': (f: { id: string }) => `There is no ${f.id}. /queue shows what there is.`,
    'unknown-address': (f: { url: string }) =>
      `I never heard of ${f.url}. Send me the address by itself and I announce it.`,
  },
  refused: {
    withdrawn: () => 'its site has withdrawn the article; send me its address, and I read it anew',
    other: (f: { id: string }) => `${f.id} asks for another answer: /queue shows its buttons`,
  },
}
