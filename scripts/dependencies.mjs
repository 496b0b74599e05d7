/** Checks which file imports which (`.dependency-cruiser.mjs`), and that every file was really looked at. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

const folders = ['src', 'jobs'].filter((folder) => existsSync(folder))
const cruiser = spawnSync(
  process.execPath,
  [
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    ...['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders],
  ],
  { encoding: 'utf8', maxBuffer: 1e9 },
)
if (!cruiser.stdout) {
  console.error(cruiser.stderr)
  process.exit(1)
}
const { modules, summary } = JSON.parse(cruiser.stdout)

for (const { from, to, rule } of summary.violations) {
  const { comment } = summary.ruleSetUsed.forbidden.find(({ name }) => name === rule.name)
  console.error(`${from} → ${to}\n  ${rule.name}: ${comment}`)
}

const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => /\.m?[jt]s$/.test(name))
    .map((name) => path.posix.join(folder, name)),
)
const cruised = new Set(modules.map(({ source }) => source))
const missed = files.filter((file) => !cruised.has(file))
for (const file of missed) console.error(`${file} was not looked at by the dependency check.`)

const imports = modules.flatMap(({ dependencies }) => dependencies).length
if (imports === 0) console.error('The dependency check saw no import at all.')
console.log(`${files.length} files, ${imports} imports`)
process.exitCode = summary.violations.length + missed.length > 0 || imports === 0 ? 1 : 0
