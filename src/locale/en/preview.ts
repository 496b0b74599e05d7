/** What a preview says of posts that nobody has sent, on the page and in the terminal; and links to share elsewhere. */
export const preview = {
  title: 'Preview',
  lead: 'What would be posted on each account. Nothing is sent, nothing is kept.',
  address: 'Address of an article or of a feed',
  json: 'Or an Article as JSON, pasted',
  file: 'or from a file',
  show: 'Show',
  nothingNamed: 'Give an address, or an Article as JSON.',
  busy: 'Another preview is being made. Try again in a moment.',
  late: (f: { seconds: number }) => `This took longer than ${f.seconds} seconds and was given up.`,
  noAccounts: 'No account is known yet: is crieur start running?',
  unread: (f: { count: number }) =>
    f.count === 1 ? 'One article could not be read:' : `${f.count} articles could not be read:`,
  leftOut: (f: { count: number }) =>
    f.count === 1
      ? 'One more article of this feed is left out.'
      : `${f.count} more articles of this feed are left out.`,
  emptyFeed: 'There is no article in this feed.',
  part: (f: { part: number; of: number }) => `Part ${f.part} of ${f.of}`,
  language: (f: { language: string }) => `Language: ${f.language}`,
  noLanguage: 'No language',
  visibility: {
    public: 'Public',
    unlisted: 'Unlisted: in nobody’s public timeline',
    private: 'For followers only',
  },
  silent: 'Silent: subscribers hear no sound',
  contentWarning: (f: { warning: string }) => `Content warning: ${f.warning}`,
  showMore: 'Show more',
  card: 'Card',
  picture: 'Picture',
  image: (f: { number: number }) => `Image ${f.number}`,
  alt: 'ALT',
  noAlt: 'No description',
  share: 'Share elsewhere',
  noShare: (f: { places: string }) => `No link for ${f.places}: the article’s address is too long.`,
  places: { facebook: 'Facebook', x: 'X', whatsapp: 'WhatsApp', email: 'E-mail' },
}
