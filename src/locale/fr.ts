import type { Words } from './words.ts'

/** Every sentence people read, in French. Shaped by `en.ts`; no-break spaces before ; : ! ? » and after «. */
export const fr: Words = {
  problems: {
    'setting-invalid': (f) =>
      `${f.setting} (${f.where}) : ${f.wrong}. Exemple : ${f.example}`,
  },
}
