/**
 * A template that cannot become a post: what is wrong with it, where. `line` is null where the fault shows only in
 * the finished post. The message names template and line, so that it can stand alone.
 */
export class TemplateError extends Error {
  readonly template: string
  /** Counted from 1, front matter included. */
  readonly line: number | null

  constructor(template: string, line: number | null, wrong: string) {
    super(`${template}${line === null ? '' : `:${line}`}: ${wrong}`)
    this.name = 'TemplateError'
    this.template = template
    this.line = line
  }
}

/** Whether it is the template that cannot write this post, and no fault of the program. */
export function isTemplateError(thrown: unknown): thrown is TemplateError {
  return thrown instanceof TemplateError
}
