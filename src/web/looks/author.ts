import type { PlatformId } from '../../platforms/platform.ts'
import { shown } from '../shown.ts'
import type { Author } from './look.ts'

/** How people call the platforms. */
export const names: Record<PlatformId, string> = {
  telegram: 'Telegram',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
}

/** The ledger knows an account by its handle only; its display name is most likely the site's. */
export function authorOf(handle: string, platform: PlatformId, site: string | null): Author {
  const local = handle.replace(/^@/, '').split(/[@.]/)[0] || handle
  const display = shown(site ?? local, 100)
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(display)
  const initial = (first?.segment ?? '').toLocaleUpperCase()
  return {
    display,
    initial,
    handle: shown(platform === 'bluesky' ? `@${handle.replace(/^@/, '')}` : handle, 100),
  }
}
