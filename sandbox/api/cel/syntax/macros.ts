/** Macros: calls that stand for more than a call, mostly loops over a list or a map. */
import type { Value } from '../runtime/values.ts'
import { ACCUMULATOR, type Comprehension, type Expr, OLD_ACCUMULATOR } from './ast.ts'
import type { Source } from './source.ts'

export class MacroFault extends Error {
  /** The node that is to blame. */
  readonly id: number
  constructor(id: number, message: string) {
    super(message)
    this.id = id
  }
}

/** @returns undefined to let it be a call; @throws MacroFault */
export type Expander = (source: Source, id: number, args: Expr[], target?: Expr) => Expr | undefined

/** Makes nodes that stand where the macro stood. */
function maker(source: Source, id: number) {
  const next = (): number => source.mark(source.placeOf(id))
  const ident = (name: string): Expr => ({ kind: 'ident', id: next(), name })
  const m = {
    literal: (value: Value): Expr => ({ kind: 'literal', id: next(), value }),
    list: (...elements: Expr[]): Expr => ({ kind: 'list', id: next(), elements, optional: new Set() }),
    map: (): Expr => ({ kind: 'map', id: next(), entries: [] }),
    ident,
    accumulator: (): Expr => ident(ACCUMULATOR),
    call: (name: string, ...args: Expr[]): Expr => ({ kind: 'call', id: next(), name, target: undefined, args }),
    member: (name: string, target: Expr, ...args: Expr[]): Expr => ({ kind: 'call', id: next(), name, target, args }),
    loop: (parts: Omit<Comprehension, 'kind' | 'id'>): Expr => ({ kind: 'comprehension', id: next(), ...parts }),
    copy: (expr: Expr): Expr => copied(source, expr),
  }
  return m
}
type Maker = ReturnType<typeof maker>

function copied(source: Source, expr: Expr): Expr {
  const again = (e: Expr): Expr => copied(source, e)
  const id = source.mark(source.placeOf(expr.id))
  switch (expr.kind) {
    case 'select':
      return { ...expr, id, operand: again(expr.operand) }
    case 'call':
      return { ...expr, id, args: expr.args.map(again), target: expr.target && again(expr.target) }
    case 'list':
      return { ...expr, id, elements: expr.elements.map(again) }
    case 'map':
      return {
        ...expr,
        id,
        entries: expr.entries.map(e => ({
          ...e,
          id: source.mark(source.placeOf(e.id)),
          key: again(e.key),
          value: again(e.value),
        })),
      }
    case 'struct':
      return {
        ...expr,
        id,
        fields: expr.fields.map(f => ({ ...f, id: source.mark(source.placeOf(f.id)), value: again(f.value) })),
      }
    case 'comprehension': {
      const [range, init] = [again(expr.range), again(expr.init)]
      const [condition, step, result] = [again(expr.condition), again(expr.step), again(expr.result)]
      return { ...expr, id, range, init, condition, step, result }
    }
    default:
      return { ...expr, id }
  }
}

type Variables = Pick<Comprehension, 'variable' | 'second'>

const OVERWRITES = 'iteration variable overwrites accumulator variable'
const isTaken = (name: string): boolean => name === ACCUMULATOR || name === OLD_ACCUMULATOR

function simpleName(arg: Expr, words: string): string {
  if (arg.kind !== 'ident') throw new MacroFault(arg.id, words)
  return arg.name
}

function one(arg: Expr, words: string): Variables {
  const variable = simpleName(arg, words)
  if (isTaken(variable)) throw new MacroFault(arg.id, OVERWRITES)
  return { variable, second: undefined }
}

const SIMPLE = 'argument must be a simple name'

function two(first: Expr, other: Expr): Variables {
  const [variable, second] = [simpleName(first, SIMPLE), simpleName(other, SIMPLE)]
  if (variable === second) throw new MacroFault(other.id, `duplicate variable name: ${variable}`)
  if (isTaken(variable)) throw new MacroFault(first.id, OVERWRITES)
  if (isTaken(second)) throw new MacroFault(other.id, OVERWRITES)
  return { variable, second }
}

type Loop = Pick<Comprehension, 'init' | 'condition' | 'step' | 'result'>
type Quantifier = (m: Maker, predicate: Expr) => Loop

const all: Quantifier = (m, predicate) => ({
  init: m.literal(true),
  condition: m.call('@not_strictly_false', m.accumulator()),
  step: m.call('_&&_', m.accumulator(), predicate),
  result: m.accumulator(),
})
const exists: Quantifier = (m, predicate) => ({
  init: m.literal(false),
  condition: m.call('@not_strictly_false', m.call('!_', m.accumulator())),
  step: m.call('_||_', m.accumulator(), predicate),
  result: m.accumulator(),
})
const existsOne: Quantifier = (m, predicate) => ({
  init: m.literal(0n),
  condition: m.literal(true),
  step: m.call('_?_:_', predicate, m.call('_+_', m.accumulator(), m.literal(1n)), m.accumulator()),
  result: m.call('_==_', m.accumulator(), m.literal(1n)),
})

/** A loop that gathers, where a filter lets it. */
const gathering = (m: Maker, init: Expr, step: Expr, filter?: Expr): Loop => ({
  init,
  condition: m.literal(true),
  step: filter ? m.call('_?_:_', filter, step, m.accumulator()) : step,
  result: m.accumulator(),
})

function loop(m: Maker, range: Expr, variables: Variables, parts: Loop): Expr {
  return m.loop({ range, ...variables, accumulator: ACCUMULATOR, ...parts })
}

const quantifier =
  (make: Quantifier): Expander =>
  (source, id, args, target) => {
    const variables = args.length === 2 ? one(args[0]!, SIMPLE) : two(args[0]!, args[1]!)
    const m = maker(source, id)
    return loop(m, target!, variables, make(m, args.at(-1)!))
  }

function mapped(m: Maker, target: Expr, args: Expr[]): Expr {
  const variables = one(args[0]!, 'argument is not an identifier')
  const step = m.call('_+_', m.accumulator(), m.list(args.at(-1)!))
  return loop(m, target, variables, gathering(m, m.list(), step, args.length === 3 ? args[1] : undefined))
}

const map: Expander = (source, id, args, target) => mapped(maker(source, id), target!, args)

const filter: Expander = (source, id, args, target) => {
  const variables = one(args[0]!, 'argument is not an identifier')
  const m = maker(source, id)
  const step = m.call('_+_', m.accumulator(), m.list(args[0]!))
  return loop(m, target!, variables, gathering(m, m.list(), step, args[1]))
}

const has: Expander = (source, id, [arg]) => {
  if (arg?.kind !== 'select') throw new MacroFault(arg!.id, 'invalid argument to has() macro')
  return { ...arg, id: source.mark(source.placeOf(id)), test: true }
}

const transform =
  (init: (m: Maker) => Expr, step: (m: Maker, variable: string, value: Expr) => Expr): Expander =>
  (source, id, args, target) => {
    const variables = two(args[0]!, args[1]!)
    const m = maker(source, id)
    const made = step(m, variables.variable, args.at(-1)!)
    return loop(m, target!, variables, gathering(m, init(m), made, args.length === 4 ? args[2] : undefined))
  }
const INSERT = 'cel.@mapInsert'
const transformList = transform(
  m => m.list(),
  (m, _, value) => m.call('_+_', m.accumulator(), m.list(value)),
)
const transformMap = transform(
  m => m.map(),
  (m, key, value) => m.call(INSERT, m.accumulator(), m.ident(key), value),
)
const transformMapEntry = transform(
  m => m.map(),
  (m, _, value) => m.call(INSERT, m.accumulator(), value),
)

/** A value with a name, as a loop over nothing. */
const bound = (m: Maker, name: string, value: Expr, result: Expr): Expr =>
  m.loop({
    range: m.list(),
    variable: '#unused',
    second: undefined,
    accumulator: name,
    init: value,
    condition: m.literal(false),
    step: m.ident(name),
    result,
  })

const optionalMap =
  (name: string, wrap: (m: Maker, value: Expr) => Expr): Expander =>
  (source, id, args, target) => {
    const variable = simpleName(args[0]!, `${name}() variable name must be a simple identifier`)
    const m = maker(source, id)
    return m.call(
      '_?_:_',
      m.member('hasValue', target!),
      wrap(m, bound(m, variable, m.member('value', m.copy(target!)), args[1]!)),
      m.call('optional.none'),
    )
  }

const SORTED = new Set<Expr['kind']>(['list', 'select', 'ident', 'comprehension', 'call'])
const SORT_INPUT = '@__sortBy_input__'
const sortBy: Expander = (source, id, args, target) => {
  if (!SORTED.has(target!.kind)) {
    const why = 'sortBy can only be applied to a list, identifier, comprehension, call or select expression'
    throw new MacroFault(target!.id, why)
  }
  const m = maker(source, id)
  const keys = mapped(m, m.ident(SORT_INPUT), args)
  return bound(m, SORT_INPUT, target!, m.member('@sortByAssociatedKeys', m.ident(SORT_INPUT), keys))
}

/** By name, number of arguments, and whether something stands before the dot. */
const MACROS: Readonly<Record<string, Expander>> = {
  'has 1 global': has,
  'all 2': quantifier(all),
  'exists 2': quantifier(exists),
  'exists_one 2': quantifier(existsOne),
  'existsOne 2': quantifier(existsOne),
  'all 3': quantifier(all),
  'exists 3': quantifier(exists),
  'exists_one 3': quantifier(existsOne),
  'existsOne 3': quantifier(existsOne),
  'map 2': map,
  'map 3': map,
  'filter 2': filter,
  'transformList 3': transformList,
  'transformList 4': transformList,
  'transformMap 3': transformMap,
  'transformMap 4': transformMap,
  'transformMapEntry 3': transformMapEntry,
  'transformMapEntry 4': transformMapEntry,
  'optMap 2': optionalMap('optMap', (m, value) => m.call('optional.of', value)),
  'optFlatMap 2': optionalMap('optFlatMap', (_, value) => value),
  'sortBy 2': sortBy,
}

/** cel.bind(name, value, expression): a value with a name. */
export const bind: Expander = (source, id, args, target) => {
  if (target?.kind !== 'ident' || target.name !== 'cel') return undefined
  const name = simpleName(args[0]!, 'cel.bind() variable names must be simple identifiers')
  return bound(maker(source, id), name, args[1]!, args[2]!)
}

export type Macros = Readonly<Record<string, Expander>>

/** @param more those that not every language has */
export const findMacro = (name: string, count: number, isMember: boolean, more: Macros = {}): Expander | undefined => {
  const key = `${name} ${count}${isMember ? '' : ' global'}`
  return more[key] ?? MACROS[key]
}
