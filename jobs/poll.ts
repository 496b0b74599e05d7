import type { App } from '../src/app.ts'
import { readSources } from '../src/deliveries/brought.ts'

/** Reads the sources that are due; what they brought is read next. */
export async function poll(app: App): Promise<void> {
  await readSources(await app.bringing())
}
