/** `await` and all that is `async`: who waits gives what it waits for to whoever runs it, and goes on when it is told to. */
import { errorClass, raise, typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { DONE, type Done, isSteps, PyGenerator, Raised, type Steps, Thing, type Value } from '../objects/values.ts'
import { bound } from './attributes.ts'
import { invoke } from './calls.ts'
import { nextOf } from './iterate.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'

/** What an async generator yields to who iterates, apart from what it waits for. */
class Given extends Thing {
  readonly value: Value
  constructor(value: Value) {
    super()
    this.value = value
  }
}

export const givenTo = (value: Value): Value => new Given(value)

function* method(machine: Machine, value: Value, name: string, args: Value[], missing: string): Steps {
  const cls = typeOf(value)
  const found = cls.find(name)
  if (found === undefined) throw typeError(missing.replace('%', cls.name))
  const made = bound(machine, found, value, cls)
  const result = invoke(machine, isSteps(made) ? yield* made : made, args, NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

/** Hands on all that an iterator gives, and to it all that comes back. @returns what it returned */
export function* handOn(machine: Machine, iterator: Value): Steps {
  let sent: Value = null
  let error: unknown
  for (;;) {
    const result: Value | Done | Steps<Value | Done> = step(machine, iterator, sent, error)
    const next: Value | Done = isSteps(result) ? yield* result : result
    if (next === DONE) return iterator instanceof PyGenerator ? iterator.result : null
    error = undefined
    try {
      sent = yield { kind: 'yield', value: next as Value }
    } catch (thrown) {
      error = machine.pythonic(thrown)
      if (!(error instanceof Raised)) throw error
    }
  }
}

function step(machine: Machine, iterator: Value, sent: Value, error: unknown): Value | Done | Steps<Value | Done> {
  if (iterator instanceof PyGenerator) return machine.resume(iterator, sent, error)
  if (error !== undefined) throw error
  return nextOf(machine, iterator)
}

/** @returns what `await` comes to */
export function* awaited(machine: Machine, value: Value): Steps {
  if (value instanceof PyGenerator && value.kind === 'coroutine') {
    if (value.state === 'over') throw raise('RuntimeError', 'cannot reuse already awaited coroutine')
    return yield* handOn(machine, value)
  }
  const missing =
    machine.version[1] < 14 ? "object % can't be used in 'await' expression" : "'%' object can't be awaited"
  return yield* handOn(machine, yield* method(machine, value, '__await__', [], missing))
}

export const iterateAsync = (machine: Machine, value: Value): Steps =>
  method(machine, value, '__aiter__', [], "'async for' requires an object with __aiter__ method, got %")

/** The next value of an async iterator. */
export function* nextAsync(machine: Machine, iterator: Value): Steps<Value | Done> {
  try {
    const missing = "'async for' received an object from __aiter__ that does not implement __anext__: %"
    return yield* awaited(machine, yield* method(machine, iterator, '__anext__', [], missing))
  } catch (error) {
    if (error instanceof Raised && error.exception.cls.is(errorClass('StopAsyncIteration'))) return DONE
    throw error
  }
}

/** What `__anext__` and its likes of an async generator give: a coroutine that runs it up to its next value. */
export function stepOf(machine: Machine, generator: PyGenerator, value: Value = null, error?: unknown): PyGenerator {
  const steps = (function* (): Steps {
    let sent = value
    let thrown = error
    for (;;) {
      const next = yield* machine.resume(generator, sent, thrown)
      if (next === DONE) throw raise('StopAsyncIteration')
      if (next instanceof Given) return next.value
      thrown = undefined
      try {
        sent = yield { kind: 'yield', value: next as Value }
      } catch (problem) {
        thrown = machine.pythonic(problem)
      }
    }
  })()
  return new PyGenerator('anext', { steps, frame: undefined }, 'coroutine')
}
