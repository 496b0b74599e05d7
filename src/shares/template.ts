import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { TemplateFile } from '../posts/template-file.ts'

const name = 'share.liquid'
const file = path.join(import.meta.dirname, '..', '..', 'templates', name)

/** The template of what is shared elsewhere, which ships. */
export async function readShareTemplate(): Promise<TemplateFile> {
  return { name, source: await readFile(file, 'utf8') }
}
