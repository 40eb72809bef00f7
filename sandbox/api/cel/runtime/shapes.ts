/** Static properties of an expression that its costs depend on. */
import type { Call, Expr } from '../syntax/ast.ts'
import { TYPE_NAMES } from '../types/types.ts'

/** Conversions of what is written there are done once, before. */
const CONVERSIONS: ReadonlySet<string> = new Set([
  'bool',
  'bytes',
  'double',
  'duration',
  'int',
  'string',
  'timestamp',
  'type',
  'uint',
])

export const isConversion = (e: Call): boolean =>
  !e.target && e.args.length === 1 && CONVERSIONS.has(e.name) && e.args[0]!.kind === 'literal'

/** What is the same whenever it is asked for, and made once. */
export function isConstant(e: Expr): boolean {
  if (e.kind === 'literal') return true
  if (e.kind === 'ident') return TYPE_NAMES.has(e.name)
  if (e.kind === 'list') return e.optional.size === 0 && e.elements.every(isConstant)
  if (e.kind === 'map') return e.entries.every(en => !en.optional && isConstant(en.key) && isConstant(en.value))
  return e.kind === 'call' && isConversion(e)
}

/** Names, fields and elements in a row, read as one. */
export function isChain(e: Expr): boolean {
  if (e.kind === 'ident') return true
  if (e.kind === 'select') return !e.test
  return e.kind === 'call' && (e.name === '_[_]' || e.name === '_[?_]' || e.name === '_?._')
}

export function beginsWithName(e: Expr): boolean {
  if (e.kind === 'ident') return true
  if (e.kind === 'select') return beginsWithName(e.operand)
  return e.kind === 'call' && (e.name === '_[_]' || e.name === '_?._') && beginsWithName(e.args[0]!)
}

/** What a loop that makes a list or a map begins with; it belongs to that loop alone. */
export const isEmptyLiteral = (e: Expr): boolean =>
  (e.kind === 'list' && !e.elements.length) || (e.kind === 'map' && !e.entries.length)
