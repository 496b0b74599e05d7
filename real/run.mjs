/**
 * `npm run test:real`: our posts against a real Bluesky server on this machine, and the stand-in beside it.
 * The last line is always `N passed, M failed`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { install } from './install.mjs'

const total = { passed: 0, failed: 0 }

/** Runs one check; a failure is told with its reason. */
async function check(name, work) {
  try {
    await work()
    total.passed += 1
  } catch (error) {
    total.failed += 1
    console.log(`✗ ${name}\n  ${error instanceof Error ? error.message : String(error)}`)
  }
}

await install()
const server = fork(path.join(import.meta.dirname, 'server.mjs'))
const ended = once(server, 'exit').then(([code, signal]) => {
  throw new Error(`the server ended by itself (${signal ?? code})`)
})
try {
  const [home] = await Promise.race([once(server, 'message'), ended])
  console.log(`A real server of Bluesky answers at ${home.url}.`)
  for (const name of ['posts', 'refusals']) {
    const { run } = await import(`./${name}.mjs`)
    const begun = performance.now()
    const before = total.passed
    await Promise.race([run(home, check), ended])
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    console.log(`${name}: ${total.passed - before} passed, ${seconds} s`)
  }
} catch (error) {
  total.failed += 1
  console.log(`✗ ${error instanceof Error ? error.message : String(error)}`)
}
server.kill()
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
