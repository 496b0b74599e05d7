import { resume as resumeAccount } from '../accounts/steer.ts'
import { openApp, quietly } from '../app.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import type { Command } from './command.ts'
import { sayWhoSends } from './sending.ts'
import { steer } from './steer.ts'

/** `crieur resume`: an account, or all of them, go on; also one that its platform refused is tried again. */
export const resume: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 0, most: 1 },
  run: async (invocation) => {
    const app = await openApp(quietly(invocation.config), null, invocation.stopping)
    try {
      const queue = await app.queue() // where it cannot be had, nothing is to be decided
      const { accounts, code } = await steer(app, invocation, resumeAccount)
      await wakeAccounts(queue, accounts)
      await sayWhoSends(app, invocation, new Set())
      return code
    } finally {
      await app.close()
    }
  },
}
