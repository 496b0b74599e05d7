import { readFile } from 'node:fs/promises'
import path from 'node:path'

const folder = path.join(import.meta.dirname, '..', '..', 'templates')

/** The templates that ship, as their files say them. */
export async function readTemplates() {
  const read = async (platform: string) => {
    const name = `${platform}.liquid`
    return { name, source: await readFile(path.join(folder, name), 'utf8') }
  }
  const [telegram, bluesky, mastodon] = await Promise.all([
    read('telegram'),
    read('bluesky'),
    read('mastodon'),
  ])
  return { telegram, bluesky, mastodon }
}
