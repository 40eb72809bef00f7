/** Static checks of literals: durations, times, patterns, formats, and lists of mixed types. */
import { formatFault } from '../library/format.ts'
import { regex } from '../runtime/regex.ts'
import { readDuration, readTimestamp } from '../runtime/times.ts'
import { CelError, type Value } from '../runtime/values.ts'
import type { Checked } from '../types/check.ts'
import { isEquivalent, shown, type Type } from '../types/types.ts'
import { type Call, children, type Expr } from './ast.ts'
import type { Source } from './source.ts'

const READABLE: Readonly<Record<string, (value: Value) => boolean>> = {
  duration: value => typeof value !== 'string' || readDuration(value) !== undefined,
  timestamp: value => typeof value !== 'string' || isTimestamp(value),
  matches: value => typeof value !== 'string' || isRegex(value),
}

const holds = (work: () => unknown): boolean => {
  try {
    return work() !== undefined
  } catch (error) {
    if (error instanceof CelError) return false
    throw error
  }
}
const isTimestamp = (text: string): boolean => holds(() => readTimestamp(text))
const isRegex = (text: string): boolean => holds(() => regex(text))

export function checkLiterals(expr: Expr, source: Source, { typeOf }: Checked): void {
  const mismatch = (e: Expr, expected: Type, found: Type): void =>
    source.reportAt(e.id, `expected type '${shown(expected)}' but found '${shown(found)}'`)

  /** @returns whether they are all of one type */
  const alike = (parts: readonly (readonly [Expr, optional: boolean])[], first: boolean): void => {
    let wanted: Type | undefined
    for (const [part, optional] of parts) {
      const type = optional ? typeOf(part).params[0]! : typeOf(part)
      wanted ??= type
      if (isEquivalent(wanted, type)) continue
      mismatch(part, wanted, type)
      if (first) return
    }
  }

  const call = (e: Call): void => {
    const [arg] = e.args
    const isReadable = READABLE[e.name]
    if (isReadable && arg?.kind === 'literal' && !isReadable(arg.value))
      source.reportAt(arg.id, `invalid ${e.name} argument`)
    if (e.name !== 'format' || e.target?.kind !== 'literal' || arg?.kind !== 'list') return
    const fault = typeof e.target.value === 'string' && formatFault(e.target.value, arg.elements, typeOf)
    if (fault) source.reportAt((fault.at ?? e).id, fault.words)
  }

  /** What is formatted may be of any types. */
  const walk = (e: Expr, formatted: boolean): void => {
    if (e.kind === 'call') call(e)
    if (e.kind === 'list' && !formatted)
      alike(
        e.elements.map((el, i) => [el, e.optional.has(i)] as const),
        true,
      )
    if (e.kind === 'map' && !formatted) {
      alike(
        e.entries.map(({ key }) => [key, false] as const),
        false,
      )
      alike(
        e.entries.map(({ value, optional }) => [value, optional] as const),
        false,
      )
    }
    for (const child of children(e)) walk(child, formatted || (e.kind === 'call' && e.name === 'format'))
  }
  walk(expr, false)
}
