/** A call in the program: what is called, with which arguments. */

import { PyDict } from '../objects/containers.ts'
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import {
  type Frame,
  isSteps,
  type Keywords,
  PyFunction,
  PyGenerator,
  type Steps,
  type Value,
} from '../objects/values.ts'
import type { Call } from '../syntax/tree.ts'
import { activate, enter, invoke } from './calls.ts'
import { breathe } from './iterate.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'
import { evaluate, itemsOf, outcomeOf } from './outcome.ts'

export function callOf(machine: Machine, e: Call, frame: Frame): Value | Steps {
  const callee = outcomeOf(machine, e.callee, frame)
  if (isSteps(callee) || e.keywords.length) return afterCallee(machine, e, frame, callee)
  const args = itemsOf(machine, e.args, frame)
  if (isSteps(args)) return afterArguments(machine, e, frame, callee, args)
  return doCall(machine, e, frame, callee, args, NO_KEYWORDS)
}

function* afterCallee(machine: Machine, e: Call, frame: Frame, made: Value | Steps): Steps {
  const callee = isSteps(made) ? yield* made : made
  const args = itemsOf(machine, e.args, frame)
  const given = isSteps(args) ? yield* args : args
  const keywords = e.keywords.length ? yield* keywordsOf(machine, e, frame) : NO_KEYWORDS
  const result = doCall(machine, e, frame, callee, given, keywords)
  return isSteps(result) ? yield* result : result
}

function* afterArguments(machine: Machine, e: Call, frame: Frame, callee: Value, args: Steps<Value[]>): Steps {
  const result = doCall(machine, e, frame, callee, yield* args, NO_KEYWORDS)
  return isSteps(result) ? yield* result : result
}

function doCall(
  machine: Machine,
  e: Call,
  frame: Frame,
  callee: Value,
  args: Value[],
  keywords: Keywords,
): Value | Steps {
  frame.at = e
  if (machine.step()) return afterRest(machine, frame, callee, args, keywords)
  return made(machine, frame, callee, args, keywords)
}

function* afterRest(machine: Machine, frame: Frame, callee: Value, args: Value[], keywords: Keywords): Steps {
  yield* breathe(machine)
  const result = made(machine, frame, callee, args, keywords)
  return isSteps(result) ? yield* result : result
}

function made(machine: Machine, frame: Frame, callee: Value, args: Value[], keywords: Keywords): Value | Steps {
  if (callee instanceof PyFunction) {
    const activation = activate(machine, callee, args, keywords)
    return activation instanceof PyGenerator ? activation : enter(activation)
  }
  if (!args.length && callee === machine.builtins.get('super')) return machine.superOf(frame)
  return invoke(machine, callee, args, keywords)
}

function* keywordsOf(machine: Machine, e: Call, frame: Frame): Steps<Keywords> {
  const all: Keywords = new Map()
  for (const { name, value: given } of e.keywords) {
    const value = yield* evaluate(machine, given, frame)
    if (name !== undefined) all.set(name, value)
    else {
      if (!(value instanceof PyDict)) throw typeError(`argument after ** must be a mapping, not ${typeOf(value).name}`)
      for (const [key, entry] of value.entries.values()) {
        if (typeof key !== 'string') throw typeError('keywords must be strings')
        all.set(key, entry)
      }
    }
  }
  return all
}
