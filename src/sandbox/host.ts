import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { AccountSettings } from '../config/config.ts'
import { codeOf } from '../reason.ts'
import { makeFolder } from '../store/folder.ts'
import { bluesky, startBluesky } from './bluesky.ts'
import { mastodon, startMastodon } from './mastodon.ts'
import { startSite } from './site.ts'
import { startTelegram, telegram } from './telegram.ts'

/** The sandbox as a program sees it: three accounts like real ones, and a site to read. */
export interface Sandbox {
  accounts: AccountSettings[]
  site: { url: string; feedUrl: string }
  close(): Promise<void>
}

const names = ['telegram', 'bluesky', 'mastodon', 'site'] as const
type Name = (typeof names)[number]
const ports = z.partialRecord(z.enum(names), z.number().int().min(1).max(65_535))
type Ports = z.infer<typeof ports>

/** One server of the sandbox, hosted here or by another process of the same checkout. */
interface Service {
  url: string
  close(): Promise<void>
}

/**
 * Brings up the sandbox of `dataDir`. Its addresses stay the same over restarts, so that articles and posts do.
 * Where another process hosts it already this one joins, and takes over once that one is gone.
 */
export async function hostSandbox(dataDir: string): Promise<Sandbox> {
  const folder = path.join(dataDir, 'sandbox')
  await makeFolder(folder)
  const remembered = await readPorts(folder)
  const services = new Map<Name, Service>()
  for (const name of names) services.set(name, await open(name, folder, remembered[name] ?? 0))
  const urlOf = (name: Name) => services.get(name)?.url ?? ''
  await writePorts(folder, urlOf)
  const site = urlOf('site')
  return {
    accounts: [
      {
        name: 'telegram',
        platform: 'telegram',
        credentials: {
          botToken: telegram.botToken,
          channel: telegram.channel,
          apiRoot: urlOf('telegram'),
          previewRoot: urlOf('telegram'),
        },
      },
      {
        name: 'bluesky',
        platform: 'bluesky',
        credentials: {
          handle: bluesky.handle,
          appPassword: bluesky.appPassword,
          service: urlOf('bluesky'),
        },
      },
      {
        name: 'mastodon',
        platform: 'mastodon',
        credentials: { url: urlOf('mastodon'), accessToken: mastodon.accessToken },
      },
    ],
    site: { url: site, feedUrl: `${site}/feed/` },
    close: async () => {
      await Promise.all([...services.values()].map((service) => service.close()))
    },
  }
}

/** The port is the lock: whoever listens on it hosts; a stranger's program on it costs a new port. */
async function open(name: Name, folder: string, port: number): Promise<Service> {
  try {
    return await host(name, folder, port)
  } catch (error) {
    if (port === 0 || codeOf(error) !== 'EADDRINUSE') throw error
    const url = `http://127.0.0.1:${port}`
    return (await isOurs(url)) ? join(name, folder, port, url) : host(name, folder, 0)
  }
}

function host(name: Name, folder: string, port: number): Promise<Service> {
  const file = path.join(folder, `${name}.jsonl`)
  switch (name) {
    case 'telegram':
      return startTelegram({ port, file })
    case 'bluesky':
      return startBluesky({ port, file })
    case 'mastodon':
      return startMastodon({ port, file })
    case 'site':
      return startSite({ port })
  }
}

/** Looks each second whether the host is gone, and then hosts. */
function join(name: Name, folder: string, port: number, url: string): Service {
  let hosted: Promise<Service> | null = null
  const timer = setInterval(() => {
    hosted ??= host(name, folder, port)
    hosted.catch(() => (hosted = null)) // still hosted there
  }, 1000)
  timer.unref()
  return {
    url,
    close: async () => {
      clearInterval(timer)
      await (await hosted?.catch(() => null))?.close()
    },
  }
}

const identity = z.object({ program: z.literal('crieur') })

async function isOurs(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/_/identity`, { signal: AbortSignal.timeout(2000) }).catch(
    () => null,
  )
  return identity.safeParse(await answer?.json().catch(() => null)).success
}

async function readPorts(folder: string): Promise<Ports> {
  const text = await readFile(portsFile(folder), 'utf8').catch(() => '{}')
  try {
    return ports.parse(JSON.parse(text))
  } catch {
    return {} // written by nobody we know: new ports are chosen
  }
}

async function writePorts(folder: string, urlOf: (name: Name) => string): Promise<void> {
  const chosen = Object.fromEntries(names.map((name) => [name, Number(new URL(urlOf(name)).port)]))
  const aside = `${portsFile(folder)}.${process.pid}`
  await writeFile(aside, JSON.stringify(chosen))
  await rename(aside, portsFile(folder))
}

function portsFile(folder: string): string {
  return path.join(folder, 'ports.json')
}
