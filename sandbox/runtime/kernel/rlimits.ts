/** What containerd lets the processes of every container use, as `ulimit` and /proc/PID/limits tell it. */

export const UNLIMITED = 'unlimited'

interface ResourceLimit {
  /** As /proc/PID/limits calls it, and in which unit. */
  name: string
  unit: string
  soft: number | typeof UNLIMITED
  /** Where a process may not raise it as it likes. */
  hard?: number
}

/** By the letters of `ulimit`, in the kernel's order; how long real time may be used has none. */
export const RESOURCE_LIMITS: Readonly<Record<string, ResourceLimit>> = {
  t: { name: 'cpu time', unit: 'seconds', soft: UNLIMITED },
  f: { name: 'file size', unit: 'bytes', soft: UNLIMITED },
  d: { name: 'data size', unit: 'bytes', soft: UNLIMITED },
  s: { name: 'stack size', unit: 'bytes', soft: 8 * 1024 ** 2 },
  c: { name: 'core file size', unit: 'bytes', soft: UNLIMITED },
  m: { name: 'resident set', unit: 'bytes', soft: UNLIMITED },
  p: { name: 'processes', unit: 'processes', soft: UNLIMITED },
  n: { name: 'open files', unit: 'files', soft: 1_048_576, hard: 1_048_576 },
  l: { name: 'locked memory', unit: 'bytes', soft: 8 * 1024 ** 2, hard: 8 * 1024 ** 2 },
  v: { name: 'address space', unit: 'bytes', soft: UNLIMITED },
  w: { name: 'file locks', unit: 'locks', soft: UNLIMITED },
  i: { name: 'pending signals', unit: 'signals', soft: 31_421, hard: 31_421 },
  q: { name: 'msgqueue size', unit: 'bytes', soft: 819_200, hard: 819_200 },
  e: { name: 'nice priority', unit: '', soft: 0, hard: 0 },
  r: { name: 'realtime priority', unit: '', soft: 0, hard: 0 },
  R: { name: 'realtime timeout', unit: 'us', soft: UNLIMITED },
}

const row = (name: string, soft: string, hard: string, unit: string): string =>
  `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit.padEnd(10)}\n`

/** The content of /proc/PID/limits. */
export const LIMITS_TABLE: string =
  row('Limit', 'Soft Limit', 'Hard Limit', 'Units') +
  Object.values(RESOURCE_LIMITS)
    .map(({ name, unit, soft, hard = UNLIMITED }) => row(`Max ${name}`, String(soft), String(hard), unit))
    .join('')
