/** stress-ng: stressors that use CPU and memory for a time, and what it says of them. */
import { forever } from '../../network/serving.ts'
import type { Process, Program } from '../../processes/process.ts'

const VERSION = '0.18.06'
const USAGE = `stress-ng, version ${VERSION}

Usage: stress-ng [OPTION [ARG]]

Example: stress-ng --cpu 8 --io 4 --vm 2 --vm-bytes 128M --fork 4 --timeout 10s

Note: sizes can be suffixed with B, K, M, G and times with s, m, h, d, y
`
const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }
const CHUNK_MS = 60_000
const BYTES_PER_STEP = 64 * 1024 ** 2
const DAY = 86_400

/** Options that change only what is done, not how much of it. */
const WITHOUT_EFFECT = new Set([
  '--metrics',
  '--metrics-brief',
  '--times',
  '--verify',
  '--aggressive',
  '--vm-populate',
  '--no-rand-seed',
])
const VALUES_WITHOUT_EFFECT = new Set([
  '--cpu-method',
  '--vm-method',
  '--temp-path',
  '--backoff',
  '--sched',
  '--vm-madvise',
])
const SHORT: Readonly<Record<string, string>> = {
  '-c': '--cpu',
  '-m': '--vm',
  '-i': '--io',
  '-d': '--hdd',
  '-t': '--timeout',
  '-l': '--cpu-load',
  '-q': '--quiet',
  '-v': '--verbose',
}
const COUNTED = ['--cpu', '--matrix', '--io', '--hdd', '--vm']

interface Plan {
  counts: [name: string, count: number][]
  seconds: number
  /** Whether it was told for how long. */
  timed: boolean
  bytes: number
  keep: boolean
  hang: number | undefined
  /** Per cent of a core that each CPU stressor uses. */
  load: number
  quiet: boolean
}

/** @returns what is wrong with the words, where something is */
function read(words: readonly string[], cores: number): Plan | string {
  const plan: Plan = {
    counts: [],
    seconds: DAY,
    timed: false,
    bytes: 256 * 1024 ** 2,
    keep: false,
    hang: undefined,
    load: 100,
    quiet: false,
  }
  const rest = words.flatMap(word =>
    /^--[\w-]+=/.test(word) ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word],
  )
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = SHORT[word] ?? word
    if (WITHOUT_EFFECT.has(name) || name === '--verbose') continue
    if (name === '--quiet') plan.quiet = true
    else if (name === '--vm-keep') plan.keep = true
    else {
      const value = rest.shift()
      if (value === undefined) return `stress-ng: option '${name}' requires an argument`
      const number = Number(value)
      if (COUNTED.includes(name)) plan.counts.push([name.slice(2), number > 0 ? number : cores])
      else if (name === '--timeout') {
        const [, amount, unit] = /^(\d+)([smhd]?)$/.exec(value) ?? []
        if (amount === undefined) return `stress-ng: error: invalid timeout '${value}'`
        plan.seconds = Number(amount) * SECONDS[unit!]! || DAY
        plan.timed = true
      } else if (name === '--vm-bytes') {
        const [, amount, unit] = /^([\d.]+)([bkmg]?)$/i.exec(value) ?? []
        if (amount === undefined) return `stress-ng: vm-bytes ${value} is not simulated`
        plan.bytes = Number(amount) * UNITS[unit!.toLowerCase()]!
      } else if (name === '--vm-hang') plan.hang = number
      else if (name === '--cpu-load') plan.load = number
      else if (!VALUES_WITHOUT_EFFECT.has(name)) return `stress-ng: option '${name}' is not simulated`
    }
  }
  return plan
}

const burn =
  (load: number): Program =>
  async process => {
    for (;;) {
      if (load >= 100) await process.compute(CHUNK_MS)
      else {
        await process.compute(10 * load)
        await process.sleep(10 * (100 - load))
      }
    }
  }

const hold =
  ({ keep, hang }: Plan, bytes: number): Program =>
  async process => {
    for (;;) {
      for (let held = process.memory; held < bytes; ) {
        held = Math.min(bytes, held + BYTES_PER_STEP)
        await process.compute(20)
        process.memory = held
      }
      if (hang === 0) await forever(process)
      if (hang !== undefined) await process.sleep(hang * 1000)
      else await process.compute(CHUNK_MS)
      if (!keep) process.memory = 0
    }
  }

const LONG: readonly (readonly [seconds: number, name: string])[] = [
  [DAY, 'day'],
  [3600, 'hour'],
  [60, 'min'],
]

/** `1 day, 2 mins, 30.00 secs`: seconds are always told, the others where there are any. @param digits of the seconds' fraction */
function duration(seconds: number, digits: number): string {
  let left = seconds
  const parts: string[] = []
  for (const [unit, name] of LONG) {
    const count = Math.floor(left / unit)
    left -= count * unit
    if (count) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`)
  }
  return [...parts, `${left.toFixed(digits)} secs`].join(', ')
}

function tryKill(process: Process, pid: number): void {
  try {
    process.kill(pid, 'KILL')
  } catch {
    // It has ended already.
  }
}

export const stressNg =
  (cores: (process: Process) => number): Program =>
  async process => {
    const words = process.argv.slice(1)
    if (words[0] === '--version' || words[0] === '-V')
      return process.write(1, `stress-ng, version ${VERSION} (gcc 14.2.0, x86_64 Linux) 💻🔥\n`).then(() => 0)
    if (words[0] === '--help' || words[0] === '-h') return process.write(1, USAGE).then(() => 0)
    const plan = read(words, cores(process))
    if (typeof plan === 'string')
      return process.write(2, `${plan}\n`).then(() => (plan.endsWith('simulated') ? 126 : 1))
    const say = (kind: string, text: string): Promise<void> | undefined =>
      plan.quiet && kind === 'info'
        ? undefined
        : process.write(2, `stress-ng: ${`${kind}:`.padEnd(6)} [${process.pid}] ${text}\n`)
    if (!plan.counts.length) {
      await say('error', 'No stress workers invoked (one or more were unsupported)')
      return 1
    }
    process.memory = 2_000_000
    const began = process.clock.now()
    const { seconds } = plan
    const until = plan.timed ? 'setting' : 'defaulting'
    await say('info', `${until} to a ${duration(seconds, 0)} run per stressor`)
    await say('info', `dispatching hogs: ${plan.counts.map(([name, count]) => `${count} ${name}`).join(', ')}`)
    const running = new Map<number, () => Process>()
    const start = (begin: () => Process): void => void running.set(begin().pid, begin)
    for (const [name, count] of plan.counts) {
      // The memory is shared out among the stressors.
      const program = name === 'vm' ? hold(plan, plan.bytes / count) : burn(name === 'cpu' ? plan.load : 100)
      for (let i = 0; i < count; i++) start(() => process.spawn({ argv: [`stress-ng-${name}`], program }))
    }
    const stop = (): void => {
      for (const pid of running.keys()) tryKill(process, pid)
    }
    for (const signal of ['TERM', 'INT'] as const)
      process.on(signal, () => {
        stop()
        process.exit(1)
      })
    let over = false
    process.clock.after(seconds * 1000, () => {
      over = true
      stop()
    })
    while (running.size) {
      const { pid, status } = await process.wait()
      const begin = running.get(pid)
      running.delete(pid)
      // Whom the kernel has killed for its memory is started again.
      if (begin && !over && status.signal === 'KILL') start(begin)
    }
    const took = (process.clock.now() - began) / 1000
    const list = plan.counts.map(([name, count]) => `${name} (${count})`).join(' ')
    const all = plan.counts.reduce((sum, [, count]) => sum + count, 0)
    await say('info', 'skipped: 0')
    await say('info', `passed: ${all}: ${list}`)
    await say('info', 'failed: 0')
    await say('info', 'metrics untrustworthy: 0')
    await say('info', `successful run completed in ${duration(took, 2)}`)
    return 0
  }
