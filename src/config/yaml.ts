import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { Problem } from '../locale/problem.ts'
import type { Place } from './environment.ts'

/** A way into a YAML file: keys and list positions. */
export type Path = readonly (string | number)[]

/** A parsed YAML file that still knows where everything stands. */
export interface YamlFile {
  /** Its name for people. */
  name: string
  value: unknown
  placeOf(path: Path): Place
}

/** Throws `Problem` 'setting-yaml-broken' with the line and the parser's code, never with a piece of the text. */
export function parseYaml(text: string, name: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0])
    throw new Problem('setting-yaml-broken', { setting: name, line, code: error.code })
  }
  return {
    name,
    value: valueOf(document, name),
    placeOf: (path) => ({ file: name, line: lineOf(document, lines, path) }),
  }
}

/** Aliases that lead nowhere, or grow without end, are found here only. */
function valueOf(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    throw new Problem('setting-yaml-broken', { setting: name, line: 1, code: 'BAD_ALIAS' })
  }
}

/** The line of the key that the path names, or of the nearest one around it. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    const found = isMap(node) ? pairAt(node, step) : isSeq(node) ? itemAt(node, step) : null
    if (found === null) break
    offset = found.offset ?? offset
    node = found.value
  }
  return lines.linePos(offset).line
}

function pairAt(map: YAMLMap, step: string | number) {
  const pair = map.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
  if (pair === undefined) return null
  return { offset: isScalar(pair.key) ? pair.key.range?.[0] : undefined, value: pair.value }
}

function itemAt(list: YAMLSeq, step: string | number) {
  const value = list.items[Number(step)]
  return { offset: isNode(value) ? value.range?.[0] : undefined, value }
}
