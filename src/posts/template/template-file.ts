/** A template as its file says it, with what it may take from its surroundings. */
export interface TemplateFile {
  /** The file's name, for messages. */
  name: string
  source: string
  /** The other files of its folder, by name: partials for `render` and `include`. It can read nothing else. */
  others?: Readonly<Record<string, string>>
  /** IANA name of the zone in which it tells dates; UTC unless told. */
  timeZone?: string
  /** The known word most like a mistyped one, for messages. */
  nearest?(typed: string, known: readonly string[]): string | null
}
