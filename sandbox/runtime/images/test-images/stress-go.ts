/** The stress of the documentation about CPU and memory of Pods (vish/stress): takes memory step by step, and burns CPU. */

import { forever } from '../../network/serving.ts'
import type { Program } from '../../processes/process.ts'

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
  const own = process.memory
  process.on('TERM', () => process.exit(2))
  await log(26, `Allocating "${total}" memory, in "${step}" chunks, with a ${pause} sleep between allocations`)
  for (let i = 0; i < Number(given.get('cpus')); i++) {
    await log(39, 'Spawning a thread to consume CPU')
    process.spawn({
      argv: process.argv,
      program: async thread => {
        for (;;) await thread.compute(BURN_MS)
      },
    })
  }
  const wanted = bytes(total!)!
  for (let taken = 0; taken < wanted; ) {
    taken = Math.min(wanted, taken + bytes(step!)! * STEPS)
    process.memory = own + taken
    await process.sleep(milliseconds(pause!)! * STEPS)
  }
  await log(29, `Allocated "${total}" memory`)
  return forever(process)
}
