/** Commands about time: sleep, date, time, uptime. */
import { type Command, complain, Missing, options, print, Refusal, Usage } from '../command.ts'
import { strftime } from './date.ts'
import { parseDate, plainDate } from './relative-date.ts'

const UNITS: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `1.5`, `2m`, `infinity`; undefined when it is none. */
export function duration(text: string): number | undefined {
  if (text === 'infinity' || text === 'inf') return Number.POSITIVE_INFINITY
  const match = /^(\d*\.?\d+|\d+\.?)([smhd]?)$/.exec(text)
  return match ? Number(match[1]) * UNITS[match[2]!]! : undefined
}

export const sleep: Command = async call => {
  if (!call.args.length) throw new Missing('missing operand')
  let total = 0
  for (const arg of call.args) {
    const ms = duration(arg)
    if (ms === undefined)
      throw new Usage(
        call.flavour === 'gnu'
          ? `invalid time interval '${arg}'\nTry 'sleep --help' for more information.`
          : `invalid number '${arg}'`,
      )
    total += ms
  }
  if (total === Number.POSITIVE_INFINITY) await call.process.block<void>(() => {})
  else await call.process.sleep(total)
}

export const usleep: Command = call => call.process.sleep((Number(call.args[0]) || 0) / 1000)

/** Of `-I`: how much of the time is shown. */
const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H+00:00',
  minutes: '%Y-%m-%dT%H:%M+00:00',
  seconds: '%Y-%m-%dT%H:%M:%S+00:00',
  ns: '%Y-%m-%dT%H:%M:%S,%N+00:00',
}

export const date: Command = async call => {
  const flags = options(call, 'uRI::d:D:s:r:', {
    utc: 'u',
    universal: 'u',
    date: 'd',
    set: 's',
    reference: 'r',
    'iso-8601': 'I',
    'rfc-email': 'R',
  })
  const given = flags.value('d') ?? flags.value('s')
  const now = call.process.clock.now()
  const file = flags.value('r')
  if (file !== undefined && !call.process.fs.exists(file))
    return complain(call, `${call.flavour === 'gnu' ? file : `can't stat '${file}'`}: No such file or directory`)
  const at =
    given === undefined
      ? file === undefined
        ? now
        : call.process.fs.stat(file).mtime
      : (call.flavour === 'gnu' ? parseDate : plainDate)(given, now)
  // Years that no date here can hold.
  if (Number.isNaN(new Date(at).getTime())) throw new Refusal(`invalid date '${given}'`)
  if (call.flavour === 'gnu' && flags.rest.length > 1) throw new Usage(`extra operand '${flags.rest[1]}'`)
  const setting = flags.rest.find(word => !word.startsWith('+'))
  if (setting !== undefined && call.flavour === 'gnu' && !/^\d{8,12}(\.\d\d)?$/.test(setting))
    throw new Refusal(`invalid date '${setting}'`)
  const format = flags.rest.find(word => word.startsWith('+'))
  const pattern = format
    ? format.slice(1)
    : flags.has('R')
      ? '%a, %d %b %Y %H:%M:%S +0000'
      : flags.has('I')
        ? (ISO[flags.value('I') || 'date'] ?? ISO.date!)
        : call.flavour === 'gnu'
          ? '%a %b %e %H:%M:%S UTC %Y'
          : '%a %b %e %H:%M:%S UTC %Y'
  // A container has no say in what time it is.
  const refused = flags.has('s')
    ? await complain(call, `${call.flavour === 'gnu' ? 'cannot' : "can't"} set date: Operation not permitted`)
    : 0
  await print(call, `${strftime(pattern, at)}\n`)
  return refused
}

export const clockTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export const uptime: Command = async call => {
  const { clock, fs } = call.process
  const up = fs.exists('/proc/uptime') ? Number(fs.readFile('/proc/uptime').split(' ')[0]) : 0
  const hours = Math.floor(up / 3600)
  const minutes = Math.floor((up % 3600) / 60)
  await print(
    call,
    ` ${strftime('%H:%M:%S', clock.now())} up ${hours ? `${hours}:${String(minutes).padStart(2, '0')}` : `${minutes} min`},  0 users,  load average: 0.00, 0.01, 0.05\n`,
  )
}

export const time: Command = async call => {
  const started = call.process.clock.now()
  const child = call.process.spawn({ argv: call.args })
  const { status } = await call.process.wait(child.pid)
  const seconds = (call.process.clock.now() - started) / 1000
  const shown = `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`
  await call.process.write(2, `real\t${shown}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`)
  return status.code
}
