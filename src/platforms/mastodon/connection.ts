import type { Clock } from '../../clock.ts'
import { openAllowance } from '../allowance.ts'
import type { Connection } from '../platform.ts'
import { openApi } from './api.ts'
import { edit, remove } from './change.ts'
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
  // M rate_limiter.rb: posts and edits are counted together
  const { hear: heard, last } = openAllowance('x-ratelimit')
  return {
    check: (signal) => standingOf(api, credentials.url, signal),
    upload: (image, signal) => upload(api, image, signal),
    processed: (ref, signal) => processed(api, ref, signal),
    resolve: (draft) => Promise.resolve(draft),
    publish: async (draft, publication, signal) => {
      const posted = await api.call(
        ({ v1 }) => v1.statuses.create(paramsOf(draft, publication)),
        postedStatus,
        { operation: 'publish', signal, heard, headers: { 'Idempotency-Key': publication.key } },
      )
      return syndicationOf(posted)
    },
    edit: (syndication, draft, publication, signal) =>
      edit(api, syndication, { draft, publication }, { signal, heard }),
    remove: (syndication, signal) => remove(api, syndication, signal),
    allowance: last,
    engagement: openCounter(api),
    find: (draft, since, signal) => find(api, draft, since, signal),
    close: () => api.close(),
  }
}
