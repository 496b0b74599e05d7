import { spawnSync } from 'node:child_process'
import { type Browser, chromium } from 'playwright-core'

const found = spawnSync('which', ['chromium'], { encoding: 'utf8' }).stdout.trim()

/** Paths of real browsers on this machine: one, or none where it has none (on CI it is installed). */
export const browsers: readonly string[] = found === '' ? [] : [found]

/** A headless browser that asks nobody but the page it is sent to. */
export async function openBrowser(executablePath: string): Promise<Browser & AsyncDisposable> {
  const quiet = ['gpu', 'quic', 'background-networking', 'component-update', 'sync']
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--no-first-run', ...quiet.map((name) => `--disable-${name}`)],
  })
}
