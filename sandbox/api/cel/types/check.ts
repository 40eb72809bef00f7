/** Finds the types of an expression's parts, the overloads that its calls mean, and what does not fit. */

import { Uint, type Value } from '../runtime/values.ts'
import {
  type Call,
  type Comprehension,
  type Expr,
  type List,
  type MapLiteral,
  qualifiedName,
  type Select,
  type Struct,
} from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Declarations, Overload } from './declarations.ts'
import { Inference } from './inference.ts'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DYN,
  ERROR,
  INT,
  isDyn,
  isExact,
  isOptional,
  listOf,
  mapOf,
  NULL,
  objectType,
  optionalOf,
  STRING,
  shown,
  TYPE_NAMES,
  type Type,
  typeOf,
  UINT,
  unwrapped,
} from './types.ts'

export interface Checked {
  typeOf(expr: Expr): Type
  /** The overloads that a call may mean. */
  overloadsOf(expr: Expr): readonly Overload[]
}

function literalType(value: Value): Type {
  if (value === null) return NULL
  if (value instanceof Uint) return UINT
  if (value instanceof Uint8Array) return BYTES
  if (typeof value === 'bigint') return INT
  if (typeof value === 'number') return DOUBLE
  return typeof value === 'string' ? STRING : BOOL
}

const OPTIONAL_SELECT: Overload = {
  id: 'select_optional_field',
  member: false,
  params: [DYN, STRING],
  result: optionalOf(DYN),
}

class Checker {
  readonly #declared: Declarations
  readonly #source: Source
  readonly #types = new Map<number, Type>()
  readonly #overloads = new Map<number, readonly Overload[]>()
  /** Innermost last. */
  readonly #scopes: Map<string, Type>[] = []
  readonly #inferred = new Inference()

  constructor(declared: Declarations, source: Source) {
    this.#declared = declared
    this.#source = source
  }

  checked(): Checked {
    const types = new Map([...this.#types].map(([id, type]) => [id, this.#inferred.settled(type)]))
    return {
      typeOf: ({ id }) => types.get(id) ?? DYN,
      overloadsOf: ({ id }) => this.#overloads.get(id) ?? [],
    }
  }

  check(e: Expr): void {
    switch (e.kind) {
      case 'literal':
        this.#set(e, literalType(e.value))
        break
      case 'ident':
        this.#ident(e)
        break
      case 'select':
        this.#select(e)
        break
      case 'call':
        this.#call(e)
        break
      case 'list':
        this.#list(e)
        break
      case 'map':
        this.#map(e)
        break
      case 'struct':
        this.#struct(e)
        break
      case 'comprehension':
        this.#comprehension(e)
        break
      case 'unspecified':
        this.#report(e, 'unexpected unspecified type: expr')
        break
    }
  }

  #report(e: { id: number }, words: string): void {
    this.#source.reportAt(e.id, words)
  }
  #set(e: Expr, type: Type): void {
    this.#types.set(e.id, type)
  }
  #get = (e: Expr): Type => this.#types.get(e.id) ?? ERROR

  #lookUp(name: string): Type | undefined {
    const plain = name.startsWith('.') ? name.slice(1) : name
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const found = this.#scopes[i]!.get(plain)
      if (found) return found
    }
    const variable = this.#declared.variables.get(plain)
    if (variable) return variable
    const named = TYPE_NAMES.get(plain)
    if (named) return typeOf(named)
    return this.#declared.objects.fieldsOf(plain) ? typeOf(objectType(plain)) : undefined
  }

  #undeclared(e: Expr, name: string): void {
    this.#set(e, ERROR)
    this.#report(e, `undeclared reference to '${name}' (in container '')`)
  }

  #ident(e: Extract<Expr, { kind: 'ident' }>): void {
    const type = this.#lookUp(e.name)
    if (!type) {
      this.#undeclared(e, e.name)
      return
    }
    e.name = e.name.replace(/^\./, '')
    this.#set(e, type)
  }

  #select(e: Select): void {
    const name = qualifiedName(e)
    const type = name && this.#lookUp(name)
    if (type) {
      this.#set(e, type)
      Object.assign(e, { kind: 'ident', name: name.replace(/^\./, '') })
      return
    }
    const found = this.#field(e, e.operand, e.field, false)
    this.#set(e, e.test ? BOOL : this.#inferred.current(found))
  }

  #field(e: Expr, operand: Expr, field: string, optional: boolean): Type {
    this.check(operand)
    const type = this.#inferred.current(this.#get(operand))
    const target = unwrapped(type)
    let result = DYN
    if (target.kind === 'map') result = target.params[1]!
    else if (target.kind === 'object') result = this.#fieldOf(e, target.name, field) ?? ERROR
    else if (target.kind === 'parameter') this.#inferred.assign([DYN], [target])
    else if (!isDyn(target) && target.kind !== 'error')
      this.#report(e, `type '${shown(target)}' does not support field selection`)
    return isOptional(type) || optional ? optionalOf(result) : result
  }

  #fieldOf(e: { id: number }, type: string, field: string): Type | undefined {
    const fields = this.#declared.objects.fieldsOf(type)
    if (!fields) {
      this.#report(e, `unexpected failed resolution of '${type}'`)
      return undefined
    }
    const found = fields.get(field)
    if (!found) this.#report(e, `undefined field '${field}'`)
    return found
  }

  #optionalSelect(e: Call): void {
    const [operand, field] = e.args as [Expr, Expr]
    const name = field.kind === 'literal' ? String(field.value) : ''
    this.#set(e, this.#inferred.current(this.#field(e, operand, name, true)))
    this.#overloads.set(e.id, [OPTIONAL_SELECT])
  }

  #call(e: Call): void {
    if (e.name === '_?._') {
      this.#optionalSelect(e)
      return
    }
    for (const arg of e.args) this.check(arg)
    if (!e.target) {
      const plain = e.name.replace(/^\./, '')
      const overloads = this.#declared.functions.get(plain)
      if (!overloads) {
        this.#undeclared(e, e.name)
        return
      }
      e.name = plain
      this.#resolve(e, overloads)
      return
    }
    const prefix = qualifiedName(e.target)
    const full = prefix !== undefined && `${prefix.replace(/^\./, '')}.${e.name}`
    const namespaced = full && this.#declared.functions.get(full)
    if (namespaced) {
      e.name = full
      e.target = undefined
      this.#resolve(e, namespaced)
      return
    }
    this.check(e.target)
    const overloads = this.#declared.functions.get(e.name)
    if (!overloads) {
      this.#undeclared(e, e.name)
      return
    }
    this.#resolve(e, overloads)
  }

  #resolve(e: Call, overloads: readonly Overload[]): void {
    const { target, args, name } = e
    const given = (target ? [target, ...args] : args).map(this.#get)
    if (name === '_&&_' || name === '_||_') {
      this.#logic(e, overloads)
      return
    }
    const found: Overload[] = []
    let result: Type | undefined
    for (const overload of overloads) {
      if (overload.member !== (target !== undefined)) continue
      const [own, ...params] = this.#inferred.instance(overload)
      if (!this.#inferred.assign(given, params)) continue
      found.push(overload)
      const type = this.#inferred.current(own!)
      if (!result) result = type
      else if (!isDyn(result) && !isExact(type, result)) result = DYN
    }
    if (result) {
      this.#set(e, result)
      this.#overloads.set(e.id, found)
      return
    }
    const types = given.map(t => shown(this.#inferred.settled(t)))
    const signature = target ? `${types[0]}.(${types.slice(1).join(', ')})` : `(${types.join(', ')})`
    this.#set(e, ERROR)
    this.#report(e, `found no matching overload for '${name}' applied to '${signature}'`)
  }

  #logic(e: Call, overloads: readonly Overload[]): void {
    let isWrong = false
    for (const arg of e.args) {
      const type = this.#get(arg)
      if (this.#inferred.assign([type], [BOOL])) continue
      isWrong = true
      this.#mismatch(arg, BOOL, type)
    }
    this.#set(e, isWrong ? ERROR : BOOL)
    if (!isWrong) this.#overloads.set(e.id, overloads)
  }

  #mismatch(e: Expr, expected: Type, found: Type): void {
    this.#report(e, `expected type '${shown(expected)}' but found '${shown(found)}'`)
  }

  /** What an element that may be missing adds. */
  #optional(e: Expr, isSo: boolean): Type {
    const type = this.#get(e)
    if (!isSo) return type
    if (!isOptional(type) && !isDyn(type)) this.#mismatch(e, optionalOf(type), type)
    return unwrapped(type)
  }

  #list(e: List): void {
    let type: Type | undefined
    for (const [i, element] of e.elements.entries()) {
      this.check(element)
      type = this.#inferred.joined(type, this.#optional(element, e.optional.has(i)))
    }
    this.#set(e, listOf(type ?? this.#inferred.variable()))
  }

  #map(e: MapLiteral): void {
    let keys: Type | undefined
    let values: Type | undefined
    for (const { key, value, optional } of e.entries) {
      this.check(key)
      keys = this.#inferred.joined(keys, this.#get(key))
      this.check(value)
      values = this.#inferred.joined(values, this.#optional(value, optional))
    }
    this.#set(e, keys && values ? mapOf(keys, values) : mapOf(this.#inferred.variable(), this.#inferred.variable()))
  }

  #struct(e: Struct): void {
    const type = this.#lookUp(e.type)
    if (!type) {
      this.#undeclared(e, e.type)
      return
    }
    e.type = e.type.replace(/^\./, '')
    let made = ERROR
    if (type.kind !== 'type') this.#report(e, `'${type.name}' is not a type`)
    else if (type.params[0]?.kind === 'object') made = type.params[0]
    else this.#report(e, `'${type.params[0]?.name}' is not a message type`)
    this.#set(e, made)
    for (const field of e.fields) {
      this.check(field.value)
      const wanted = made.kind === 'object' ? (this.#fieldOf(field, made.name, field.name) ?? ERROR) : ERROR
      if (made.kind !== 'object') this.#report(field, `unexpected failed resolution of '${e.type}'`)
      const given = this.#optional(field.value, field.optional)
      if (this.#inferred.assign([wanted], [given])) continue
      const words = `expected type of field '${field.name}' is '${shown(wanted)}' but provided type is '${shown(given)}'`
      this.#report(field, words)
    }
  }

  #comprehension(e: Comprehension): void {
    this.check(e.range)
    this.check(e.init)
    const range = this.#inferred.current(this.#get(e.range))
    const accumulated = this.#get(e.init)
    this.#scopes.push(new Map([[e.accumulator, accumulated]]))
    const [first, second] = this.#iterated(e, range)
    this.#scopes.push(new Map([[e.variable, first], ...(e.second ? [[e.second, second] as const] : [])]))
    this.check(e.condition)
    this.#assert(e.condition, BOOL)
    this.check(e.step)
    this.#assert(e.step, accumulated)
    this.#scopes.pop()
    this.check(e.result)
    this.#scopes.pop()
    this.#set(e, this.#inferred.current(this.#get(e.result)))
  }

  #iterated(e: Comprehension, range: Type): [Type, Type] {
    const two = e.second !== undefined
    // Any other name for dyn is a type of its own here.
    switch (isExact(range, DYN) || range.kind !== 'dyn' ? range.kind : 'null') {
      case 'list':
        return two ? [INT, range.params[0]!] : [range.params[0]!, DYN]
      case 'map':
        return [range.params[0]!, range.params[1]!]
      case 'dyn':
      case 'error':
      case 'parameter':
        this.#inferred.assign([DYN], [range])
        return [DYN, DYN]
      default: {
        const type = shown(range)
        const why = 'cannot be range of a comprehension (must be list, map, or dynamic)'
        this.#report(e.range, `expression of type '${type}' ${why}`)
        return [ERROR, ERROR]
      }
    }
  }

  #assert(e: Expr, type: Type): void {
    const found = this.#get(e)
    if (!this.#inferred.assign([type], [found])) this.#mismatch(e, type, found)
  }
}

/** Names in the expression are made whole; what does not fit is reported to the source. */
export function checkTypes(expr: Expr, source: Source, declared: Declarations): Checked {
  const checker = new Checker(declared, source)
  checker.check(expr)
  return checker.checked()
}
