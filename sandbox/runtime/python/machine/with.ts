/** Context managers: what is done on the way in and on the way out. */
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { isSteps, type PyException, type Steps, type Value } from '../objects/values.ts'
import { bound, findAttribute } from './attributes.ts'
import { invoke } from './calls.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'

function* part(machine: Machine, context: Value, name: string, args: Value[]): Steps {
  const cls = typeOf(context)
  const found = cls.find(name)
  if (found === undefined)
    throw typeError(
      `'${cls.name}' object does not support the context manager protocol${name === '__exit__' ? ' (missed __exit__ method)' : ''}`,
    )
  const method = bound(machine, found, context, cls)
  const result = invoke(machine, isSteps(method) ? yield* method : method, args, NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

export function* enterContext(machine: Machine, context: Value): Steps {
  return yield* part(machine, context, '__enter__', [])
}

/** @returns whether it swallows the error */
export function* leaveContext(machine: Machine, context: Value, error: PyException | undefined): Steps<boolean> {
  const traceback = error ? findAttribute(machine, error, '__traceback__') : null
  const facts: Value[] = error ? [error.cls, error, traceback as Value] : [null, null, null]
  return machine.truth(yield* part(machine, context, '__exit__', facts))
}
