/** `time`: the simulation's clock. Containers are in UTC unless TZ says otherwise, which is refused. */
import { functions, numberOf, valueError } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { park } from '../machine/threads.ts'
import { PyTuple } from '../objects/containers.ts'
import { tuple } from '../objects/types.ts'
import { PyClass, PyFloat, type Steps, type Value } from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { strftime, strptime } from './dates.ts'

const structTime = new PyClass('struct_time', [tuple], new Map(), 'time', true)
const FIELDS = [
  'tm_year',
  'tm_mon',
  'tm_mday',
  'tm_hour',
  'tm_min',
  'tm_sec',
  'tm_wday',
  'tm_yday',
  'tm_isdst',
] as const

function broken(ms: number): PyTuple {
  const at = new Date(ms)
  const year = at.getUTCFullYear()
  const values = [
    year,
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
    (at.getUTCDay() + 6) % 7,
    Math.floor((Date.UTC(year, at.getUTCMonth(), at.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000) + 1,
    0,
  ]
  const made = new PyTuple(values, structTime)
  made.attrs = new Map<string, Value>(FIELDS.map((name, i) => [name, values[i]!]))
  return made
}

const msOf = (value: Value): number => {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (value as PyTuple).items.map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Sleeps so long, whatever signals come in between. */
function* sleep(machine: Machine, ms: number): Steps<void> {
  const { clock } = machine.process
  const end = clock.now() + ms
  yield* park<null>(machine, wake => {
    const timer = clock.after(Math.max(0, end - clock.now()), () => wake(null))
    return () => clock.cancel(timer)
  })
}

export function time(machine: Machine): Record<string, Value> {
  const { clock } = machine.process
  const began = clock.now()
  /** A look at the clock takes a moment, so that a loop which waits for an instant gets there. */
  const look = (): number => {
    machine.step(20)
    return clock.now() + machine.usedSince()
  }
  const given = (value: Value | undefined): number =>
    value === undefined || value === null ? clock.now() : numberOf(value) * 1000
  return {
    timezone: 0,
    altzone: 0,
    daylight: 0,
    tzname: new PyTuple(['UTC', 'UTC']),
    struct_time: structTime,
    ...functions({
      time: () => new PyFloat(look() / 1000),
      time_ns: () => BigInt(Math.round(look() * 1000)) * 1000n,
      monotonic: () => new PyFloat((look() - began) / 1000 + 1000),
      monotonic_ns: () => Math.round((look() - began) * 1_000_000) + 1e12,
      perf_counter: () => new PyFloat((look() - began) / 1000 + 1000),
      perf_counter_ns: () => Math.round((look() - began) * 1_000_000) + 1e12,
      process_time: () => new PyFloat((look() - began) / 1000),
      *sleep(m, [seconds]) {
        const ms = numberOf(seconds!) * 1000
        if (ms < 0) throw valueError('sleep length must be non-negative')
        if (Number.isNaN(ms)) throw valueError('Invalid value NaN (not a number)')
        yield* sleep(m, ms)
        return null
      },
      gmtime: (_, [seconds]) => broken(given(seconds)),
      localtime: (_, [seconds]) => broken(given(seconds)),
      mktime: (_, [fields]) => new PyFloat(msOf(fields!) / 1000),
      strftime: (_, [format, fields]) =>
        strftime(String(format), {
          ms: fields === undefined ? clock.now() : msOf(fields),
          microseconds: 0,
          zone: 'UTC',
          offset: 0,
        }),
      strptime: (_, [text, format]) => broken(strptime(String(text), String(format)).ms),
      ctime: (_, [seconds]) =>
        strftime('%a %b %e %H:%M:%S %Y', { ms: given(seconds), microseconds: 0, zone: 'UTC', offset: 0 }),
      asctime: (_, [fields]) =>
        strftime('%a %b %e %H:%M:%S %Y', {
          ms: fields === undefined ? clock.now() : msOf(fields),
          microseconds: 0,
          zone: 'UTC',
          offset: 0,
        }),
      tzset: () => {
        throw new NotSimulated('time.tzset')
      },
    }),
  }
}
