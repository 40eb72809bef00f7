/**
 * Replays the recorded sessions of a real cluster against ours and keeps the score.
 *   npm run parity [-- areas or cases …] [--kubectl own|PATH] [-v]
 *   --check   compares with sandbox/parity/score.json and fails when a step that was right is wrong
 *   --save    writes the new score
 *   --speed N the cluster's clock runs N times as fast as the wall's (5)
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { env, root } from './ensure.mjs'

const parity = join(root, 'sandbox', 'parity')
const scoreFile = join(parity, 'score.json')
const options = { check: false, save: false, kubectl: undefined, verbose: false, jobs: '4', speed: 5 }
const cases = []
for (let a = process.argv.slice(2), i = 0; i < a.length; i++) {
  if (a[i] === '--check') options.check = true
  else if (a[i] === '--save') options.save = true
  else if (a[i] === '-v') options.verbose = true
  else if (a[i] === '-j') options.jobs = a[++i]
  else if (a[i] === '--speed') options.speed = Number(a[++i])
  else if (a[i] === '--kubectl') options.kubectl = a[++i]
  else cases.push(a[i])
}

const own = `node ${join(root, 'sandbox/bin/podlab.mjs')} kubectl`
/** Goldens were recorded with kubectl 1.33; another version words some things otherwise. */
function realKubectl() {
  const candidates = [
    process.env.KUBECTL,
    'kubectl.1.33',
    '/usr/lib/google-cloud-sdk/bin/kubectl.1.33',
    'kubectl',
  ].filter(Boolean)
  return candidates.find(c => spawnSync(c, ['version', '--client'], { stdio: 'ignore' }).status === 0)
}
let kubectl = options.kubectl === 'own' ? own : (options.kubectl ?? realKubectl())
let which = kubectl === own ? 'own' : 'real'
if (!kubectl) {
  console.log('No kubectl on this machine: replaying with our own instead.')
  kubectl = own
  which = 'own'
}

const dir = mkdtempSync(join(tmpdir(), 'podlab-parity-'))
const kubeconfig = join(dir, 'config')
const port = 20000 + (process.pid % 20000)
const server = spawn(
  'node',
  [
    'sandbox/bin/podlab.mjs',
    'serve',
    '--port',
    String(port),
    '--kubeconfig',
    kubeconfig,
    '--node-names',
    'node-1',
    '--seed',
    'parity',
    '--speed',
    String(options.speed),
  ],
  { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
)
let stopping = false
server.on('exit', code => {
  if (!stopping) {
    console.error(`the cluster stopped by itself (exit ${code})`)
    process.exit(1)
  }
})
for (let i = 0; !existsSync(kubeconfig); i++) {
  if (i > 150) throw new Error('the cluster did not answer within 30 s')
  await new Promise(r => setTimeout(r, 200))
}

const paths = (cases.length ? cases : ['api', 'kubectl', 'pods', 'workloads']).map(c => {
  const path = join(parity, c)
  return existsSync(path) ? path : `${path}.case`
})
const results = join(dir, 'results.json')
const runner = spawn(
  'node',
  [
    join(parity, 'run.mjs'),
    '--kubeconfig',
    kubeconfig,
    '--kubectl',
    kubectl,
    '-j',
    options.jobs,
    '--json',
    results,
    '--scale',
    String(1 / options.speed),
    ...(options.verbose ? ['-v'] : ['-q']),
    ...paths,
  ],
  { cwd: root, env, stdio: 'inherit' },
)
await new Promise(r => runner.on('exit', r))
stopping = true
server.kill('SIGTERM')

const score = existsSync(scoreFile) ? JSON.parse(readFileSync(scoreFile, 'utf8')) : {}
const now = {}
for (const r of JSON.parse(readFileSync(results, 'utf8'))) {
  const name = relative(parity, r.path).replace(/\.case$/, '')
  now[name] = {
    right: r.steps.filter(s => s.ok).length,
    of: r.steps.length,
    wrong: r.steps.flatMap((s, i) => (s.ok ? [] : [i])),
  }
}
rmSync(dir, { recursive: true, force: true })

const before = score[which] ?? {}
const worse = Object.entries(now).filter(
  ([name, s]) => before[name] && s.wrong.some(i => !before[name].wrong.includes(i)),
)
for (const [name, s] of worse) {
  console.error(
    `worse than the kept score: ${name}, step ${s.wrong
      .filter(i => !before[name].wrong.includes(i))
      .map(i => i + 1)
      .join(', ')}`,
  )
}
if (options.save) {
  score[which] = { ...before, ...now }
  const sorted = Object.fromEntries(Object.entries(score[which]).sort(([a], [b]) => (a < b ? -1 : 1)))
  score[which] = sorted
  const lines = Object.entries(score).map(
    ([w, cs]) =>
      ` ${JSON.stringify(w)}: {\n${Object.entries(cs)
        .map(([n, s]) => `  ${JSON.stringify(n)}: ${JSON.stringify(s)}`)
        .join(',\n')}\n }`,
  )
  writeFileSync(scoreFile, `{\n${lines.join(',\n')}\n}\n`)
}
process.exit(options.check && worse.length ? 1 : 0)
