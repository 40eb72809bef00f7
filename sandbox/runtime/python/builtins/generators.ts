/** The methods of generators and coroutines. */
import { awaited, handOn, stepOf } from '../machine/awaiting.ts'
import { nextOf } from '../machine/iterate.ts'
import { exceptionOf } from '../machine/trying.ts'
import { raise, typeError } from '../objects/errors.ts'
import * as types from '../objects/types.ts'
import { DONE, isSteps, PyException, PyGenerator, Raised, type Value } from '../objects/values.ts'
import { methods, type Natives } from './define.ts'

const iteratorError = (value: Value): Raised => raise('StopIteration', ...(value === null ? [] : [value]))

/** What both can do that give values and take some. */
const shared: Natives = {
  *send(machine, [self, value = null]) {
    const generator = self as PyGenerator
    if (generator.state === 'new' && value !== null)
      throw typeError(`can't send non-None value to a just-started ${generator.kind}`)
    const next = yield* machine.resume(generator, value)
    if (next === DONE) throw iteratorError(generator.result)
    return next as Value
  },
  *throw(machine, [self, error, value]) {
    const exception = yield* exceptionOf(machine, value instanceof PyException ? value : error!)
    const generator = self as PyGenerator
    if (generator.state === 'new') {
      generator.state = 'over'
      const { frame } = generator.activation
      if (frame) exception.traceback.unshift({ code: frame.code, at: { ...frame.at, endColumn: frame.at.column } })
      throw new Raised(exception)
    }
    const next = yield* machine.resume(generator, null, new Raised(exception))
    if (next === DONE) throw iteratorError(generator.result)
    return next as Value
  },
  *close(machine, [self]) {
    const generator = self as PyGenerator
    if (generator.state !== 'waiting') {
      generator.state = 'over'
      return null
    }
    try {
      yield* machine.resume(generator, null, raise('GeneratorExit'))
    } catch (error) {
      if (!(error instanceof Raised) || !/^(GeneratorExit|StopIteration)$/.test(error.exception.cls.name)) throw error
    }
    return null
  },
}

export function installGenerators(): void {
  methods(types.generator, {
    ...shared,
    *__next__(machine, [self]) {
      const result = nextOf(machine, self!)
      const next = isSteps(result) ? yield* result : result
      if (next === DONE) throw iteratorError((self as PyGenerator).result)
      return next as Value
    },
    __iter__: (_, [self]) => self!,
  })
  methods(types.coroutine, {
    ...shared,
    __await__: (machine, [self]) =>
      new PyGenerator('coroutine_wrapper', { steps: handOn(machine, self!), frame: undefined }),
  })
  methods(types.asyncGenerator, {
    __aiter__: (_, [self]) => self!,
    __anext__: (machine, [self]) => stepOf(machine, self as PyGenerator),
    asend: (machine, [self, value = null]) => stepOf(machine, self as PyGenerator, value),
    *athrow(machine, [self, error]) {
      return stepOf(machine, self as PyGenerator, null, new Raised(yield* exceptionOf(machine, error!)))
    },
    aclose: (machine, [self]) => {
      const generator = self as PyGenerator
      const steps = (function* () {
        if (generator.state === 'waiting')
          try {
            yield* awaited(machine, stepOf(machine, generator, null, raise('GeneratorExit')))
          } catch (error) {
            if (!(error instanceof Raised) || !/^(GeneratorExit|StopAsyncIteration)$/.test(error.exception.cls.name))
              throw error
          }
        else generator.state = 'over'
        return null
      })()
      return new PyGenerator('aclose', { steps, frame: undefined }, 'coroutine')
    },
  })
}
