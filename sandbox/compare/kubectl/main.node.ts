/**
 * Gives kubectl and our own the same lines, and prints where they answer otherwise.
 *   npm run compare:kubectl -- --kubectl PATH [--lines reading|flagged|sessions|FILE] [--each N] [words …]
 *   --kubectl  the real one; ours prints as 1.33 does
 *   --lines    reading: about every kind in every form; flagged: every flag of every verb; both change nothing, and are asked of
 *              one cluster. sessions: what changes something, told to two clusters. Or a file's, which change nothing
 *   --each     only one line of so many
 *   words      only lines that hold one of them, or sessions of these names
 * Where the real one goes through a map, its order is another each time: such a difference is none.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { helpIfAsked } from '../../../tools/manual.mjs'
import { globalFlags } from '../../kubectl/command/globalflags.ts'
import { type Asked, ours, pointAt, type Said, theirs, wordsOf } from './asked.node.ts'
import { flaggedLines } from './flagged.ts'
import { commandLines } from './reading.ts'
import { play, sessions } from './sessions.node.ts'
import { standingCluster } from './standing.node.ts'

helpIfAsked(import.meta.filename)

const AT_ONCE = 6

/** Without what is of the moment. */
const plain = ({ code, out, err }: Said): string =>
  `exit ${code}\n${out}\n${err}`
    .replace(/^([IWEF])\d{4} [\d:.]+ +\d+ /gm, '$1 ')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'uid')
    .replace(/\b(\d+(\.\d+)?(d|h|m|s))+\b/g, 'age')
    .replace(/(LIVE-|MERGED-|kubectl-edit-)\d+/g, '$1')
    .replace(/\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d(\.\d+ \+0000)?/g, 'time')
    .replace(/v1\.33\.1\S*/g, 'v1.33.1')
    .replace(/\beyJ[\w.-]+/g, 'token')
    .replace(/\b0xc[0-9a-f]{9}\b/g, 'pointer')
    .replace(/\b((node-)?debugger(-node-\d)?)-[a-z0-9]{5}\b/g, '$1-name')
    .replace(/ +/g, ' ')

/** Nor of the times at which two clusters were asked, and what is counted from them. */
const timeless = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
    .replace(/"?resourceVersion"?: "\d+"/g, 'resourceVersion')
    .replace(/\.18[0-9a-f]{14}\b/g, '.event')

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

const LINES: Readonly<Record<string, () => Promise<string[]>>> = {
  reading: async () => [...commandLines(), ...linesOf(join(import.meta.dirname, 'by-hand.txt'))],
  flagged: () => flaggedLines(globalFlags('/home')),
}

const linesOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line && !line.startsWith('#'))

/** Counts what has been asked, and prints each difference. */
function judge(): { judged(line: string, theirs: string, ours: string): void; sum(): string } {
  let [all, wrong] = [0, 0]
  return {
    judged(line, theirs, ours) {
      all++
      const told = difference(theirs, ours)
      if (!told) return
      wrong++
      console.log(`kubectl ${line}\n${told}`)
    },
    sum: () => `${all} lines, ${wrong} answered otherwise`,
  }
}

async function compareLines(real: Asked, lines: readonly string[]): Promise<string> {
  const [their, our] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'podlab-compare-'))) as [string, string]
  for (const home of [their, our]) cpSync(join(import.meta.dirname, 'home'), home, { recursive: true })
  const { server, close } = await standingCluster(our)
  for (const home of [their, our]) pointAt(home, server)
  const { judged, sum } = judge()
  const pending = lines.values()
  const asker = async (): Promise<void> => {
    for (const line of pending) {
      const args = wordsOf(line)
      const [a, b] = await Promise.all([real(args, their), ours(args, our)])
      judged(line, plain(a), plain(b).replaceAll(our, their))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, asker))
  await close()
  for (const home of [their, our]) rmSync(home, { recursive: true })
  return sum()
}

async function compareSessions(real: Asked, names: readonly string[]): Promise<string> {
  const { judged, sum } = judge()
  for (const session of sessions()) {
    if (names.length && !names.includes(session.name)) continue
    console.log(`# ${session.name}`)
    await play(session, [real, ours], (line, a, b) => judged(line, timeless(plain(a)), timeless(plain(b))))
  }
  return sum()
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      kubectl: { type: 'string' },
      lines: { type: 'string', default: 'reading' },
      each: { type: 'string', default: '1' },
    },
    allowPositionals: true,
  })
  if (!values.kubectl) throw new Error('--kubectl PATH: which one to compare with')
  const real = theirs(values.kubectl)
  if (values.lines === 'sessions') return console.log(await compareSessions(real, positionals))
  const lines = (await (LINES[values.lines]?.() ?? linesOf(resolve(values.lines))))
    .filter(line => !positionals.length || positionals.some(word => line.includes(word)))
    .filter((_, i) => i % Number(values.each) === 0)
  console.log(await compareLines(real, lines))
}

if (import.meta.main) await main()
