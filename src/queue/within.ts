/** What `work` gives, or an error after `ms`: a backend that is away may never answer. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  work.catch(() => undefined) // may fail after we stopped waiting
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
