/**
 * `npm test`: install what is missing, then run everything, and say at the end what passed, failed and was skipped.
 * `npm test -- unit lessons` runs only the steps named.
 */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ensureBrowser, ensurePackages, ensurePostgres, env, root } from './ensure.mjs'

ensurePackages()
const reports = join(root, 'node_modules', '.cache', 'podlab-test')
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const total = { passed: 0, failed: 0, skipped: 0 }
const SLOWEST = 10
/** Of every file of tests, so that one sees what grows. */
const files = []
/** What failed, said again at the end: a log is often kept, or looked at, from there only. */
const failures = []
const SAID_AGAIN = 40

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
  for (const { name, startTime, endTime, assertionResults } of r.testResults) {
    const file = relative(root, name)
    files.push({ file, seconds: (endTime - startTime) / 1000 })
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed')
        failures.push(
          `${file} > ${fullName}\n${failureMessages.join('\n').split('\n').slice(0, SAID_AGAIN).join('\n')}`,
        )
  }
  const failed = r.numFailedTests + (code !== 0 && r.numFailedTests === 0 ? 1 : 0)
  return { passed: r.numPassedTests, failed, skipped: r.numPendingTests + (r.numTodoTests ?? 0) }
}
async function command(output, ...words) {
  const code = await run(output, words[0], words.slice(1))
  if (code === 0) return { passed: 1, failed: 0, skipped: 0 }
  failures.push(`${words.join(' ')} (exit ${code})`)
  return { passed: 0, failed: 1, skipped: 0 }
}

const needsBrowser = async () => {
  const browser = await browserToCome
  if (browser) env.CHROMIUM = browser
  else console.error('SKIPPED: no Chromium found and none could be installed; set CHROMIUM to its path.')
  return browser !== undefined
}

const STEPS = {
  schema: output => command(output, 'npm', 'run', '--silent', 'schema'),
  lint: output =>
    command(output, 'biome', 'ci', '--max-diagnostics=50', ...(process.stdout.isTTY ? [] : ['--colors=off'])),
  unit: output => vitest(output, 'unit'),
  types: output => command(output, 'npm', 'run', '--silent', 'check'),
  async parity(output) {
    const report = join(reports, 'parity.txt')
    const result = await command(output, 'node', 'tools/parity.mjs', '--check', '--report', report)
    if (existsSync(report)) failures.push(readFileSync(report, 'utf8'))
    return result
  },
  // The schema is not to be written again while the unit tests read it.
  build: output =>
    wants('schema') ? command(output, 'astro', 'build') : command(output, 'npm', 'run', '--silent', 'build'),
  browser: async output =>
    (await needsBrowser())
      ? vitest(output, 'browser', ['--config', 'vitest.e2e.config.ts'])
      : { passed: 0, failed: 0, skipped: 1 },
}
/**
 * What is done at the same time: the first prints as it goes; those beside it, which keep one core busy at most, go one after the other
 * and print at their end.
 */
const ROUNDS = [['schema'], ['lint'], ['unit', 'types', 'build'], ['parity'], ['browser']]

const wanted = process.argv.slice(2)
const wants = name => !wanted.length || wanted.includes(name)
const unknown = wanted.filter(name => !(name in STEPS))
if (unknown.length) {
  console.error(`no such step: ${unknown.join(', ')} (steps: ${Object.keys(STEPS).join(', ')})`)
  process.exit(2)
}
// One after the other, since only one may install; a browser may come while the first steps are taken.
if (wants('unit')) ensurePostgres()
const browserToCome = wants('browser') ? ensureBrowser() : undefined
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
/** @returns prints what they said */
async function takeQuietly(names) {
  const said = names.map(name => join(reports, `${name}.txt`))
  for (const [i, name] of names.entries()) {
    const output = openSync(said[i], 'w')
    await take(name, output)
    closeSync(output)
  }
  return () => {
    for (const [i, name] of names.entries()) {
      title(name)
      process.stdout.write(readFileSync(said[i]))
    }
  }
}

for (const round of ROUNDS) {
  const [first, ...beside] = round.filter(wants)
  if (!first) continue
  title(first)
  const [, tell] = await Promise.all([take(first, 'inherit'), takeQuietly(beside)])
  tell()
}
if (files.length > SLOWEST) {
  console.log('\nThe slowest files:')
  for (const { file, seconds } of files.sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST))
    console.log(`  ${seconds.toFixed(0).padStart(4)} s  ${file}`)
}
if (failures.length) console.log(`\nWhat failed:\n${failures.join('\n')}`)
console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
const skippedInCI = process.env.CI && total.skipped > 0
if (skippedInCI) console.error('Something was skipped, which CI counts as a failure.')
process.exit(total.failed || skippedInCI ? 1 : 0)
