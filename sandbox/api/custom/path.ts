/** The simple JSON paths of printer columns and scale: .spec.parts[*].name, .status.conditions[?(@.type=="Ready")].status */
import { isObject, setOwn } from '../formats/json.ts'

const STEP =
  /^\.?(?:([A-Za-z0-9_$/-]+(?:\\\.[A-Za-z0-9_$/-]+)*)|\[(\*|-?\d+|-?\d*:-?\d*|'[^']*'|"[^"]*"|\?\([^)]*\))\])/
const FILTER = /^\?\(\s*@((?:\.|\[)[^=!<>\s]+)\s*(?:(==|!=|<=?|>=?)\s*("[^"]*"|'[^']*'|true|false|-?[\d.]+)\s*)?\)$/

function literalValue(literal: string): string | number | boolean {
  if (/^["']/.test(literal)) return literal.slice(1, -1)
  return literal === 'true' || (literal !== 'false' && Number(literal))
}

/** Whether an entry of a list is one that a filter asks for: a comparison of things of one type, or that there is something. */
function passes(entry: unknown, filter: string): boolean {
  const [, path, operator, literal] = FILTER.exec(filter) ?? []
  if (path === undefined) return false
  const [left] = readPath(entry, path)
  if (operator === undefined) return left !== undefined
  const right = literalValue(literal!)
  if (typeof left !== typeof right) return false
  const [a, b] = [left as typeof right, right]
  switch (operator) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    default:
      return a >= b
  }
}

export function readPath(object: unknown, path: string): unknown[] {
  let found: unknown[] = [object]
  let rest = path
  while (rest) {
    const m = STEP.exec(rest)
    if (!m) return []
    rest = rest.slice(m[0].length)
    const [, name, index] = m
    found = found.flatMap(value => {
      if (name !== undefined) return child(value, name.replaceAll('\\.', '.'))
      if (index === '*') return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
      if (index?.startsWith('?')) return Array.isArray(value) ? value.filter(entry => passes(entry, index)) : []
      const slice = /^(-?\d*):(-?\d*)$/.exec(index!)
      if (slice)
        return Array.isArray(value) ? value.slice(Number(slice[1] || 0), slice[2] ? Number(slice[2]) : undefined) : []
      if (/^-?\d+$/.test(index!)) return Array.isArray(value) ? value.slice(Number(index)).slice(0, 1) : []
      return child(value, index!.slice(1, -1))
    })
  }
  return found
}

const child = (value: unknown, key: string): unknown[] =>
  isObject(value) && Object.hasOwn(value, key) ? [value[key]] : []

/** Sets what a path of plain names leads to; changes the object. */
export function writePath(object: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('.').filter(Boolean)
  const last = steps.pop()!
  let at = object
  for (const step of steps) {
    const [present] = child(at, step)
    const inner = isObject(present) ? present : {}
    if (inner !== present) setOwn(at, step, inner)
    at = inner
  }
  setOwn(at, last, value)
}
