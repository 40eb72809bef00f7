/** `_thread`: threads begin, and wait for one another at locks. `threading` is written in Python over it. */
import { functions, given, methods, numberOf, valueError } from '../builtins/define.ts'
import { invoke } from '../machine/calls.ts'
import type { Machine } from '../machine/machine.ts'
import { outOf, park } from '../machine/threads.ts'
import { PyDict, type PyTuple } from '../objects/containers.ts'
import { errorClass, raise } from '../objects/errors.ts'
import { object } from '../objects/types.ts'
import { PyClass, type PyException, PyObject, Raised, type Steps, type Value } from '../objects/values.ts'
import { lastLines, traceback } from '../traceback.ts'

const lockClass = new PyClass('lock', [object], new Map(), '_thread', true)

interface Lock {
  taken: boolean
  /** Those who wait for it, the first first. Each takes it as it is woken. */
  waiting: (() => void)[]
}

const lockOf = (value: Value | undefined): Lock => (value as PyObject).data as Lock

/** @param seconds how long it waits at most; for ever when negative. @returns whether it has it now */
function* take(machine: Machine, lock: Lock, seconds: number): Steps<boolean> {
  if (!lock.taken) {
    lock.taken = true
    return true
  }
  if (seconds === 0) return false
  const { clock } = machine.process
  const end = seconds < 0 ? undefined : clock.now() + seconds * 1000
  return yield* park<boolean>(machine, wake => {
    // It may have become free while a signal was dealt with.
    if (!lock.taken) {
      lock.taken = true
      wake(true)
      return () => {}
    }
    const stop = (): void => {
      clock.cancel(timer)
      lock.waiting = lock.waiting.filter(each => each !== handOver)
    }
    const handOver = (): void => {
      stop()
      wake(true)
    }
    const timer =
      end === undefined
        ? undefined
        : clock.after(Math.max(0, end - clock.now()), () => {
            stop()
            wake(false)
          })
    lock.waiting.push(handOver)
    return stop
  })
}

function release(lock: Lock): void {
  if (!lock.taken) throw raise('RuntimeError', 'release unlocked lock')
  const next = lock.waiting[0]
  if (next) next()
  else lock.taken = false
}

methods(lockClass, {
  __new__: () => {
    const made = new PyObject(lockClass)
    made.data = { taken: false, waiting: [] } satisfies Lock
    return made
  },
  *acquire(machine, args, keywords) {
    const [self, blocking = true, timeout = -1] = given('acquire', args, keywords, ['self', 'blocking?', 'timeout?'])
    const seconds = numberOf(timeout)
    const waits = machine.truth(blocking)
    if (!waits && seconds !== -1) throw valueError("can't specify a timeout for a non-blocking call")
    if (seconds < 0 && seconds !== -1) throw valueError('timeout value must be a non-negative number')
    return yield* take(machine, lockOf(self), waits ? seconds : 0)
  },
  release: (_, [self]) => {
    release(lockOf(self))
    return null
  },
  locked: (_, [self]) => lockOf(self).taken,
  *__enter__(machine, [self]) {
    return yield* take(machine, lockOf(self), -1)
  },
  __exit__: (_, [self]) => {
    release(lockOf(self))
    return null
  },
  __repr__: (machine, [self]) =>
    `<${lockOf(self).taken ? 'locked' : 'unlocked'} _thread.lock object at ${machine.address(self!)}>`,
})

export const thread = (_machine: Machine): Record<string, Value> => ({
  error: errorClass('RuntimeError'),
  LockType: lockClass,
  ...functions({
    allocate_lock: m => invoke(m, lockClass, [], new Map()),
    get_ident: m => IDENT + m.threads.current,
    get_native_id: m => m.process.pid + m.threads.current - 1,
    *start_new_thread(m, [fn, args, keywords]) {
      const named = new Map(
        keywords instanceof PyDict ? [...keywords.entries.values()].map(([name, value]) => [String(name), value]) : [],
      )
      yield { kind: 'start', steps: quietly(m, fn!, [...(args as PyTuple).items], named) }
      return null
    },
    /** An error's traceback, as it is printed where nobody catches it. */
    shown: (m, [error]) => {
      const { exception } = new Raised(error as PyException)
      return exception.traceback.length ? traceback(m, exception) : lastLines(m, exception)
    },
  }),
})

const IDENT = 139_872_000_000_000

/** Who only wants to end ends. */
function* quietly(machine: Machine, fn: Value, args: Value[], keywords: Map<string, Value>): Steps {
  try {
    return yield* outOf(invoke(machine, fn, args, keywords))
  } catch (error) {
    if (error instanceof Raised && error.exception.cls.is(errorClass('SystemExit'))) return null
    throw error
  }
}
