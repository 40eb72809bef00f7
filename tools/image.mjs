/**
 * `node tools/image.mjs`: goes the steps of the Dockerfile in a folder of their own, without Docker, starts what comes of them and
 * asks it whether it is well. It knows the instructions that the Dockerfile uses, and refuses others.
 */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { env, root } from './ensure.mjs'

const ignored = new Set(readFileSync(join(root, '.dockerignore'), 'utf8').trim().split('\n'))
const work = mkdtempSync(join(tmpdir(), 'podlab-image-'))
chmodSync(work, 0o755)
const stages = []
const fail = message => {
  console.error(message)
  rmSync(work, { recursive: true, force: true })
  process.exit(1)
}

/** Paths of the image lie below the stage's folder. */
const within = (stage, path) => join(stage.root, path.startsWith('/') ? path : join(stage.workdir, path))

function copy(stage, words) {
  const from = /^--from=(.+)$/.exec(words[0] ?? '')?.[1]
  const sources = from ? words.slice(1, -1) : words.slice(0, -1)
  const target = words.at(-1)
  const into = within(stage, target)
  for (const source of sources) {
    const path = from ? join(stages.find(s => s.name === from).root, source) : join(root, source)
    if (!existsSync(path)) fail(`COPY ${source}: there is no such file`)
    const folder = statSync(path).isDirectory()
    const filter = p => from || p === root || !ignored.has(p.slice(root.length + 1))
    cpSync(path, folder || !target.endsWith('/') ? into : join(into, basename(path)), { recursive: true, filter })
  }
}

const instructions = {
  FROM: (_, rest) => {
    const [, name] = /^\S+(?:\s+AS\s+(\S+))?$/.exec(rest)
    const stage = { name, root: join(work, name ?? 'image'), workdir: '/', env: {}, cmd: [] }
    mkdirSync(stage.root)
    stages.push(stage)
  },
  WORKDIR: (stage, rest) => {
    stage.workdir = rest
    mkdirSync(within(stage, rest), { recursive: true })
  },
  ENV: (stage, rest) => Object.assign(stage.env, Object.fromEntries(rest.split(' ').map(pair => pair.split('=')))),
  COPY: (stage, rest) => copy(stage, rest.split(' ')),
  RUN: (stage, rest) => {
    // What belongs to the image's system alone: users, and folders outside of the work's.
    if (rest.startsWith('mkdir -p /data')) return mkdirSync(join(stage.root, 'data'))
    const { status } = spawnSync('sh', ['-c', rest], {
      cwd: within(stage, stage.workdir),
      env: { ...env, ...stage.env },
      stdio: 'inherit',
    })
    if (status !== 0) fail(`RUN ${rest}: ${status}`)
  },
  CMD: (stage, rest) => {
    stage.cmd = JSON.parse(rest)
  },
  USER: () => {},
  VOLUME: () => {},
  EXPOSE: () => {},
  HEALTHCHECK: () => {},
}

for (const line of readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n')) {
  if (!line || line.startsWith('#')) continue
  const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line)
  if (!instructions[name]) fail(`the Dockerfile has an instruction that is not known here: ${name}`)
  console.log(`— ${line}`)
  instructions[name](stages.at(-1), rest)
}

const image = stages.at(-1)
const port = String(30_000 + (process.pid % 10_000))
const [command, ...args] = image.cmd
const server = spawn(command, args, {
  cwd: within(image, image.workdir),
  env: { PATH: env.PATH, ...image.env, PORT: port, HOST: '127.0.0.1', DATA: join(image.root, 'data/db') },
  stdio: 'inherit',
})
let well = false
for (let i = 0; i < 120 && !well && server.exitCode === null; i++) {
  await sleep(500)
  const ask = path => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
  well = (await ask('/classroom/healthz'))?.ok === true && (await ask('/en/'))?.ok === true
}
server.kill()
rmSync(work, { recursive: true, force: true })
console.log(well ? 'The image’s steps give a classroom that is well.' : 'What came of the steps does not answer.')
process.exit(well ? 0 : 1)
