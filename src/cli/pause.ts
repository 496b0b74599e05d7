import { pause as pauseAccount } from '../accounts/steer.ts'
import { openApp, quietly } from '../app.ts'
import type { Command } from './command.ts'
import { steer } from './steer.ts'

/** `crieur pause`: nothing is sent on an account, or on any, until somebody says so. */
export const pause: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 0, most: 1 },
  run: async (invocation) => {
    const app = await openApp(quietly(invocation.config), null, invocation.stopping)
    try {
      return (await steer(app, invocation, pauseAccount)).code
    } finally {
      await app.close()
    }
  },
}
