import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { merged } from '../../../src/articles/complete.ts'
import { parseArticleJson } from '../../../src/articles/json.ts'
import { nearest } from '../../../src/config/nearest.ts'
import { writeDrafts } from '../../../src/deliveries/draft.ts'
import type { PlatformId } from '../../../src/platforms/platform.ts'
import { platforms } from '../../../src/platforms/registry.ts'
import type { Draft } from '../../../src/posts/post.ts'
import type { TemplateFile } from '../../../src/posts/template/template-file.ts'
import { ids } from './shipped.ts'

const page = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'templates.md')

/** A template of the page, for which platform, what the page says becomes of it, part by part, and what does. */
export interface Example {
  platform: PlatformId
  file: TemplateFile
  said: string[]
  written: string[]
}

/** Every example of the page about templates, with what really becomes of it. */
export async function examples(): Promise<Example[]> {
  const text = await readFile(page, 'utf8')
  const json = /```json\n(.*?)```/s.exec(text)?.[1]
  const { article } = await merged(parseArticleJson(json), null)
  const others = Object.fromEntries(
    [...text.matchAll(/<!-- file: (\S+) -->\n```liquid\n(.*?)```/gs)].map(
      ([, name = '', source = '']) => [name, source],
    ),
  )
  const blocks = text.matchAll(/<!-- (\w+) -->\n```liquid\n(.*?)```\n((?:\n```text\n.*?```\n)*)/gs)
  return Promise.all(
    [...blocks].map(async ([, platform, source = '', results = '']) => {
      const id = ids.find((known) => known === platform)
      if (id === undefined) throw new Error(`no platform ${platform}`)
      const file = { name: `${id}.liquid`, source, others, timeZone: 'Europe/Paris', nearest }
      const drafts = await writeDrafts(article, platforms[id], platforms[id].limits, file)
      const said = [...results.matchAll(/```text\n(.*?)```/gs)].map(([, one = '']) => one)
      return { platform: id, file, said, written: drafts.map(told) }
    }),
  )
}

function told({ text, card, images, manner }: Draft): string {
  return [
    ...(manner.contentWarning === null ? [] : [`[content warning: ${manner.contentWarning}]`]),
    ...(manner.visibility === 'public' ? [] : [`[${manner.visibility}]`]),
    text,
    ...(card === null || images.length > 0 ? [] : [`[card: ${card.title}]`]),
    ...images.map(({ alt }) => `[picture: ${alt}]`),
  ]
    .join('\n')
    .concat('\n')
}
