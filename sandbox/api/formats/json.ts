/** JSON values as objects are made of: copying and comparing them. A property that is undefined counts as absent. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Letters beyond the first 65,536, which are pairs of units here, come after all others in bytes. */
const inBytes = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit)

/** Strings in the order of their bytes, as Go sorts them. */
export function byBytes(a: string, b: string): number {
  for (let i = 0; ; i++) {
    if (i >= a.length || i >= b.length) return Math.sign(a.length - b.length)
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return inBytes(x) < inBytes(y) ? -1 : 1
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A deep copy that may be changed, whatever was frozen. */
export function clone<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const copy = new Array(value.length)
    for (let i = 0; i < value.length; i++) copy[i] = clone(value[i])
    return copy as T
  }
  const copy: Record<string, unknown> = {}
  for (const key in value) {
    const child = (value as Record<string, unknown>)[key]
    if (child === undefined) continue
    if (key === '__proto__') setOwn(copy, key, clone(child))
    else copy[key] = clone(child)
  }
  return copy as T
}

/** Sets a property of the object itself, also where its name means something to JavaScript, as `__proto__` does. */
export function setOwn(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
}

export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!deepEqual(a[i], b[i])) return false
    return true
  }
  if (Array.isArray(b)) return false
  const x = a as Record<string, unknown>
  const y = b as Record<string, unknown>
  let extra = 0
  for (const key in y) if (y[key] !== undefined) extra++
  for (const key in x) {
    if (x[key] === undefined) continue
    if (!Object.hasOwn(y, key) || !deepEqual(x[key], y[key])) return false
    extra--
  }
  return extra === 0
}
