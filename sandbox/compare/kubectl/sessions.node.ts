/** Lines that change something: each is given to two clusters that are alike, to the one by the real kubectl, to the other by ours. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Cluster, createCluster } from '../../cluster.ts'
import { serve } from '../../http/node/node.ts'
import { type Asked, pointAt, type Said, wordsOf } from './asked.node.ts'

/** What a session's file holds: its lines, and then files as `-- name --` heads them. */
export interface Session {
  name: string
  lines: string[]
  files: Map<string, string>
}

const FOLDER = join(import.meta.dirname, 'sessions')

export function sessionOf(name: string, text: string): Session {
  const [lines = '', ...files] = text.split(/^-- (\S+) --\n/m)
  const pairs = Array.from({ length: files.length / 2 }, (_, i) => [files[2 * i]!, files[2 * i + 1]!] as const)
  return { name, lines: lines.split('\n').filter(line => line && !line.startsWith('#')), files: new Map(pairs) }
}

export const sessions = (): Session[] =>
  readdirSync(FOLDER).map(file => sessionOf(file.replace('.txt', ''), readFileSync(join(FOLDER, file), 'utf8')))

interface Side {
  kubectl: Asked
  home: string
  server: string
  clock: Cluster['clock']
  close(): Promise<void>
}

const HOUR_MS = 3_600_000
/** Virtual time between two lines, and what passes at each tick while a line takes its time. */
const PAUSE_MS = 3000
const [TICK_MS, PER_TICK_MS] = [20, 100]

async function side(kubectl: Asked, { files }: Session, start: number): Promise<Side> {
  const { api, clock } = createCluster({ seed: 'compare', start, nodes: ['node-1', 'node-2'] })
  const served = await serve({ api, port: 0, onActivity: () => void clock.advance(0) })
  const home = mkdtempSync(join(tmpdir(), 'podlab-compare-'))
  cpSync(join(import.meta.dirname, 'home'), home, { recursive: true })
  for (const [name, text] of files) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), text)
  }
  await clock.advance(20_000)
  const server = `http://127.0.0.1:${served.port}`
  pointAt(home, server)
  return { kubectl, home, server, clock, close: served.close }
}

/** A line may read a file: `apply -f - < web.yaml`. */
async function said({ kubectl, home, server, clock }: Side, line: string): Promise<Said> {
  const [command = '', input] = line.split(' < ')
  const ticking = setInterval(() => void clock.advance(PER_TICK_MS), TICK_MS)
  try {
    const { code, out, err } = await kubectl(wordsOf(command), home, input && readFileSync(join(home, input), 'utf8'))
    const own = (text: string): string => text.replaceAll(home, '<home>').replaceAll(server, '<server>')
    return { code, out: own(out), err: own(err) }
  } finally {
    clearInterval(ticking)
  }
}

/** Tells of each line what both have said of it; what begins with `!` only leads to the next. */
export async function play(
  session: Session,
  kubectls: readonly [Asked, Asked],
  tell: (line: string, theirs: Said, ours: Said) => void,
): Promise<void> {
  const start = Date.now() - HOUR_MS
  const both = [await side(kubectls[0], session, start), await side(kubectls[1], session, start)] as const
  try {
    for (const line of session.lines) {
      const command = line.replace(/^! */, '')
      const [a, b] = await Promise.all([said(both[0], command), said(both[1], command)])
      if (command === line) tell(line, a, b)
      else if (a.code || b.code) console.error(`${line}\n${a.err}${b.err}`)
      const later = Math.max(both[0].clock.now(), both[1].clock.now()) + PAUSE_MS
      for (const { clock } of both) await clock.advance(later - clock.now())
    }
  } finally {
    for (const { close, home } of both) {
      await close()
      rmSync(home, { recursive: true })
    }
  }
}
