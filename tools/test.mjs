/**
 * `npm test`: install what is missing, then run everything, and say at the end what passed, failed and was skipped.
 * `npm test -- unit lessons` runs only the steps named.
 */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser, ensurePackages, ensurePostgres, env, root } from './ensure.mjs'

ensurePackages()
const reports = join(root, 'node_modules', '.cache', 'podlab-test')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const total = { passed: 0, failed: 0, skipped: 0 }

/** @returns the exit code */
const run = (output, command, args) =>
  new Promise(resolve => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['inherit', output, output] })
    child.on('error', () => resolve(1))
    child.on('exit', code => resolve(code ?? 1))
  })

/** A step without a report counts as one test. */
async function vitest(output, name, args = []) {
  const report = join(reports, `${name}.json`)
  const code = await run(output, 'vitest', [
    ...['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`],
    ...args,
  ])
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const r = JSON.parse(readFileSync(report, 'utf8'))
  const failed = r.numFailedTests + (code !== 0 && r.numFailedTests === 0 ? 1 : 0)
  return { passed: r.numPassedTests, failed, skipped: r.numPendingTests + (r.numTodoTests ?? 0) }
}
const command = async (output, ...words) =>
  (await run(output, words[0], words.slice(1))) === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 }

const needsBrowser = () => {
  const browser = ensureBrowser()
  if (browser) env.CHROMIUM = browser
  else console.error('SKIPPED: no Chromium found and none could be installed; set CHROMIUM to its path.')
  return browser !== undefined
}

const STEPS = {
  schema: output => command(output, 'npm', 'run', '--silent', 'schema'),
  lint: output =>
    command(output, 'biome', 'ci', '--max-diagnostics=50', ...(process.stdout.isTTY ? [] : ['--colors=off'])),
  unit: output => {
    ensurePostgres()
    return vitest(output, 'unit')
  },
  types: output => command(output, 'npm', 'run', '--silent', 'check'),
  parity: output => command(output, 'node', 'tools/parity.mjs', '--check'),
  build: output => command(output, 'npm', 'run', '--silent', 'build'),
  browser: output =>
    needsBrowser()
      ? vitest(output, 'browser', ['--config', 'vitest.e2e.config.ts'])
      : { passed: 0, failed: 0, skipped: 1 },
}
/** What is done at the same time: the first prints as it goes, what is beside it and keeps one core busy at most prints at its end. */
const ROUNDS = [['schema'], ['lint'], ['unit', 'types'], ['parity'], ['build'], ['browser']]

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in STEPS))
if (unknown.length) {
  console.error(`no such step: ${unknown.join(', ')} (steps: ${Object.keys(STEPS).join(', ')})`)
  process.exit(2)
}
const lines = []
const title = name => console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`)

async function take(name, output) {
  const start = performance.now()
  const result = await STEPS[name](output)
  for (const key of Object.keys(total)) total[key] += result[key]
  lines.push(
    `${result.failed ? '✗' : result.skipped && !result.passed ? '–' : '✓'} ${name.padEnd(8)} ${((performance.now() - start) / 1000).toFixed(0).padStart(4)} s`,
  )
}
async function takeQuietly(name) {
  const file = join(reports, `${name}.txt`)
  const output = openSync(file, 'w')
  await take(name, output)
  closeSync(output)
  return () => {
    title(name)
    process.stdout.write(readFileSync(file))
  }
}

for (const round of ROUNDS) {
  const [first, ...beside] = round.filter(name => !wanted.length || wanted.includes(name))
  if (!first) continue
  title(first)
  const [, ...told] = await Promise.all([take(first, 'inherit'), ...beside.map(takeQuietly)])
  for (const tell of told) tell()
}
console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
const skippedInCI = process.env.CI && total.skipped > 0
if (skippedInCI) console.error('Something was skipped, which CI counts as a failure.')
process.exit(total.failed || skippedInCI ? 1 : 0)
