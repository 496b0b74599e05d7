/** Every sentence people read, in English. One namespace a room; facts come in, a sentence goes out. */
export const en = {
  /** What stopped us: what happened, to what, and what to do next. Read by `Problem`. */
  problems: {
    'setting-invalid': (f: { setting: string; where: string; wrong: string; example: string }) =>
      `${f.setting} (${f.where}): ${f.wrong}. Example: ${f.example}`,
  },
}
