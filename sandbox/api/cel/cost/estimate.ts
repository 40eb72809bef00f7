/** Cost estimation of an expression, by what its types and schemas tell about the sizes of its values. */
import { ACCUMULATOR, type Call, type Comprehension, type Expr, OLD_ACCUMULATOR } from '../syntax/ast.ts'
import type { Checked } from '../types/check.ts'
import { isOptional, type Type } from '../types/types.ts'
import { callEstimate, type Estimated, listEstimate, type Node } from './calls.ts'
import { LIST, MAP, STRUCT } from './factors.ts'
import { fixed, MOST, NOTHING, plus, type Range, range, times, UNKNOWN, union } from './range.ts'

/** The size of what stands at a path, if the schema tells: names, and @items, @keys, @values, @indices. */
export type SizeOf = (path: readonly string[], type: Type) => Range | undefined

interface EntrySize {
  container: 'list' | 'map'
  key: Range
  value: Range
}
interface Local {
  path: readonly string[]
  size: Range | undefined
  entry: EntrySize | undefined
}

const SCALARS = new Set<Type['kind']>(['bool', 'double', 'duration', 'int', 'timestamp', 'uint'])
const isScalar = (type: Type): boolean => SCALARS.has(type.kind) || (isOptional(type) && isScalar(type.params[0]!))

function literalSize(e: Expr): Range | undefined {
  if (e.kind === 'list') return fixed(e.elements.length)
  if (e.kind === 'map') return fixed(e.entries.length)
  if (e.kind !== 'literal') return undefined
  if (typeof e.value === 'string') return fixed([...e.value].length)
  return fixed(e.value instanceof Uint8Array ? e.value.length : 1)
}

class Estimator {
  readonly #checked: Checked
  readonly #sizeOf: SizeOf
  readonly #paths = new Map<number, readonly string[]>()
  readonly #sizes = new Map<number, Range>()
  readonly #entries = new Map<number, EntrySize>()
  readonly #locals = new Map<string, Local[]>()

  constructor(checked: Checked, sizeOf: SizeOf) {
    this.#checked = checked
    this.#sizeOf = sizeOf
  }

  cost(e: Expr): Range {
    switch (e.kind) {
      case 'ident':
        this.#paths.set(e.id, this.#local(e.name)?.path ?? [e.name])
        return fixed(1)
      case 'select':
        return this.#select(e)
      case 'call':
        return this.#call(e)
      case 'list':
        return this.#list(e)
      case 'map':
        return this.#map(e)
      case 'struct':
        return plus(...e.fields.map(f => this.cost(f.value)), fixed(STRUCT))
      case 'comprehension':
        return e.variable === '#unused' ? this.#binding(e) : this.#loop(e)
      default:
        return NOTHING
    }
  }

  #local = (name: string): Local | undefined => this.#locals.get(name)?.at(-1)
  #push(name: string, local: Local): void {
    this.#locals.set(name, [...(this.#locals.get(name) ?? []), local])
  }
  #pop(name: string): void {
    this.#locals.get(name)?.pop()
  }
  #path(e: Expr): readonly string[] {
    return (e.kind === 'ident' ? this.#local(e.name)?.path : undefined) ?? this.#paths.get(e.id) ?? []
  }

  #size(e: Expr): Range | undefined {
    const known = this.#sizes.get(e.id) ?? literalSize(e)
    if (known) return known
    const type = this.#checked.typeOf(e)
    const stated = this.#sizeOf(this.#path(e), type)
    if (stated) {
      this.#sizes.set(e.id, stated)
      return stated
    }
    if (isScalar(type)) return fixed(1)
    return e.kind === 'ident' ? this.#local(e.name)?.size : undefined
  }
  #sizeOrUnknown = (e: Expr): Range => this.#size(e) ?? UNKNOWN

  #entry(e: Expr): EntrySize | undefined {
    return this.#entries.get(e.id) ?? (e.kind === 'ident' ? this.#local(e.name)?.entry : undefined)
  }

  #select(e: Extract<Expr, { kind: 'select' }>): Range {
    const inner = this.cost(e.operand)
    if (e.test) return inner
    this.#paths.set(e.id, [...this.#path(e.operand), e.field])
    const { kind } = this.#checked.typeOf(e.operand)
    return kind === 'map' || kind === 'object' || kind === 'parameter' ? plus(inner, fixed(1)) : inner
  }

  #list(e: Extract<Expr, { kind: 'list' }>): Range {
    const costs = e.elements.map(element => this.cost(element))
    const value = this.#joined(e.elements)
    this.#entries.set(e.id, { container: 'list', key: fixed(1), value })
    return plus(...costs, fixed(LIST))
  }

  #map({ id, entries }: Extract<Expr, { kind: 'map' }>): Range {
    const costs = entries.flatMap(({ key, value }) => [this.cost(key), this.cost(value)])
    const [key, value] = [this.#joined(entries.map(en => en.key)), this.#joined(entries.map(en => en.value))]
    this.#entries.set(id, { container: 'map', key, value })
    return plus(...costs, fixed(MAP))
  }

  #joined(parts: readonly Expr[]): Range {
    return parts.length ? parts.map(this.#sizeOrUnknown).reduce(union) : NOTHING
  }

  #node = (e: Expr): Node => {
    const path = this.#path(e)
    const isAccumulator = path[0] === ACCUMULATOR || path[0] === OLD_ACCUMULATOR
    const type = this.#checked.typeOf(e)
    const shown = isAccumulator ? [] : path
    return { expr: e, type, path: shown, size: this.#size(e), lookUp: this.#sizeOf }
  }

  #call(e: Call): Range {
    if (e.name === 'dyn') return this.#dyn(e)
    const costs = e.args.map(arg => this.cost(arg))
    const args = e.args.map(this.#node)
    const overloads = this.#checked.overloadsOf(e)
    if (!overloads.length) return NOTHING
    const before = e.target ? this.cost(e.target) : NOTHING
    const target = e.target && this.#node(e.target)
    let cost = range(MOST, 0n)
    let size: Range | undefined
    for (const { id } of overloads) {
      const own = this.#overload(e, id, target, args, costs)
      cost = union(cost, own.cost)
      if (own.size) size = size ? union(size, own.size) : own.size
      const [first] = e.args
      const container = id === 'index_list' ? '@items' : id === 'index_map' ? '@values' : undefined
      if (first && container) {
        size = this.#entry(first)?.value
        this.#paths.set(e.id, [...this.#path(first), container])
      }
      size ??= this.#size(e)
    }
    if (size) this.#sizes.set(e.id, size)
    return plus(before, cost)
  }

  #dyn(e: Call): Range {
    const [arg] = e.args as [Expr]
    const cost = this.cost(arg)
    this.#copy(e, arg)
    return plus(fixed(1), cost)
  }

  #copy(to: Expr, from: Expr): void {
    const [size, entry] = [this.#size(from), this.#entry(from)]
    if (size) this.#sizes.set(to.id, size)
    if (entry) this.#entries.set(to.id, entry)
  }

  #overload(e: Call, id: string, target: Node | undefined, args: readonly Node[], costs: readonly Range[]): Estimated {
    const sum = plus(...costs)
    const own = listEstimate(id, target, args) ?? callEstimate(e.name, id, target, args)
    if (own) return { cost: plus(own.cost, sum), size: own.size }
    const [left, right] = costs
    if (id === 'logical_and' || id === 'logical_or') return { cost: range(left!.min, plus(left!, right!).max) }
    if (id === 'conditional') return this.#conditional(e, costs)
    if (id === 'add_string' || id === 'add_bytes' || id === 'add_list') this.#setEntry(e, e.args[0]!, e.args[1]!)
    return { cost: plus(fixed(1), sum) }
  }

  #setEntry(e: Expr, a: Expr, b: Expr): void {
    const [one, other] = [this.#entry(a), this.#entry(b)]
    if (!one || !other) return
    const { container } = one
    this.#entries.set(e.id, { container, key: union(one.key, other.key), value: union(one.value, other.value) })
  }

  #conditional(e: Call, [condition, then, otherwise]: readonly Range[]): Estimated {
    const [, a, b] = e.args as [Expr, Expr, Expr]
    this.#setEntry(e, a, b)
    const size = union(this.#sizeOrUnknown(a), this.#sizeOrUnknown(b))
    return { cost: plus(condition!, union(then!, otherwise!)), size }
  }

  #loop(e: Comprehension): Range {
    const before = plus(this.cost(e.range), this.cost(e.init))
    this.#push(e.accumulator, { path: this.#path(e.init), size: this.#size(e.init), entry: this.#entry(e.init) })
    const entry = this.#entry(e.range)
    const isList = (entry?.container ?? this.#checked.typeOf(e.range).kind) === 'list'
    const path = this.#path(e.range)
    const local = (part: string, size: Range | undefined): Local => ({ path: [...path, part], size, entry: undefined })
    const keys = local(isList ? '@indices' : '@keys', entry?.key)
    const values = local(isList ? '@items' : '@values', entry?.value)
    this.#push(e.variable, e.second || !isList ? keys : values)
    if (e.second) this.#push(e.second, values)
    const [condition, step] = [this.cost(e.condition), this.cost(e.step)]
    this.#pop(e.variable)
    if (e.second) this.#pop(e.second)
    const result = this.cost(e.result)
    this.#pop(e.accumulator)
    const count = this.#sizeOrUnknown(e.range)
    if (e.init.kind === 'literal') {
      const size = this.#size(e.init)
      if (size) this.#sizes.set(e.id, size)
    } else if (e.init.kind === 'list' || e.init.kind === 'map') {
      this.#sizes.set(e.id, count)
      const made = this.#entry(e.step)
      if (made) this.#entries.set(e.id, made)
    }
    return plus(before, result, times(count, plus(step, condition)))
  }

  #binding(e: Comprehension): Range {
    const before = plus(this.cost(e.range), this.cost(e.init))
    this.#push(e.accumulator, { path: this.#path(e.init), size: this.#size(e.init), entry: this.#entry(e.init) })
    const result = this.cost(e.result)
    this.#pop(e.accumulator)
    this.#copy(e, e.result)
    return plus(before, result)
  }
}

export const estimateCost = (expr: Expr, checked: Checked, sizeOf: SizeOf): Range =>
  new Estimator(checked, sizeOf).cost(expr)
