/**
 * `npm run try:package`: packs Podlab, installs the file in a fresh folder outside of the project, begins a course there and does
 * everything that the course's README says. Takes some minutes and, unless npm has the packages kept, the registry.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { env, root } from '../ensure.mjs'

const outside = mkdtempSync(join(tmpdir(), 'podlab-try-'))
const course = join(outside, 'work', 'my-course')
/** As somebody's who has never seen the project: not its Node and its tools. */
const plain = { ...process.env, npm_config_prefer_offline: 'true' }
for (const name of Object.keys(plain))
  if (/^npm_(?!config_(cache|registry|cafile|prefer))/.test(name)) delete plain[name]
plain.PATH = plain.PATH.split(':')
  .filter(folder => !folder.startsWith(root))
  .join(':')

function sh(line, cwd, environment = plain) {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd, env: environment, encoding: 'utf8' })
  console.log(`${status === 0 ? '✓' : '✗'} ${line}  (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  if (status === 0) return stdout
  console.error(stdout + stderr)
  throw new Error(`${line}: ended with ${status}`)
}

/** What serves is asked, and stopped. */
async function serves(line, address, cwd) {
  const server = spawn('sh', ['-c', `exec ${line}`], { cwd, env: plain, detached: true, stdio: 'ignore' })
  try {
    for (let tries = 0; tries < 120; tries++) {
      await sleep(500)
      if ((await fetch(address).catch(() => undefined))?.ok) return console.log(`✓ ${line}: answers`)
    }
    throw new Error(`${line}: does not answer`)
  } finally {
    process.kill(-server.pid, 'SIGTERM')
  }
}

const port = 30_000 + (process.pid % 10_000)
const did = {
  preview: line =>
    serves(`${line} --port ${port}`, `http://localhost:${port}/pods/en/lessons/shop/green-and-blue/`, course),
}

try {
  const packed = sh(`npm pack --pack-destination '${outside}'`, root, env).trim().split('\n').at(-1)
  mkdirSync(join(outside, 'work'))
  sh(`npm init -y && npm install '../${packed}'`, join(outside, 'work'))
  sh('npx podlab new-course my-course', join(outside, 'work'))
  mkdirSync(join(course, 'handed-in'))
  writeFileSync(join(course, 'handed-in', 'nobody.json'), '{}')
  const [, commands] = /```sh\n([\s\S]*?)```/.exec(readFileSync(join(course, 'README.md'), 'utf8'))
  for (const line of commands
    .trim()
    .split('\n')
    .map(l => l.split('  #')[0].trim())) {
    const [verb] = Object.keys(did).filter(name => line.includes(`podlab ${name}`))
    if (verb) await did[verb](line)
    else sh(line, course)
  }
  await serves(`env PORT=${port} npx podlab classroom`, `http://localhost:${port}/classroom/healthz`, course)
  const [zip] = readdirSync(course).filter(file => file.endsWith('.zip'))
  console.log(
    `${zip}: ${statSync(join(course, zip)).size} bytes; grades.csv:\n${readFileSync(join(course, 'grades.csv'), 'utf8')}`,
  )
} finally {
  rmSync(outside, { recursive: true, force: true })
}
