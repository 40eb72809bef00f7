/** What the library's own Python needs and Python has no word for. */
import { functions, numberOf } from '../builtins/define.ts'
import { invoke } from '../machine/calls.ts'
import { type Machine, NO_KEYWORDS } from '../machine/machine.ts'
import { PyList, PyTuple } from '../objects/containers.ts'
import { intText } from '../objects/numbers.ts'
import { isSteps, type PyClass, PyFloat, PyFunction, type Steps, type Value } from '../objects/values.ts'
import { NotSimulated } from '../syntax/tree.ts'
import { strftime, strptime } from './dates.ts'

const atExit = new WeakMap<Machine, [Value, Value[]][]>()

/** The functions that a program wants called as it ends, the last first. */
export function* runAtExit(machine: Machine): Steps {
  const all = atExit.get(machine) ?? []
  for (let next = all.pop(); next; next = all.pop()) {
    const result = invoke(machine, next[0], next[1], NO_KEYWORDS)
    if (isSteps(result)) yield* result
  }
  return null
}

export const support = (machine: Machine): Record<string, Value> =>
  functions({
    refuse: (_, [what]) => {
      throw new NotSimulated(String(what))
    },
    at_exit: (_, [fn, ...args]) => {
      atExit.set(machine, [...(atExit.get(machine) ?? []), [fn!, args]])
      return fn!
    },
    /** The digits of an integer, however many: what a program sets as their limit is not for the library. */
    digits: (_, [value]) => intText(value as number | bigint, 0),
    now_ms: () => machine.process.clock.now(),
    uuid: () => machine.process.random.uuid(),
    hostname: () => machine.process.hostname,
    strftime: (_, [format, ms, microseconds, zone, offset]) =>
      strftime(String(format), {
        ms: numberOf(ms!),
        microseconds: Number(microseconds),
        zone: String(zone),
        offset: offset === null ? undefined : Number(offset),
      }),
    strptime: (_, [text, format]) => {
      const { ms, microseconds, offset } = strptime(String(text), String(format))
      return new PyTuple([ms, microseconds, offset ?? null])
    },
    utc: (_, fields) => {
      const [year = 1970, month = 1, ...rest] = fields.map(Number)
      const at = new Date(0)
      at.setUTCFullYear(year, month - 1, rest[0] ?? 1)
      return at.getTime() + (rest[1] ?? 0) * 3_600_000 + (rest[2] ?? 0) * 60_000 + (rest[3] ?? 0) * 1000
    },
    fields: (_, [ms]) => {
      const at = new Date(Number(ms))
      return new PyTuple([
        at.getUTCFullYear(),
        at.getUTCMonth() + 1,
        at.getUTCDate(),
        at.getUTCHours(),
        at.getUTCMinutes(),
        at.getUTCSeconds(),
        (at.getUTCDay() + 6) % 7,
      ])
    },
    is_async: (_, [fn]) => fn instanceof PyFunction && fn.code.waits === true && !fn.code.generates,
    float: (_, [value]) => new PyFloat(numberOf(value!)),
    /** The caller's line and function, so many calls up. */
    caller: (_, [levels]) => {
      const frames = [...machine.threads.frames()]
      const frame = frames.at(-1 - Number(levels))
      return frame ? new PyTuple([frame.code.file, frame.at.line, frame.code.name]) : new PyTuple(['?', 0, '?'])
    },
    /** Names in a class's body, in their order, that are no methods. */
    own_names: (_, [cls]) =>
      new PyList(
        [...(cls as PyClass).attrs]
          .filter(([name, value]) => !name.startsWith('_') && !(value instanceof PyFunction))
          .map(([name]) => name),
      ),
    /** A class takes the place of another in what it is: its ancestors, and attributes by the names that are given. */
    become: (_, [cls, model, names]) => {
      const [made, like] = [cls as PyClass, model as PyClass]
      for (const name of (names as PyList).items) made.attrs.delete(String(name))
      made.mro.splice(1, made.mro.length - 1, ...like.mro)
      made.bases.splice(0, made.bases.length, like)
      return null
    },
    /** A class that is written in C: errors call it by its module, too. */
    written_in_c: (_, [cls]) => {
      const made = cls as PyClass
      for (const name of ['__name__', '__qualname__']) made.attrs.set(name, made.name)
      made.name = `${made.module}.${made.name}`
      return made
    },
    set_class: (_, [cls, name, value]) => {
      ;(cls as PyClass).attrs.set(String(name), value!)
      return null
    },
  })
