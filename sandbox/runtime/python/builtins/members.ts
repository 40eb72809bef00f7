/** Members of sets: of those that are equal, the first stays. */
import type { Machine } from '../machine/machine.ts'
import { keyOf } from './keys.ts'
import { set } from './types.ts'
import { PySet, type Value } from './values.ts'

export function addTo(machine: Machine, target: PySet, item: Value): void {
  const key = keyOf(machine, item)
  if (!target.entries.has(key)) target.entries.set(key, item)
}

export function setOf(machine: Machine, items: readonly Value[], cls = set): PySet {
  const all = new PySet(cls)
  for (const item of items) addTo(machine, all, item)
  return all
}
