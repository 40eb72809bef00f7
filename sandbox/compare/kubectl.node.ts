/**
 * Gives kubectl and our own the same lines, about one cluster that stands still, and prints where they answer otherwise.
 *   npm run compare:kubectl -- --kubectl PATH [words …]
 *   --kubectl  the real one; ours prints as 1.33 does
 *   words      only lines that hold one of them
 * Where the real one goes through a map, its order is another each time: such a difference is none.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createCluster } from '../cluster.ts'
import { serve } from '../http/node.ts'
import type { Io } from '../kubectl/io.ts'
import { nodeIo } from '../kubectl/main.node.ts'
import { runKubectl } from '../kubectl/main.ts'
import { commandLines, wordsOf } from './command-lines.ts'
import { manifests } from './objects.node.ts'

interface Said {
  code: number
  out: string
  err: string
}

/** Who is asked: with these arguments, in this folder, which is their home too. */
type Kubectl = (args: readonly string[], home: string, stdin?: string) => Promise<Said>

const LONGEST_MS = 10_000
const DAY_MS = 86_400_000
/** They would keep others from being made, or need servers that are not there. */
const LEFT_OUT = /^(MutatingWebhookConfiguration|APIService|ResourceQuota|LimitRange|.*Review)$/

const theirs =
  (program: string): Kubectl =>
  (args, home) =>
    new Promise(resolve => {
      const said: Said = { code: -1, out: '', err: '' }
      const child = spawn(program, args, {
        argv0: 'kubectl',
        cwd: home,
        env: { HOME: home, PATH: process.env.PATH },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child.stdout.setEncoding('utf8').on('data', text => (said.out += text))
      child.stderr.setEncoding('utf8').on('data', text => (said.err += text))
      const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
      child.on('close', code => {
        clearTimeout(late)
        resolve({ ...said, code: code ?? -1 })
      })
    })

const ours: Kubectl = async (args, home, stdin = '') => {
  const said: Said = { code: -1, out: '', err: '' }
  const pieces = [stdin]
  const io: Io = {
    ...nodeIo,
    env: { HOME: home },
    cwd: home,
    isTerminal: () => false,
    size: () => undefined,
    read: async () => pieces.shift() ?? '',
    out: async text => void (said.out += text),
    err: async text => void (said.err += text),
  }
  const late = new Promise<number>(resolve => setTimeout(() => resolve(-1), LONGEST_MS).unref())
  said.code = await Promise.race([runKubectl(args, io), late])
  return said
}

/** With an object of every kind, whose controllers have been at work for a minute; days old, so that ages stay what they are. */
async function standingCluster(home: string): Promise<{ server: string; close(): Promise<void> }> {
  const start = Math.floor(Date.now() / DAY_MS - 3) * DAY_MS
  const { api, clock } = createCluster({ seed: 'compare', start, metricsServer: true })
  const { port, close } = await serve({ api, port: 0, onActivity: () => void clock.advance(0) })
  const server = `http://127.0.0.1:${port}`
  await clock.advance(20_000)
  for (const manifest of manifests()) {
    if (LEFT_OUT.test(manifest.kind)) continue
    const { code, err } = await ours(['--server', server, 'create', '-f', '-'], home, JSON.stringify(manifest))
    if (code) console.error(err.trim())
  }
  await clock.advance(60_000)
  return { server, close }
}

/** Without what is of the moment. */
const plain = ({ code, out, err }: Said): string =>
  `exit ${code}\n${out}\n${err}`
    .replace(/^([IWEF])\d{4} [\d:.]+ +\d+ /gm, '$1 ')
    .replace(/\b\d+(d|h|m|s)(\d+(h|m|s))?\b/g, 'age')
    .replace(/ +/g, ' ')

/** The first lines of which one has no like among the other's. */
function difference(a: string, b: string): string {
  const without = (from: string, those: string): string[] => {
    const others = new Set(those.split('\n'))
    return from.split('\n').filter(line => !others.has(line))
  }
  const shown = (sign: string, lines: readonly string[]): string[] =>
    lines.slice(0, 8).map(line => `  ${sign} ${line.slice(0, 200)}`)
  return [...shown('-', without(a, b)), ...shown('+', without(b, a))].join('\n')
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { kubectl: { type: 'string' } }, allowPositionals: true })
  if (!values.kubectl) throw new Error('--kubectl PATH: which one to compare with')
  const [their, our] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'podlab-compare-'))) as [string, string]
  const real = theirs(values.kubectl)
  const { server, close } = await standingCluster(our)
  const lines = commandLines(positionals)
  let wrong = 0
  for (const line of lines) {
    const args = ['--server', server, ...wordsOf(line)]
    const [a, b] = [plain(await real(args, their)), plain(await ours(args, our)).replaceAll(our, their)]
    const told = difference(a, b)
    if (!told) continue
    wrong++
    console.log(`kubectl ${line}\n${told}`)
  }
  console.log(`${lines.length} lines, ${wrong} answered otherwise`)
  await close()
  for (const home of [their, our]) rmSync(home, { recursive: true })
}

if (import.meta.main) await main()
