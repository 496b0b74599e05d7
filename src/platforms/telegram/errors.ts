import { z } from 'zod'
import type { PlatformError } from '../error.ts'
import { type Failure, judge, type Row, secondsFrom } from '../failure.ts'

/** Bot API descriptions by what they mean; the same cause has several wordings and, for rights, a 400. */
const rows: readonly Row[] = [
  { status: 400, words: 'chat not found', kind: 'unauthorized' },
  { status: 400, words: 'chat_id is empty', kind: 'unauthorized' },
  { status: 400, words: 'need administrator rights', kind: 'unauthorized' },
  { status: 400, words: 'no write access', kind: 'unauthorized' },
  // a group may forbid pictures and allow text
  { status: 400, words: 'rights to send photos', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'rights to send media', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'not enough rights', kind: 'unauthorized' },
  { status: 400, words: 'failed to send message #', kind: 'uncertain' },
  { status: 400, words: 'group send failed', kind: 'uncertain' },
  { status: 400, words: 'upgraded to a supergroup', kind: 'unavailable' },
  { status: 400, words: 'message is not modified', kind: 'rejected', done: true },
  { status: 400, words: 'message to delete not found', kind: 'rejected', done: true },
  { status: 400, words: 'message to edit not found', kind: 'rejected', gone: true },
  // of a caption too: the same words fit a message without the picture
  { status: 400, words: 'caption is too long', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'wrong file identifier', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'failed to get http url content', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'type of the web page content', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'photo', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'image_process_failed', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'file must be non-empty', kind: 'rejected', culprit: 'pictures' },
  { status: 400, words: 'file is too big', kind: 'rejected', culprit: 'pictures' },
  { status: 413, kind: 'rejected', culprit: 'pictures' },
  // «can't parse entities», «ENTITIES_TOO_LONG», «entity begins in a middle of …»
  { status: 400, words: 'entit', kind: 'rejected', culprit: 'formatting' },
  { status: 400, words: 'text is too long', kind: 'rejected', culprit: 'formatting' },
  { status: 404, words: 'method not found', kind: 'rejected' },
  { status: 404, kind: 'unauthorized' },
  { status: 409, words: 'terminated by other', kind: 'unavailable' },
]

/** What telegraf throws for an answer in the Bot API's own JSON. */
const answer = z.object({
  response: z.object({
    description: z.string(),
    parameters: z
      .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
      .optional(),
  }),
})

/** A failed Bot API call as `PlatformError`. */
export function classify(failure: Omit<Failure, 'words'>): PlatformError {
  const said = answer.safeParse(failure.thrown).data?.response
  const wait = said?.parameters?.retry_after
  return judge(rows, {
    ...failure,
    words: said?.description ?? null,
    retryAt: wait === undefined ? null : secondsFrom(failure.now, wait),
  })
}

/** The channel's new id, where the answer says that it moved. */
export function movedTo(thrown: unknown): number | null {
  return answer.safeParse(thrown).data?.response.parameters?.migrate_to_chat_id ?? null
}
