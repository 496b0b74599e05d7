/** What a request over HTTP is told that is not carried out: the API, the hooks. Part of `problems`. */
export const httpProblems = {
  'setting-needed': (f: { setting: string }) =>
    `${f.setting} is not set, and without it this is open to nobody. Set it in .env and restart Crieur.`,
  'token-wrong': (_f: Record<never, never>) =>
    'The header Authorization must be: Bearer, a blank, and the word of API_TOKEN.',
  'signature-missing': (_f: Record<never, never>) =>
    'This needs the headers webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks), made with WEBHOOK_SECRET.',
  'signature-wrong': (_f: Record<never, never>) =>
    'The signature does not fit. Sign id.timestamp.body with WEBHOOK_SECRET, the body byte for byte as it is sent.',
  'signature-old': (_f: Record<never, never>) =>
    'The signature is more than five minutes away from now. Check the sender’s clock, and sign anew what is sent again.',
  'body-too-large': (f: { megabytes: number }) =>
    `The body is larger than ${f.megabytes} MB and was not read.`,
  'body-broken': (_f: Record<never, never>) => 'The body broke off before its end. Send it again.',
  'nothing-here': (_f: Record<never, never>) =>
    'There is nothing at this address. docs/api.md says what there is.',
  'method-wrong': (f: { method: string; allowed: string }) =>
    `${f.method} does nothing here. What does: ${f.allowed}.`,
  'answer-failed': (_f: Record<never, never>) =>
    'Crieur could not answer this. Its log says why; try again in a moment.',
  'hook-foreign': (f: { url: string; site: string }) =>
    `${f.url} is no address of ${f.site}: a site tells of its own articles only.`,
  'resolve-one': (_f: Record<never, never>) =>
    'Say one of these and no other: "published" with the post’s address, "sendAgain": true, "leave": true.',
  'newest-elsewhere': (_f: Record<never, never>) =>
    'newest is for approving a notice of too many articles at once, such as n5.',
}
