import type { Clock } from '../../clock.ts'
import { openWire, type Wire } from '../../net/wire.ts'
import { judge } from '../failure.ts'
import type { TelegramCredentials } from './credentials.ts'

/** The public pages of channels, as everybody sees them: no log-in, no token. */
export interface Preview {
  /**
   * A page's HTML by its path; null where the answer is none: led elsewhere (a private channel), refused, too long.
   * Throws `PlatformError` where the host cannot be reached, is busy or broken.
   */
  read(path: string, signal: AbortSignal): Promise<string | null>
  close(): Promise<void>
}

/** Twenty messages take about a tenth of it. */
const LONGEST_PAGE = 2 * 1024 * 1024

/** Nothing is opened before the first page is read. */
export function openPreview(
  { previewRoot }: Pick<TelegramCredentials, 'previewRoot'>,
  { clock, connectMs }: { clock: Clock; connectMs: number },
): Preview {
  let opened: Promise<Wire> | null = null
  return {
    read: async (path, signal) => {
      opened ??= openWire(connectMs)
      const { init, trace } = (await opened).watch()
      try {
        const headers = { accept: 'text/html', 'accept-language': 'en' }
        const url = new URL(path, previewRoot)
        const response = await fetch(url, { ...init, signal, headers, redirect: 'manual' })
        if (response.status === 200) return await htmlOf(response)
        await response.body?.cancel()
        if (isRefusal(response.status)) return null
        throw new Error(`HTTP ${response.status}`)
      } catch (thrown) {
        const failure = { operation: 'other', words: null, secrets: [], now: clock() } as const
        throw judge([], { ...failure, trace, thrown })
      }
    },
    close: async () => {
      await (await opened)?.close()
    },
  }
}

/** An answer that would be the same again: no page for us there. */
function isRefusal(status: number): boolean {
  return status < 500 && status !== 408 && status !== 429
}

async function htmlOf({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > LONGEST_PAGE) return null // leaving the loop cancels the body
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}
