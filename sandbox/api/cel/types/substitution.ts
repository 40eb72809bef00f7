/** Substitutions for type parameters, inferred while an expression is checked. */
import { DYN, isDyn, isExact, type Type } from './types.ts'

/** By a parameter's name. */
export type Substitution = ReadonlyMap<string, Type>
type Draft = Map<string, Type>

const isDynOrError = (t: Type): boolean => isDyn(t) || t.kind === 'error'
const NULLABLE: ReadonlySet<Type['kind']> = new Set(['opaque', 'object', 'duration', 'timestamp'])

function isEqualOrLessSpecific(a: Type, b: Type): boolean {
  if (isDyn(a) || a.kind === 'parameter') return true
  if (isDyn(b) || b.kind === 'parameter' || a.kind !== b.kind) return false
  if (a.kind === 'type') return true
  if (a.kind === 'opaque' || a.kind === 'list' || a.kind === 'map')
    return (
      a.name === b.name &&
      a.params.length === b.params.length &&
      a.params.every((param, i) => isEqualOrLessSpecific(param, b.params[i]!))
    )
  return isExact(a, b)
}

export const mostGeneral = (a: Type, b: Type): Type => (isEqualOrLessSpecific(a, b) ? a : b)

function notReferencedIn(m: Draft, t: Type, within: Type): boolean {
  if (isExact(t, within)) return false
  if (within.kind === 'parameter') {
    const found = m.get(within.name)
    return !found || notReferencedIn(m, t, found)
  }
  return within.params.every(param => notReferencedIn(m, t, param))
}

/** Whether the second, a parameter, may stand for the first; and whether something stands for it already. */
function substitutes(m: Draft, t1: Type, t2: Type): { valid: boolean; has: boolean } {
  if (t1.kind === t2.kind && isExact(t1, t2)) return { valid: true, has: true }
  const found = m.get(t2.name)
  if (found) {
    if (t1.kind === found.kind && isExact(t1, found)) return { valid: true, has: true }
    if (!assignable(m, t1, found)) return { valid: false, has: true }
    const general = mostGeneral(t1, found)
    if (notReferencedIn(m, t2, general)) m.set(t2.name, general)
    return { valid: true, has: true }
  }
  if (!notReferencedIn(m, t2, t1)) return { valid: false, has: false }
  m.set(t2.name, t1)
  return { valid: true, has: false }
}

function assignable(m: Draft, t1: Type, t2: Type): boolean {
  if (t2.kind === 'parameter') {
    const { valid, has } = substitutes(m, t1, t2)
    if (valid) return true
    if (has) return false
  }
  if (t1.kind === 'parameter') return substitutes(m, t2, t1).valid
  if (isDynOrError(t1) || isDynOrError(t2)) return true
  if (t1.kind === 'null') return NULLABLE.has(t2.kind) || t2.kind === 'null'
  if (t2.kind === 'null') return NULLABLE.has(t1.kind)
  if (t1.kind === 'type') return t2.kind === 'type'
  return (
    t1.kind === t2.kind &&
    t1.name === t2.name &&
    t1.params.length === t2.params.length &&
    t1.params.every((param, i) => assignable(m, param, t2.params[i]!))
  )
}

/** @returns what is known then; undefined when they do not go together */
export function assign(m: Substitution, from: readonly Type[], to: readonly Type[]): Substitution | undefined {
  if (from.length !== to.length) return undefined
  const draft = new Map(m)
  return from.every((t, i) => assignable(draft, t, to[i]!)) ? draft : undefined
}

/** @param free whether what nothing stands for becomes dyn */
export function substitute(m: Substitution, type: Type, free: boolean): Type {
  if (type.kind === 'parameter') {
    const found = m.get(type.name)
    if (found) return substitute(m, found, free)
    return free ? DYN : type
  }
  if (!type.params.length) return type
  return { ...type, params: type.params.map(param => substitute(m, param, free)) }
}
