/** Members of sets: of those that are equal, the first stays. */
import { breathe, collect } from '../machine/iterate.ts'
import type { Machine } from '../machine/machine.ts'
import { PySet } from '../objects/containers.ts'
import { keyOf } from '../objects/keys.ts'
import type { Steps, Value } from '../objects/values.ts'

export function addTo(machine: Machine, target: PySet, item: Value): void {
  const key = keyOf(machine, item)
  if (!target.entries.has(key)) target.entries.set(key, item)
}

/** All that an iterable has becomes members. */
export function* addAll(machine: Machine, target: PySet, source: Value): Steps<PySet> {
  for (const item of yield* collect(machine, source)) {
    if (machine.step()) yield* breathe(machine)
    addTo(machine, target, item)
  }
  return target
}

export const setOf = (machine: Machine, source: Value): Steps<PySet> => addAll(machine, new PySet(), source)
