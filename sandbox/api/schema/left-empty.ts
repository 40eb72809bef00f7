/** Lists and maps that a client has sent empty: nothing of them is kept, and yet messages show them so, and those that were not sent as null. */

type Empty = readonly [] | Readonly<Record<string, never>>
const notes = new WeakMap<object, Map<string, Empty>>()

export function noteEmpty(object: object, key: string, value: unknown): void {
  const known = notes.get(object) ?? new Map<string, Empty>()
  notes.set(object, known.set(key, Array.isArray(value) ? [] : {}))
}

/** What is frozen is kept, and nobody knows any more how it was sent. */
export const emptyAt = (object: object | null | undefined, key: string): Empty | undefined =>
  object && !Object.isFrozen(object) ? notes.get(object)?.get(key) : undefined

/** A copy, or part of one, in which the same is empty. */
export function alsoEmpty<T extends object>(copy: T, of: object): T {
  const known = notes.get(of)
  if (known) notes.set(copy, known)
  return copy
}

/** A deep copy, in which the same is empty everywhere. */
export function alsoEmptyWithin<T extends object>(copy: T, of: object): T {
  alsoEmpty(copy, of)
  for (const [key, theirs] of Object.entries(of)) {
    const ours: unknown = Reflect.get(copy, key)
    if (typeof theirs === 'object' && theirs !== null && typeof ours === 'object' && ours !== null)
      alsoEmptyWithin(ours, theirs)
  }
  return copy
}
