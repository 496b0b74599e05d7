import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Config } from '../../../src/config/config.ts'
import { loadConfig } from '../../../src/config/load.ts'
import { Problem, sentenceOf } from '../../../src/locale/problem.ts'
import { wordsOf } from '../../../src/locale/words.ts'
import { credentialsOf } from '../../../src/platforms/registry.ts'

export const BOT_TOKEN = '123456789:AAFfakeFakeFakeFakeFakeFakeFakeFakeFa'
export const APP_PASSWORD = 'abcd-efgh-ijkl-mnop'
export const ACCESS_TOKEN = 'zyxwvutsrqponmlkjihgfedcba0123456789-_Abcde'

export const telegram = { TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_CHANNEL: '@journal' }
export const bluesky = {
  BLUESKY_HANDLE: 'journal.bsky.social',
  BLUESKY_APP_PASSWORD: APP_PASSWORD,
}
export const mastodon = {
  MASTODON_URL: 'https://social.example',
  MASTODON_ACCESS_TOKEN: ACCESS_TOKEN,
}

/** What a checkout holds and what the environment says. */
export interface Given {
  env?: Record<string, string>
  /** The text of `.env`. */
  dotenv?: string
  /** The text of `crieur.yaml`. */
  yaml?: string
  /** Further files by name. */
  files?: Record<string, string>
}

/** The configuration of a folder made for this one test, with the real platforms. */
export async function load(given: Given): Promise<Config & { root: string }> {
  const root = await mkdtemp(path.join(tmpdir(), 'crieur config '))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const files = {
    ...given.files,
    ...(given.dotenv !== undefined && { '.env': given.dotenv }),
    ...(given.yaml !== undefined && { 'crieur.yaml': given.yaml }),
  }
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(root, name), text)
  const config = await loadConfig({ env: given.env ?? {}, root, platforms: credentialsOf() })
  return { ...config, root }
}

/** Why that configuration is refused, in both languages. Fails where it is not. */
export async function refusal(given: Given): Promise<{ kind: string; en: string; fr: string }> {
  const problem = await load(given).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(problem instanceof Problem)) throw new Error(`not refused: ${String(problem)}`)
  const kept: { kind: string; facts: object } = JSON.parse(JSON.stringify(problem))
  return {
    kind: kept.kind,
    en: sentenceOf(wordsOf('en'), kept),
    fr: sentenceOf(wordsOf('fr'), kept),
  }
}
