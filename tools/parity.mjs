/**
 * Replays the recorded sessions of a real cluster against ours and keeps the score.
 *   npm run parity [-- areas or cases …] [--kubectl own|PATH] [-j N] [-v]
 *   -j N      so many cases at a time (8); -v shows every step that differs, not only the first of a case
 *   --check   compares with sandbox/parity/score.json and fails when a step that was right is wrong
 *   --report FILE  writes the steps that are worse there, with what differs
 *   --save    writes the new score
 *   --speed N the cluster's clock runs N times as fast as the wall's (5)
 */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { env, root } from './ensure.mjs'
import { helpIfAsked } from './manual.mjs'

helpIfAsked(import.meta.filename)

const parity = join(root, 'sandbox', 'parity')
const scoreFile = join(parity, 'score.json')
/** Those first that wait most: the others have work to do meanwhile. */
const AREAS = ['workloads', 'pods', 'kubectl', 'api']

const options = {
  check: false,
  save: false,
  report: undefined,
  kubectl: undefined,
  verbose: false,
  jobs: '8',
  speed: 5,
}
const cases = []
for (let a = process.argv.slice(2), i = 0; i < a.length; i++) {
  if (a[i] === '--check') options.check = true
  else if (a[i] === '--save') options.save = true
  else if (a[i] === '-v') options.verbose = true
  else if (a[i] === '-j') options.jobs = a[++i]
  else if (a[i] === '--speed') options.speed = Number(a[++i])
  else if (a[i] === '--report') options.report = a[++i]
  else if (a[i] === '--kubectl') options.kubectl = a[++i]
  else if (a[i].startsWith('-')) {
    console.error(`unknown option ${a[i]}: see npm run parity -- --help`)
    process.exit(2)
  } else cases.push(a[i])
}

const own = `node ${join(root, 'sandbox/bin/podlab.mjs')} kubectl`

/** Goldens were recorded with kubectl 1.33; another version words some things otherwise. */
function realKubectl() {
  const candidates = [process.env.KUBECTL, 'kubectl.1.33', '/usr/lib/google-cloud-sdk/bin/kubectl.1.33', 'kubectl']
  return candidates.find(c => c && spawnSync(c, ['version', '--client'], { stdio: 'ignore' }).status === 0)
}

let kubectl = options.kubectl === 'own' ? own : (options.kubectl ?? realKubectl())
if (!kubectl) {
  console.log('No kubectl on this machine: replaying with our own instead.')
  kubectl = own
}
const which = kubectl === own ? 'own' : 'real'
const dir = mkdtempSync(join(tmpdir(), 'podlab-parity-'))

/** @returns the path of its kubeconfig, and how to stop it */
async function startCluster(speed) {
  const kubeconfig = join(dir, `config-${speed}`)
  const port = String(20_000 + ((process.pid + Number(speed)) % 20_000))
  const flags = ['--port', port, '--kubeconfig', kubeconfig, '--node-names', 'node-1', '--seed', 'parity']
  const server = spawn('node', ['sandbox/bin/podlab.mjs', 'serve', ...flags, '--speed', String(speed)], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let stopping = false
  server.on('exit', code => {
    if (stopping) return
    console.error(`the cluster stopped by itself (exit ${code})`)
    process.exit(1)
  })
  for (let i = 0; !existsSync(kubeconfig); i++) {
    if (i > 150) throw new Error('the cluster did not answer within 30 s')
    await new Promise(r => setTimeout(r, 200))
  }
  const stop = () => {
    stopping = true
    server.kill('SIGTERM')
  }
  return { kubeconfig, speed, stop }
}

/**
 * @param output 'inherit', or the file descriptor that what differs is written to
 * @returns case → { of: number of steps, wrong: indexes of those that differ }
 */
async function replay({ kubeconfig, speed }, paths, jobs, output) {
  const results = join(dir, 'results.json')
  const flags = ['--kubeconfig', kubeconfig, '--kubectl', kubectl, '-j', jobs, '--json', results]
  flags.push('--scale', String(1 / speed), options.verbose || output !== 'inherit' ? '-v' : '-q')
  const runner = spawn('node', [join(parity, 'run.mjs'), ...flags, ...paths], {
    cwd: root,
    // kubectl is started a thousand times for a moment each: no threads that compete, nothing to collect.
    env: { ...env, GOMAXPROCS: '1', GOGC: 'off' },
    stdio: ['ignore', output, output],
  })
  await new Promise(r => runner.on('exit', r))
  const scores = {}
  for (const r of JSON.parse(readFileSync(results, 'utf8'))) {
    const wrong = r.steps.flatMap((s, i) => (s.ok ? [] : [i]))
    scores[relative(parity, r.path).replace(/\.case$/, '')] = { of: r.steps.length, wrong }
  }
  return scores
}

const pathOf = name => (existsSync(join(parity, name)) ? join(parity, name) : join(parity, `${name}.case`))
const kept = existsSync(scoreFile) ? JSON.parse(readFileSync(scoreFile, 'utf8')) : {}
const before = kept[which] ?? {}
const worseSteps = (name, score) => (before[name] ? score.wrong.filter(i => !before[name].wrong.includes(i)) : [])

let cluster = await startCluster(options.speed)
const now = await replay(cluster, (cases.length ? cases : AREAS).map(pathOf), options.jobs, 'inherit')

// What is worse gets more tries, alone and at last with a clock no faster than the recorded one: a busy machine can be too slow for a
// step that watches time pass, and some answers depend on whether a second ended between two events, on a real cluster too.
const TRIES = [options.speed, options.speed, options.speed, 1]
let differences = ''
for (const speed of TRIES) {
  const doubtful = Object.keys(now).filter(
    name => worseSteps(name, now[name]).length || (options.save && now[name].wrong.length),
  )
  if (!doubtful.length) break
  console.log(`once more, ${speed === 1 ? 'at the pace of the recording' : 'alone'}: ${doubtful.join(', ')}`)
  if (cluster.speed !== speed) {
    cluster.stop()
    cluster = await startCluster(speed)
  }
  const file = join(dir, 'differences.txt')
  const output = openSync(file, 'w')
  const again = await replay(cluster, doubtful.map(pathOf), '1', output)
  closeSync(output)
  differences = readFileSync(file, 'utf8')
  for (const [name, score] of Object.entries(again))
    now[name] = { of: score.of, wrong: score.wrong.filter(i => now[name].wrong.includes(i)) }
}
cluster.stop()
rmSync(dir, { recursive: true, force: true })

const scores = Object.values(now)
const total = scores.reduce((n, s) => n + s.of, 0)
const right = total - scores.reduce((n, s) => n + s.wrong.length, 0)
console.log(`${right} of ${total} steps as recorded, with ${which === 'own' ? 'our own' : 'the real'} kubectl`)

const worse = Object.entries(now).flatMap(([name, score]) => {
  const steps = worseSteps(name, score)
  return steps.length ? [`worse than the kept score: ${name}, step ${steps.map(i => i + 1).join(', ')}`] : []
})
if (worse.length) {
  const text = `${worse.join('\n')}\n${differences}`
  console.error(text)
  if (options.report) writeFileSync(options.report, text)
}
if (options.save) {
  kept[which] = { ...before, ...now }
  const lines = Object.entries(kept).map(([name, list]) => {
    const entries = Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1))
    return ` ${JSON.stringify(name)}: {\n${entries.map(([n, s]) => `  ${JSON.stringify(n)}: ${JSON.stringify(s)}`).join(',\n')}\n }`
  })
  writeFileSync(scoreFile, `{\n${lines.join(',\n')}\n}\n`)
}
process.exit(options.check && worse.length ? 1 : 0)
