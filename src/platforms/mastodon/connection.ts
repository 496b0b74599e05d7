import type { Clock } from '../../clock.ts'
import type { Connection } from '../platform.ts'
import { openApi } from './api.ts'
import { openCounter } from './counts.ts'
import type { MastodonCredentials } from './credentials.ts'
import { find } from './find.ts'
import { processed, upload } from './media.ts'
import { standingOf } from './standing.ts'
import { paramsOf, postedStatus, syndicationOf } from './status.ts'

/** An account on an instance of Mastodon or of its kin. */
export async function open(
  credentials: MastodonCredentials,
  options: { clock: Clock; connectMs: number },
): Promise<Connection> {
  const api = await openApi(credentials, options)
  return {
    check: (signal) => standingOf(api, credentials.url, signal),
    upload: (image, signal) => upload(api, image, signal),
    processed: (ref, signal) => processed(api, ref, signal),
    resolve: (draft) => Promise.resolve(draft),
    publish: async (draft, publication, signal) => {
      const posted = await api.call(
        ({ v1 }) => v1.statuses.create(paramsOf(draft, publication)),
        postedStatus,
        { operation: 'publish', signal, headers: { 'Idempotency-Key': publication.key } },
      )
      return syndicationOf(posted)
    },
    engagement: openCounter(api),
    find: (draft, since, signal) => find(api, draft, since, signal),
    close: () => api.close(),
  }
}
