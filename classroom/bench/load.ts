/**
 * A class at work: each learner tells where they are every few seconds, some hand in, a board is open. It ends by itself.
 * What is measured: how long progress takes to be acknowledged, how long until a board shows it, memory.
 */
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { seedFor } from '../domain/secrets.ts'
import { EXERCISE, LESSON, solved } from '../verify/solved-for-tests.ts'
import type { BigClass } from './class.ts'
import type { Instance } from './instance.ts'

export interface Plan {
  seconds: number
  /** Between two reports of a learner. */
  everyMs: number
  submissionsPerMinute: number
}
export interface Measured {
  requests: number
  failed: number
  /** Milliseconds: median, 99th of a hundred, the longest. */
  progress: Spread
  board: Spread
  handIn: Spread
  judged: number
  /** MB at most, and cores on average, of each instance. */
  memory: number[]
  cores: number[]
}
interface Spread {
  p50: number
  p99: number
  max: number
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** Work that is really done, before anything is measured. */
export const prepare = (of: BigClass, count: number): Promise<string[]> =>
  Promise.all(of.learners.slice(1, count + 1).map(l => solved(seedFor(of.secret, l.id, LESSON))))

/** The board that is watched is at the last instance; with two it is not the one that hears of what it shows. */
export async function load(
  instances: readonly Instance[],
  of: BigClass,
  work: readonly string[],
  { seconds, everyMs, submissionsPerMinute }: Plan,
): Promise<Measured> {
  const first = instances[0]!
  const boardAt = instances.at(-1)!
  const end = performance.now() + seconds * 1000
  const times = { progress: [] as number[], board: [] as number[], handIn: [] as number[] }
  let requests = 0
  let failed = 0
  const memory = instances.map(() => 0)
  const before = instances.map(instance => instance.cpu())
  const timed = async (into: number[], asked: () => Promise<{ status: number }>): Promise<void> => {
    const began = performance.now()
    requests++
    try {
      if ((await asked()).status >= 300) failed++
      else into.push(performance.now() - began)
    } catch {
      failed++
    }
  }
  const report = (passed: number, failing: string | null = null): string =>
    JSON.stringify({ lesson: LESSON, exercise: EXERCISE, failing, passed })
  // A check is tried every third time; the other reports say that somebody is still there.
  const tried = (turn: number): string => (Math.floor(turn / 3) % 2 ? 'ready' : 'exists')

  /** Begins somewhere within its first turn, as people do. */
  const learner = async (i: number): Promise<void> => {
    const { cookie } = of.learners[i]!
    const at = instances[i % instances.length]!
    const started = performance.now()
    for (let turn = 0; ; turn++) {
      const next = started + (i / of.learners.length + turn) * everyMs
      if (next >= end) return
      await sleep(Math.max(0, next - performance.now()))
      await timed(times.progress, () => at.ask('/classroom/api/progress', cookie, report(0, tried(turn + i))))
    }
  }
  const handing = async (): Promise<void> => {
    const path = `/classroom/api/submissions?lesson=${encodeURIComponent(LESSON)}&exercise=${EXERCISE}`
    for (const [i, body] of work.entries()) {
      if (performance.now() >= end) return
      const { cookie } = of.learners[i + 1]!
      void timed(times.handIn, () => instances[i % instances.length]!.ask(path, cookie, body))
      await sleep(60_000 / submissionsPerMinute)
    }
  }
  /** The first learner's count goes up once a second; the board has to show it. */
  const marker = async (): Promise<void> => {
    const seen = watchBoard(boardAt, of)
    for (let n = 1; n <= 1000 && performance.now() < end - 2000; n++) {
      const began = performance.now()
      const shown = seen.shows(n)
      await timed(times.progress, () => first.ask('/classroom/api/progress', of.learners[0]!.cookie, report(n)))
      await Promise.race([shown, sleep(10_000)])
      times.board.push(performance.now() - began)
      await sleep(Math.max(0, 1000 - (performance.now() - began)))
    }
    seen.close()
  }
  const watching = async (): Promise<void> => {
    while (performance.now() < end) {
      for (const [i, instance] of instances.entries()) memory[i] = Math.max(memory[i]!, instance.memory())
      await sleep(500)
    }
  }
  await Promise.all([...of.learners.keys()].slice(1).map(learner).concat(handing(), marker(), watching()))
  const cores = instances.map((instance, i) => Math.round(((instance.cpu() - before[i]!) / seconds) * 100) / 100)
  const grades = await first.ask(`/en/classroom/classes/${of.id}/grades.csv`, of.teacher)
  return {
    requests,
    failed,
    progress: spread(times.progress),
    board: spread(times.board),
    handIn: spread(times.handIn),
    judged: [...grades.text.matchAll(/,25,1,/g)].length,
    memory: memory.map(Math.round),
    cores,
  }
}

/** Reads the board as its page does. */
function watchBoard(at: Instance, of: BigClass): { shows(passed: number): Promise<void>; close(): void } {
  let wanted = 0
  let tell = (): void => {}
  const sent = request(
    `${at.origin.replace('localhost', '127.0.0.1')}/en/classroom/classes/${of.id}/events`,
    { headers: { cookie: of.teacher } },
    response => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        const whole = text.lastIndexOf('\n\n')
        if (whole < 0) return
        const shown = /Learner 0<.*?<td>(\d+)<\/td>/s.exec(text.slice(0, whole))
        if (Number(shown?.[1]) >= wanted) tell()
        text = text.slice(whole + 2)
      })
    },
  )
  sent.on('error', () => {})
  sent.end()
  return {
    shows(passed) {
      wanted = passed
      return new Promise(done => {
        tell = done
      })
    },
    close: () => sent.destroy(),
  }
}
