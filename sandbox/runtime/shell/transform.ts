/** What stands after a parameter's name: `${x#…}`, `${x/…}`, `${x:1:2}`, `${x^^}`, on values that are known. */
import type { ParameterExpansionPart } from 'unbash'
import { matches, patternSource } from './pattern.ts'

type Operation = NonNullable<ParameterExpansionPart['operation']>
type Operator<T extends Operation['type']> = Extract<Operation, { type: T; operator: string }>['operator']

/** `#`, `##`, `%`, `%%`: the shortest or longest match at an end goes. */
export function withoutMatch(value: string, operator: Operator<'Remove'>, pattern: string): string {
  const longest = operator.length === 2
  const head = operator[0] === '#'
  for (let n = 0; n <= value.length; n++) {
    const length = longest ? value.length - n : n
    const piece = head ? value.slice(0, length) : value.slice(value.length - length)
    if (matches(pattern, piece)) return head ? value.slice(length) : value.slice(0, value.length - length)
  }
  return value
}

/** `/`, `//`, `/#`, `/%` */
export function replaced(value: string, operator: Operator<'Replace'>, pattern: string, by: string): string {
  const source = patternSource(pattern)
  if (!source) return value
  const anchored = operator === '/#' ? `^(?:${source})` : operator === '/%' ? `(?:${source})$` : source
  return value.replace(new RegExp(anchored, operator === '//' ? 'g' : ''), () => by)
}

/** `:offset:length`; below zero both count from the end. */
export function slice(value: string, offset: number, length?: number): string {
  const from = offset < 0 ? Math.max(0, value.length + offset) : offset
  if (length === undefined) return value.slice(from)
  return length < 0 ? value.slice(from, value.length + length) : value.slice(from, from + length)
}

/** `^`, `^^`, `,`, `,,` */
export function inCase(value: string, operator: Operator<'CaseModification'>): string {
  switch (operator) {
    case '^^':
      return value.toUpperCase()
    case ',,':
      return value.toLowerCase()
    case '^':
      return value.charAt(0).toUpperCase() + value.slice(1)
    case ',':
      return value.charAt(0).toLowerCase() + value.slice(1)
  }
}
