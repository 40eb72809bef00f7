/** What real processes use, as Linux tells it in /proc; nothing on other systems. */
import { existsSync, readFileSync } from 'node:fs'

export const MEASURES = existsSync('/proc/self/status')

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A process and all that it started. */
function family(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return [pid, ...children.flatMap(family)]
}

/** Resident memory of a process and its children. */
export const memoryOf = (pid: number): number =>
  family(pid).reduce(
    (sum, each) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${each}/status`))?.[1] ?? 0) * 1024,
    0,
  )

/** The kernel counts in hundredths of a second for user space, whatever its own clock. */
const TICK_MS = 10

export const cpuOf = (pid: number): number =>
  family(pid).reduce((sum, each) => {
    // After the name, which may hold spaces: state is the first, utime and stime are the 12th and 13th.
    const cells = read(`/proc/${each}/stat`).split(') ').at(-1)!.split(' ')
    return sum + (Number(cells[11] ?? 0) + Number(cells[12] ?? 0)) * TICK_MS
  }, 0)
