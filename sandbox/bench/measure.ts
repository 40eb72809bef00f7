/** Measurement of a figure: several runs, CPU time of the process and wall time, the median of each. */
import { setTimeout } from 'node:timers/promises'

export interface Figure {
  /** Milliseconds of wall time, median. */
  wall: number
  /** Milliseconds of CPU (user and system), median. */
  cpu: number
  runs: number
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const REST_MS = 50

/** Collects what was left behind before, and waits until the engine's own threads, which sweep it up, are done with it. */
export async function tidy(): Promise<void> {
  globalThis.gc?.()
  await setTimeout(REST_MS)
}

/**
 * Of more runs than one, the first two only warm the engine up and are not counted. What one run was given is kept until
 * the next has run: with the last objects of a shape the engine throws away the code that it has compiled for them.
 * @param prepare done before each run and not counted; its result is given to `work`
 */
export async function measure<T>(
  runs: number,
  prepare: () => T | Promise<T>,
  work: (given: T) => unknown,
): Promise<Figure> {
  const walls: number[] = []
  const cpus: number[] = []
  const warming = runs > 1 ? 2 : 0
  const kept: { given?: T } = {}
  for (let i = -warming; i < runs; i++) {
    const given = await prepare()
    await tidy()
    const cpu = process.cpuUsage()
    const start = performance.now()
    await work(given)
    const wall = performance.now() - start
    const used = process.cpuUsage(cpu)
    kept.given = given
    if (i < 0) continue
    walls.push(wall)
    cpus.push((used.user + used.system) / 1000)
  }
  return { wall: median(walls), cpu: median(cpus), runs }
}

/** Bytes of the heap in use after a collection; undefined where node was not started with --expose-gc. */
export function heapBytes(): number | undefined {
  if (!globalThis.gc) return undefined
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
