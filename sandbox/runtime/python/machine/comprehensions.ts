/** Comprehensions: loops that are expressions. */

import { PyDict, PyList, PySet } from '../objects/containers.ts'
import { keyOf } from '../objects/keys.ts'
import { DONE, type Frame, isSteps, PyGenerator, type Steps, type Value } from '../objects/values.ts'
import type { Clause, Comprehension } from '../syntax/tree.ts'
import { givenTo, iterateAsync, nextAsync } from './awaiting.ts'
import { breathe, iterate, nextOf, whileCollecting } from './iterate.ts'
import type { Machine } from './machine.ts'
import { outerOf } from './names.ts'
import { evaluate, outcomeOf } from './outcome.ts'
import { putItem } from './subscripts.ts'

export function* comprehension(machine: Machine, e: Comprehension, frame: Frame): Steps {
  const source = e.clauses[0]!.source
  const first = yield* evaluate(machine, source, frame)
  frame.at = source
  const iterator = yield* started(machine, e.clauses[0]!, first)
  const inner: Frame = {
    ...frame,
    names: { values: new Map(), outer: outerOf(frame) },
    handling: [],
    at: e,
    inClass: false,
  }
  if (e.makes === 'generator') {
    inner.code = e.code
    const waits = e.clauses.some(clause => clause.waits)
    const emit = function* (): Steps<void> {
      const result = outcomeOf(machine, e.code.result!, inner)
      const value = isSteps(result) ? yield* result : result
      yield { kind: 'yield', value: waits ? givenTo(value) : value }
    }
    const steps = (function* (): Steps {
      yield* clauses(machine, e, 0, iterator, inner, emit)
      return null
    })()
    return new PyGenerator(
      `${frame.qualname ? `${frame.qualname}.` : ''}<genexpr>`,
      { steps, frame: inner },
      waits ? 'async generator' : 'generator',
    )
  }
  const list: Value[] = []
  const dict = new PyDict()
  const set = new PySet()
  const make = function* (counted: (item: Value) => Value): Steps<void> {
    const key = e.code.resultKey ? yield* evaluate(machine, e.code.resultKey, inner) : null
    const result = outcomeOf(machine, e.code.result!, inner)
    const value = isSteps(result) ? yield* result : result
    if (e.makes === 'list') list.push(counted(value))
    else {
      const { entries } = e.makes === 'dict' ? dict : set
      const { size } = entries
      if (e.makes === 'dict') putItem(machine, dict, key, value)
      else set.entries.set(keyOf(machine, value), value)
      if (entries.size > size) counted(value)
    }
  }
  try {
    yield* whileCollecting(machine, counted => clauses(machine, e, 0, iterator, inner, () => make(counted)))
  } finally {
    // It runs in the frame around it, as since 3.12.
    frame.at = inner.at
  }
  return e.makes === 'list' ? new PyList(list) : e.makes === 'dict' ? dict : set
}

function* started(machine: Machine, clause: Clause, source: Value): Steps {
  const made = clause.waits ? iterateAsync(machine, source) : iterate(machine, source)
  return isSteps(made) ? yield* made : made
}

function* clauses(
  machine: Machine,
  e: Comprehension,
  level: number,
  given: Value | undefined,
  frame: Frame,
  emit: () => Steps<void>,
): Steps<void> {
  const clause = e.clauses[level]
  if (!clause) return yield* emit()
  let iterator = given
  if (iterator === undefined) {
    const source = yield* evaluate(machine, clause.source, frame)
    frame.at = clause.source
    iterator = yield* started(machine, clause, source)
  }
  turns: for (;;) {
    if (machine.step()) yield* breathe(machine)
    const next = clause.waits ? nextAsync(machine, iterator) : nextOf(machine, iterator)
    const value = isSteps(next) ? yield* next : next
    if (value === DONE) return
    const stored = machine.does.store(machine, clause.target, value as Value, frame)
    if (stored) yield* stored
    for (const condition of clause.conditions) {
      const test = outcomeOf(machine, condition, frame)
      if (!machine.truth(isSteps(test) ? yield* test : test)) continue turns
    }
    yield* clauses(machine, e, level + 1, undefined, frame, emit)
  }
}
