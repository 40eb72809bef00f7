/**
 * Sessions recorded on a real cluster, typed on the learner's machine: what the shell and kubectl of the page print is
 * what the real ones printed. (`npm run parity` does the same over HTTP, with real shells.)
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { normalize, parseCase } from '../../parity/run.mjs'
import { createSession } from '../create.ts'
import type { LiveSession } from '../live-session.ts'

interface Step {
  kind: 'run' | 'quiet' | 'poll' | 'sleep'
  cmd: string
  seconds: number
}
interface Golden {
  cmd: string
  code: number
  stdout: string
  stderr: string
}

const folder = join(import.meta.dirname, '../../parity/kubectl')
const NS = 'case-x'
const PATIENCE_MS = 90_000

/** Runs a line as the runner does, and tells what it printed on each stream. */
async function shell(session: LiveSession, line: string): Promise<Golden> {
  const { workstation } = session
  const home = '/home/learner'
  workstation.writeFile('.step', line)
  const process = workstation.run(`bash ${home}/.step >${home}/.out 2>${home}/.err`, () => {})
  const deadline = session.now + 60_000
  while (!process.ended() && session.now < deadline) await session.advance(100)
  const read = (file: string): string => normalize(workstation.home.read(file) ?? '', NS)
  return { cmd: line, code: process.ended()?.code ?? -1, stdout: read('.out'), stderr: read('.err') }
}

async function replay(name: string): Promise<{ step: string; got: Golden; want: Golden }[]> {
  const parsed: unknown = parseCase(readFileSync(join(folder, `${name}.case`), 'utf8'))
  const { steps, files } = parsed as { steps: Step[]; files: Record<string, string> }
  const golden = JSON.parse(readFileSync(join(folder, `${name}.golden.json`), 'utf8')) as Golden[]
  const session = await createSession({ seed: 'parity', nodes: ['node-1'] })
  for (const [path, text] of Object.entries(files)) session.workstation.writeFile(path, text.replaceAll('<ns>', NS))
  await shell(session, `kubectl create namespace ${NS}; kubectl config set-context --current --namespace=${NS}`)
  await session.advance(5_000)
  const compared: { step: string; got: Golden; want: Golden }[] = []
  for (const step of steps) {
    if (step.kind === 'sleep') {
      await session.advance(step.seconds * 1000)
      continue
    }
    const line = step.cmd.replaceAll('<ns>', NS)
    let got = await shell(session, line)
    if (step.kind === 'quiet') continue
    const want = golden[compared.length]!
    const same = (): boolean => got.code === want.code && got.stdout === want.stdout && got.stderr === want.stderr
    const deadline = session.now + PATIENCE_MS
    while (step.kind === 'poll' && !same() && session.now < deadline) {
      await session.advance(500)
      got = await shell(session, line)
    }
    compared.push({ step: step.cmd, got: { ...got, cmd: '' }, want: { ...want, cmd: '' } })
  }
  return compared
}

/** The recording's node had its images already, and tells so in events. */
const EXCEPT = new Set(['describe-pod'])
/** Arrays of the shell are not this room's matter. */
const comparable = (step: string): boolean => !step.includes('PIPESTATUS')

const cases = readdirSync(folder)
  .filter(file => file.endsWith('.case'))
  .map(file => basename(file, '.case'))
  .filter(name => !EXCEPT.has(name))

test.each(cases)('%s', async name => {
  for (const { step, got, want } of await replay(name))
    if (comparable(step)) expect({ step, ...got }).toEqual({ step, ...want })
})
