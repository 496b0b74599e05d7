import type { Button } from './text.ts'

/** What a button does; the letters stand in its data, which may be 64 bytes long. */
const verbs = [
  ['approve', 'ok'],
  ['newest', 'n3'],
  ['cancel', 'no'],
  ['retry', 're'],
  ['delete', 'rm'],
  ['there', 'is'],
  ['again', 'ag'],
  ['leave', 'lv'],
  ['pause', 'pa'],
  ['resume', 'go'],
] as const

export type Verb = (typeof verbs)[number][0]

/** A pressed button: what to do, to what (`a12`, `d34`, `n5`, `c3` an account), having seen which version. */
export interface Pressed {
  verb: Verb
  on: string
  version: number
}

/** A button that carries out a decision on the version that is shown. */
export function button(text: string, verb: Verb, on: string, version = 0): Button {
  return {
    text: Array.from(text).slice(0, 60).join(''),
    data: `${lettersOf(verb)}:${on}:${version}`,
  }
}

/** Reads what a button sent; null where it is none of ours. */
export function pressed(data: string | undefined): Pressed | null {
  const [, letters, on = '', version] =
    /^([a-z0-9]{2}):([adnc]\d{1,15}):(\d{1,12})$/.exec(data ?? '') ?? []
  const verb = verbs.find(([, known]) => known === letters)?.[0]
  return verb === undefined ? null : { verb, on, version: Number(version) }
}

function lettersOf(verb: Verb): string {
  return verbs.find(([name]) => name === verb)?.[1] ?? ''
}
