/** The stress of the documentation about CPU and memory of Pods (vish/stress): takes memory step by step, and burns CPU. */

import { forever } from '../../network/serving.ts'
import type { Process, Program } from '../../processes/process.ts'

const BINARY = ['', 'Ki', 'Mi', 'Gi']
const DECIMAL = ['', 'k', 'M', 'G']

/** `150Mi` in bytes; undefined for what is no amount. */
function bytes(text: string): number | undefined {
  const [, n, unit = ''] = /^(\d+(?:\.\d+)?)([KMG]i|[kMG])?$/.exec(text) ?? []
  if (n === undefined) return undefined
  return Number(n) * (unit.endsWith('i') ? 1024 ** BINARY.indexOf(unit) : 1000 ** DECIMAL.indexOf(unit))
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `10ms`; a duration of Go with one unit. */
function milliseconds(text: string): number | undefined {
  const [, n, unit = ''] = /^(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)$/.exec(text) ?? []
  return n === undefined ? undefined : Number(n) * UNITS[unit]!
}

const FLAGS: Readonly<Record<string, { value: string; reads(text: string): unknown }>> = {
  'mem-total': { value: '0', reads: bytes },
  'mem-alloc-size': { value: '4Ki', reads: bytes },
  'mem-alloc-sleep': { value: '1ms', reads: milliseconds },
  cpus: { value: '0', reads: text => (/^\d+$/.test(text) ? text : undefined) },
  logtostderr: { value: 'false', reads: text => (/^(true|false)$/.test(text) ? text : undefined) },
}

/** Flags of Go: one dash or two, a value behind `=` or as the next word. @returns what is wrong with them, as a text */
function flagsOf(words: readonly string[]): Map<string, string> | string {
  const given = new Map(Object.entries(FLAGS).map(([name, { value }]) => [name, value]))
  for (let i = 0; i < words.length; i++) {
    const [, name, , joined] = /^--?([^=]+)(=(.*))?$/.exec(words[i]!) ?? []
    if (name === undefined) break
    const flag = FLAGS[name]
    if (!flag) return `flag provided but not defined: -${name}`
    const value = joined ?? (name === 'logtostderr' ? 'true' : words[++i])
    if (value === undefined) return `flag needs an argument: -${name}`
    if (flag.reads(value) === undefined) return `invalid value ${JSON.stringify(value)} for flag -${name}: parse error`
    given.set(name, value)
  }
  return given
}

/** An amount of bytes, and how Kubernetes writes it: as it was given, unless it was a fraction. @returns undefined for what is none */
export function canonicalBytes(text: string): { bytes: number; text: string } | undefined {
  const size = bytes(text)
  if (size === undefined) return undefined
  if (!text.includes('.')) return { bytes: size, text }
  const [base, units] = text.endsWith('i') ? [1024, BINARY] : [1000, DECIMAL]
  const whole = Math.ceil(size)
  let power = units.length - 1
  while (power > 0 && whole % base ** power) power--
  return { bytes: whole, text: `${whole / base ** power}${units[power]}` }
}

/** How much to take, in which steps, and what is told of it. */
export interface Load {
  total: { bytes: number; text: string }
  step: { bytes: number; text: string }
  pauseMs: number
  /** The pause, as it is told; as Go writes such a time when absent. */
  pause?: string
  cpus: number
  log: { begin(words: string): Promise<void>; thread(words: string): Promise<void>; end(words: string): Promise<void> }
}

/** Takes memory step by step, burns CPU beside it, and then waits for ever. */
export async function takeMemory(process: Process, { total, step, pauseMs, pause, cpus, log }: Load): Promise<never> {
  const own = process.memory
  await log.begin(
    `Allocating "${total.text}" memory, in "${step.text}" chunks, with a ${pause ?? goDuration(pauseMs)} sleep between allocations`,
  )
  for (let i = 0; i < cpus; i++) {
    await log.thread('Spawning a thread to consume CPU')
    process.spawn({
      argv: process.argv,
      program: async thread => {
        for (;;) await thread.compute(BURN_MS)
      },
    })
  }
  // Steps of nothing lead nowhere, there as here.
  if (total.bytes > 0 && step.bytes === 0) return forever(process)
  for (let taken = 0; taken < total.bytes; ) {
    taken = Math.min(total.bytes, taken + step.bytes * STEPS)
    process.memory = own + taken
    await process.sleep(pauseMs * STEPS)
  }
  await log.end(`Allocated "${total.text}" memory`)
  return forever(process)
}

/** A time as Go writes it: `1m30s`, `1.5s`, `20ms`. */
function goDuration(ms: number): string {
  if (ms === 0) return '0s'
  if (ms < 1) return ms < 0.001 ? `${ms * 1e6}ns` : `${ms * 1000}µs`
  if (ms < 1000) return `${ms}ms`
  const minutes = Math.floor(ms / 60_000)
  const seconds = `${(ms % 60_000) / 1000}s`
  if (!minutes) return seconds
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`
}

/** Memory is taken in so many steps at a time. */
const STEPS = 100
/** Much at once, so that a thread costs one timer a minute. */
const BURN_MS = 60_000

export const stress: Program = async process => {
  const given = flagsOf(process.argv.slice(1))
  if (typeof given === 'string') {
    const name = process.argv[0]!
    await process.write(
      2,
      `${given}\nUsage of ${name}:\n${Object.keys(FLAGS)
        .sort()
        .map(flag => `  -${flag}\n`)
        .join('')}`,
    )
    return 2
  }
  const log = (line: number, text: string): Promise<void> => {
    const at = new Date(process.clock.now()).toISOString()
    const stamp = `${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000`
    return process.write(2, `I${stamp} ${String(process.pid).padStart(7)} main.go:${line}] ${text}\n`)
  }
  const [total, step, pause] = ['mem-total', 'mem-alloc-size', 'mem-alloc-sleep'].map(name => given.get(name)!)
  process.memory = 1_500_000
  process.on('TERM', () => process.exit(2))
  return takeMemory(process, {
    total: { bytes: bytes(total!)!, text: total! },
    step: { bytes: bytes(step!)!, text: step! },
    pauseMs: milliseconds(pause!)!,
    pause: pause!,
    cpus: Number(given.get('cpus')),
    log: { begin: words => log(26, words), thread: words => log(39, words), end: words => log(29, words) },
  })
}
