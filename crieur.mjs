#!/usr/bin/env node
/**
 * `crieur` for whatever Node the system has (20 or newer): installs what is missing, then runs src/main.ts
 * under our own Node. The exit code and the signal that ended it are passed on.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ourNode, setUp } from './scripts/setup.mjs'

await setUp('start')
const main = fileURLToPath(new URL('src/main.ts', import.meta.url))
const child = spawn(ourNode(), ['--max-semi-space-size=1', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
})

/** A terminal sends these to the child as well; twice would mean «stop at once». */
const fromTerminal = ['SIGINT', 'SIGHUP']
const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
for (const signal of [...fromTerminal, 'SIGTERM']) {
  process.on(signal, () => {
    if (!(onTerminal && fromTerminal.includes(signal))) child.kill(signal)
  })
}

child.on('error', (error) => {
  process.stderr.write(`Crieur: ${error.message}\n`)
  process.exitCode = 1
})
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
  process.exitCode = 128 + constants.signals[signal] // for signals that do not end this process
})
