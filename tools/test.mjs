/**
 * `npm test`: install what is missing, then run everything, and say at the end what passed, failed and was skipped.
 * `npm test -- unit lessons` runs only the steps named.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser, ensurePackages, ensurePostgres, env, root, run } from './ensure.mjs'

ensurePackages()
const reports = join(root, 'node_modules', '.cache', 'podlab-test')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const total = { passed: 0, failed: 0, skipped: 0 }

/** A step without a report counts as one test. */
function vitest(name, args) {
  const report = join(reports, `${name}.json`)
  const code = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...args])
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const r = JSON.parse(readFileSync(report, 'utf8'))
  const failed = r.numFailedTests + (code !== 0 && r.numFailedTests === 0 ? 1 : 0)
  return { passed: r.numPassedTests, failed, skipped: r.numPendingTests + (r.numTodoTests ?? 0) }
}
const command = (cmd, ...args) =>
  run(cmd, args) === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

const needsBrowser = () => {
  const browser = ensureBrowser()
  if (browser) env.CHROMIUM = browser
  else console.error('SKIPPED: no Chromium found and none could be installed; set CHROMIUM to its path.')
  return browser !== undefined
}

const STEPS = {
  schema: () => command('npm', 'run', '--silent', 'schema'),
  lint: () => command('biome', 'ci', '--max-diagnostics=50', ...(process.stdout.isTTY ? [] : ['--colors=off'])),
  types: () => command('npm', 'run', '--silent', 'check'),
  unit: () => {
    ensurePostgres()
    return vitest('unit', [])
  },
  parity: () => command('node', 'tools/parity.mjs', '--check'),
  build: () => command('npm', 'run', '--silent', 'build'),
  browser: () =>
    needsBrowser() ? vitest('browser', ['--config', 'vitest.e2e.config.ts']) : { passed: 0, failed: 0, skipped: 1 },
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in STEPS))
if (unknown.length) {
  console.error(`no such step: ${unknown.join(', ')} (steps: ${Object.keys(STEPS).join(', ')})`)
  process.exit(2)
}
const lines = []
for (const [name, step] of Object.entries(STEPS)) {
  if (wanted.length && !wanted.includes(name)) continue
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`)
  const start = performance.now()
  const result = step()
  for (const key of Object.keys(total)) total[key] += result[key]
  lines.push(
    `${result.failed ? '✗' : result.skipped && !result.passed ? '–' : '✓'} ${name.padEnd(8)} ${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s`,
  )
}
console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
const skippedInCI = process.env.CI && total.skipped > 0
if (skippedInCI) console.error('Something was skipped, which CI counts as a failure.')
process.exit(total.failed || skippedInCI ? 1 : 0)
