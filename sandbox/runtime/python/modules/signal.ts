/** `signal`: what happens at a signal; handlers run between two steps of the program. */
import { SIGNAL_NUMBER, type Signal } from '../../processes/process.ts'
import { functions, intOf, methods, valueError } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { osError, raise } from '../objects/errors.ts'
import { object } from '../objects/types.ts'
import { isInt, PyBuiltin, PyClass, PyObject, type Value } from '../objects/values.ts'

const Handlers = new PyClass('Handlers', [object], new Map(), 'signal', true)
const handler = (name: string, value: number): PyObject => {
  const made = new PyObject(Handlers)
  made.data = value
  made.attrs!.set('name', name)
  return made
}
const DEFAULT = handler('SIG_DFL', 0)
const IGNORE = handler('SIG_IGN', 1)
methods(Handlers, {
  __repr__: (_, [self]) =>
    `<Handlers.${String((self as PyObject).attrs!.get('name'))}: ${String((self as PyObject).data)}>`,
})

const interrupt = new PyBuiltin('default_int_handler', () => {
  throw raise('KeyboardInterrupt')
})

const Signals = new PyClass('Signals', [object], new Map(), 'signal', true)
Signals.attrs.set(
  '__new__',
  new PyBuiltin('__new__', (_, [, number]) => {
    const name = nameOf(Number(number))
    if (!name) throw valueError(`${String(number)} is not a valid Signals`)
    const made = new PyObject(Signals)
    made.attrs!.set('name', `SIG${name}`)
    made.attrs!.set('value', number!)
    return made
  }),
)

const nameOf = (number: number): Signal | undefined =>
  Object.keys(SIGNAL_NUMBER).find(name => SIGNAL_NUMBER[name as Signal] === number) as Signal | undefined

export function signal(machine: Machine): Record<string, Value> {
  const { process } = machine
  let alarm: { due: number; callOff: () => void } | undefined
  return {
    ...Object.fromEntries(Object.entries(SIGNAL_NUMBER).map(([name, number]) => [`SIG${name}`, number])),
    SIG_DFL: DEFAULT,
    SIG_IGN: IGNORE,
    Signals,
    default_int_handler: interrupt,
    ...functions({
      signal: (m, [number, action]) => {
        const n = intOf(number!)
        const name = nameOf(n)
        if (!name) throw valueError('signal number out of range')
        if (name === 'KILL' || name === 'STOP') throw osError('EINVAL')
        const before = m.handlers.get(n) ?? (n === SIGNAL_NUMBER.INT ? interrupt : DEFAULT)
        m.handlers.delete(n)
        if (action === DEFAULT || action === 0) process.on(name, undefined)
        else if (action === IGNORE || action === 1) {
          process.on(name, 'ignore')
          m.handlers.set(n, IGNORE)
        } else {
          if (isInt(action!) || action === null)
            throw raise('TypeError', 'signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
          m.handlers.set(n, action!)
          m.listen(name)
        }
        return before
      },
      getsignal: (m, [number]) =>
        m.handlers.get(intOf(number!)) ?? (Number(number) === SIGNAL_NUMBER.INT ? interrupt : DEFAULT),
      alarm: (_, [seconds]) => {
        const now = process.clock.now()
        const left = alarm && alarm.due > now ? alarm.due - now : 0
        alarm?.callOff()
        const ms = intOf(seconds!) * 1000
        alarm = ms ? { due: now + ms, callOff: process.alarm(ms) } : undefined
        // To the nearest second, but something for what is left at all.
        return left && Math.max(1, Math.round(left / 1000))
      },
      *pause(m) {
        yield* m.wait(() =>
          process.block<null>(() => {}).catch(error => (m.signals.length ? null : Promise.reject(error))),
        )
        yield* m.deal()
        return null
      },
      raise_signal: (_, [number]) => {
        process.kill(process.pid, nameOf(intOf(number!))!)
        return null
      },
      strsignal: (_, [number]) => `SIG${nameOf(intOf(number!)) ?? ''}`,
    }),
  }
}
