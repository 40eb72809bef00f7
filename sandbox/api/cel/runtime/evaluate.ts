/** Turns an expression whose types are known into a function, and counts what calling it costs. */

import { callCost } from '../cost/actual.ts'
import type { Call, Comprehension, Expr, List, MapLiteral, Select, Struct } from '../syntax/ast.ts'
import type { Checked } from '../types/check.ts'
import type { Overload } from '../types/declarations.ts'
import { TYPE_NAMES } from '../types/types.ts'
import { elementOf, fieldOf, hasKey, iterated, through } from './access.ts'
import { matches, unfit } from './overloads.ts'
import { beginsWithName, isChain, isConstant, isConversion, isEmptyLiteral } from './shapes.ts'
import { BuiltMap, CelError, growing, noSuchOverload, Optional, plain, TypeValue, type Value } from './values.ts'

/** Ends an evaluation at once, whatever is around it. */
export class CostExceeded extends Error {
  constructor() {
    super('operation cancelled: actual cost limit exceeded')
  }
}

/** What names stand for. */
export type Variables = (name: string) => Value | undefined

export interface Evaluation {
  variables: Variables
  spend(cost: number): void
}

export type Program = (evaluation: Evaluation) => Value

/** How objects are made of literals with a type's name. */
export type MakeObject = (type: string, fields: readonly (readonly [string, Value])[]) => Value

export interface ProgramOptions {
  checked: Checked
  makeObject?: MakeObject | undefined
}

export function makeProgram(expr: Expr, { checked, makeObject }: ProgramOptions): Program {
  const program = (e: Expr): Program => {
    switch (e.kind) {
      case 'literal': {
        const { value } = e
        return () => value
      }
      case 'ident':
        return ident(e.name)
      case 'select':
        return select(e)
      case 'call':
        return call(e)
      case 'list':
        return list(e)
      case 'map':
        return map(e)
      case 'struct':
        return struct(e)
      case 'comprehension':
        return comprehension(e)
      case 'unspecified':
        throw new Error('an expression that could not be read is not evaluated')
    }
  }

  const ident = (name: string): Program => {
    const type = TYPE_NAMES.get(name)
    return ev => {
      const found = ev.variables(name)
      if (found !== undefined) {
        ev.spend(1)
        return found
      }
      if (type) return new TypeValue(type)
      throw new CelError(`no such attribute(s): ${name}`)
    }
  }

  /** What has no name begins a chain of its own, which costs. */
  const operand = (e: Expr): Program => {
    const inner = program(e)
    if (isChain(e)) return inner
    return ev => {
      const value = inner(ev)
      ev.spend(1)
      return value
    }
  }

  const select = ({ operand: of, field, test }: Select): Program => {
    const inner = operand(of)
    return ev => {
      const value = inner(ev)
      if (test) return hasKey(value, field)
      ev.spend(1)
      return fieldOf(value, field)
    }
  }

  const call = (e: Call): Program => {
    switch (e.name) {
      case '_&&_':
        return logic(e, false)
      case '_||_':
        return logic(e, true)
      case '_?_:_':
        return conditional(e)
      case '@not_strictly_false':
        return notStrictlyFalse(e)
      case '_[_]':
      case '_[?_]':
        return index(e)
      case '_?._':
        return optionalSelect(e)
      default:
    }
    if (e.target && (e.name === 'or' || e.name === 'orValue')) return orElse(e)
    if (e.name === 'dyn') return program(e.args[0]!)
    return plainCall(e, checked.overloadsOf(e))
  }

  const plainCall = (e: Call, overloads: readonly Overload[]): Program => {
    const isFree = isConversion(e) || (e.name === '@in' && isConstant(e.args[1]!))
    const args = (e.target ? [e.target, ...e.args] : e.args).map(program)
    return ev => {
      const values = args.map(arg => arg(ev))
      const found = overloads.find(o => o.call && o.params.every((param, i) => matches(param, values[i]!)))
      if (!found?.call) {
        ev.spend(1)
        throw unfit(e.name, values)
      }
      let result: Value | undefined
      try {
        result = found.call(...values)
        return result
      } finally {
        if (!isFree) ev.spend(callCost(e.name, overloads.length === 1 ? found.id : '', values, result))
      }
    }
  }

  const logic = (e: Call, absorbing: boolean): Program => {
    const [left, right] = e.args.map(program)
    return ev => {
      let fault: unknown
      for (const term of [left!, right!]) {
        try {
          const value = term(ev)
          if (value === absorbing) return absorbing
          if (typeof value !== 'boolean') fault ??= noSuchOverload()
        } catch (error) {
          if (!(error instanceof CelError)) throw error
          fault ??= error
        }
      }
      if (fault) throw fault
      return !absorbing
    }
  }

  const conditional = (e: Call): Program => {
    const [condition, then, otherwise] = [program(e.args[0]!), branch(e.args[1]!), branch(e.args[2]!)]
    return ev => {
      const value = condition(ev)
      if (typeof value !== 'boolean') throw noSuchOverload()
      return value ? then(ev) : otherwise(ev)
    }
  }

  /** A name that begins what a condition chooses costs nothing. */
  const branch = (e: Expr): Program => {
    const inner = program(e)
    if (!beginsWithName(e)) return inner
    return ev => {
      let isFirst = true
      const spend = (cost: number): void => {
        if (!isFirst) ev.spend(cost)
        isFirst = false
      }
      return inner({ ...ev, spend })
    }
  }

  const notStrictlyFalse = (e: Call): Program => {
    const inner = program(e.args[0]!)
    return ev => {
      try {
        return inner(ev) !== false
      } catch (error) {
        if (error instanceof CelError) return true
        throw error
      } finally {
        ev.spend(1)
      }
    }
  }

  const index = (e: Call): Program => {
    const [of, key] = [operand(e.args[0]!), program(e.args[1]!)]
    const optional = e.name === '_[?_]'
    return ev => {
      const value = of(ev)
      const at = key(ev)
      if (!optional && !(value instanceof Optional)) {
        ev.spend(1)
        return elementOf(value, at)
      }
      const made = through(value, held => elementOf(held, at, true))
      if (made.value !== undefined) ev.spend(1)
      return made
    }
  }

  const optionalSelect = (e: Call): Program => {
    const of = operand(e.args[0]!)
    const field = (e.args[1] as Extract<Expr, { kind: 'literal' }>).value
    return ev => {
      const made = through(of(ev), held => fieldOf(held, field, true))
      if (made.value !== undefined) ev.spend(1)
      return made
    }
  }

  const orElse = (e: Call): Program => {
    const [first, second] = [program(e.target!), program(e.args[0]!)]
    return ev => {
      const value = first(ev)
      if (!(value instanceof Optional)) return value
      if (value.value === undefined) return second(ev)
      return e.name === 'or' ? value : value.value
    }
  }

  const list = (e: List): Program => {
    const { elements, optional } = e
    const isFree = isConstant(e)
    const parts = elements.map(program)
    return ev => {
      const values: Value[] = []
      for (const [i, part] of parts.entries()) {
        const value = part(ev)
        if (!optional.has(i)) values.push(value)
        else if (!(value instanceof Optional))
          throw new CelError(`cannot initialize optional list element from non-optional value ${plain(value)}`)
        else if (value.value !== undefined) values.push(value.value)
      }
      if (!isFree) ev.spend(10)
      return values
    }
  }

  const map = (e: MapLiteral): Program => {
    const { entries } = e
    const isFree = isConstant(e)
    const parts = entries.map(({ key, value, optional }) => [program(key), program(value), optional] as const)
    return ev => {
      const made: [Value, Value][] = []
      for (const [key, value, optional] of parts) {
        const [k, v] = [key(ev), value(ev)]
        if (!optional) made.push([k, v])
        else if (!(v instanceof Optional))
          throw new CelError(`cannot initialize optional entry '${plain(k)}' from non-optional value ${plain(v)}`)
        else if (v.value !== undefined) made.push([k, v.value])
      }
      if (!isFree) ev.spend(30)
      return BuiltMap.of(made)
    }
  }

  const struct = ({ type, fields }: Struct): Program => {
    const parts = fields.map(({ name, value, optional }) => [name, program(value), optional] as const)
    return ev => {
      const made: [string, Value][] = []
      for (const [name, value, optional] of parts) {
        const v = value(ev)
        if (!optional) made.push([name, v])
        else if (!(v instanceof Optional))
          throw new CelError(`cannot initialize optional entry '${name}' from non-optional value ${plain(v)}`)
        else if (v.value !== undefined) made.push([name, v.value])
      }
      ev.spend(40)
      if (!makeObject) throw noSuchOverload()
      return makeObject(type, made)
    }
  }

  const comprehension = (e: Comprehension): Program => {
    const [range, init] = [program(e.range), program(e.init)]
    const [condition, step, result] = [program(e.condition), program(e.step), program(e.result)]
    /** A name for a value is a loop that never goes round; the value is found when it is asked for. */
    const isBinding = e.variable === '#unused'
    return ev => {
      const items = range(ev)
      let accumulated: Value | CelError | undefined = isBinding ? undefined : init(ev)
      const built = isEmptyLiteral(e.init) && !isBinding ? (accumulated as object) : undefined
      if (built) growing.add(built)
      let first: Value
      let second: Value | undefined
      const inner: Evaluation = {
        spend: ev.spend,
        variables(name) {
          if (name === e.accumulator) {
            accumulated ??= init(ev)
            if (accumulated instanceof CelError) throw accumulated
            return accumulated
          }
          return ev.variables(name)
        },
      }
      if (isBinding) return result(inner)
      const loop: Evaluation = {
        spend: ev.spend,
        variables: name => {
          if (name === e.variable) return first
          if (name === e.second) return second
          return inner.variables(name)
        },
      }
      for (const [key, value] of iterated(items, e.second !== undefined)) {
        first = key
        second = value
        if (condition(loop) === false) break
        try {
          accumulated = step(loop)
        } catch (error) {
          // A loop that may end early goes on past a fault, for what follows may make it not matter.
          if (!(error instanceof CelError)) throw error
          accumulated = error
        }
      }
      if (built) growing.delete(built)
      return result(inner)
    }
  }

  return program(expr)
}
