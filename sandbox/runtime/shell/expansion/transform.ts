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

/** `/`, `//`, `/#`, `/%`. @param by what comes instead of a match, or what makes it of the match */
export function replaced(
  value: string,
  operator: Operator<'Replace'>,
  pattern: string,
  by: (match: string) => string,
): string {
  const source = patternSource(pattern)
  if (!source) return value
  const anchored = operator === '/#' ? `^(?:${source})` : operator === '/%' ? `(?:${source})$` : source
  return value.replace(new RegExp(anchored, operator === '//' ? 'g' : ''), by)
}

/** `:offset:length`; below zero both count from the end. */
export function slice(value: string, offset: number, length?: number): string {
  const from = offset < 0 ? value.length + offset : offset
  if (from < 0) return ''
  if (length === undefined) return value.slice(from)
  return length < 0 ? value.slice(from, value.length + length) : value.slice(from, from + length)
}

/** `&` in what replaces a match is the match, where no backslash and no quote protects it. */
export const withMatch =
  (replacement: string) =>
  (match: string): string =>
    replacement.replace(/\\([\s\S])|&/g, (_, literal: string | undefined) => literal ?? match)

const upper = (c: string): string => c.toUpperCase()
const lower = (c: string): string => c.toLowerCase()
const other = (c: string): string => (c === upper(c) ? lower(c) : upper(c))

/** `^`, `,`, `~` for the first letter, doubled for all; with a pattern only letters that match it. */
export function inCase(value: string, operator: string, pattern = ''): string {
  const change = operator[0] === '^' ? upper : operator[0] === ',' ? lower : other
  const changed = (c: string): string => (!pattern || matches(pattern, c) ? change(c) : c)
  const letters = [...value]
  return letters.map((c, i) => (i && operator.length === 1 ? c : changed(c))).join('')
}
