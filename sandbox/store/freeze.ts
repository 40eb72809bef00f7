/** Deep freezing of stored objects, so that everyone may share them. */

/** Freezes a value with all that is in it. Parts that are frozen already (shared with an earlier version) are skipped. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) deepFreeze(value[i])
    else
      for (const key in value) {
        const child = value[key]
        if (typeof child === 'object' && child !== null) deepFreeze(child)
      }
  }
  return value
}
