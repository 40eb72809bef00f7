/** How much memory a program holds: roughly what CPython would take for what its names lead to. */

import { DictView, PyDict, PyList, PySet, PyTuple } from '../objects/containers.ts'
import type { Value } from '../objects/values.ts'
import { Instance, PyBytes } from '../objects/values.ts'
import type { Machine } from './machine.ts'

const OBJECT = 56
const NUMBER = 28
const ENTRY = 100
/** Of a value in a list. */
export const PLACE = 8
/** Looking takes as long as there is much to be seen: after so many bytes, as many looks are left out. */
const SEEN_AT_ONCE = 200_000

const skipped = new WeakMap<Machine, { looks: number; bytes: number }>()

/** Bytes, as of the last look. */
export function weigh(machine: Machine): number {
  const before = skipped.get(machine) ?? { looks: 0, bytes: 0 }
  skipped.set(machine, before)
  if (--before.looks > 0 && !machine.allocated) return before.bytes + machine.collecting
  machine.allocated = 0
  before.bytes = held(machine)
  before.looks = Math.ceil(before.bytes / SEEN_AT_ONCE)
  return before.bytes + machine.collecting
}

/** Of a value alone, without what it holds. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return 49 + value.length
  if (typeof value !== 'object' || value === null) return NUMBER
  if (value instanceof PyBytes) return OBJECT + value.text.length
  if (value instanceof PyList || value instanceof PyTuple) return OBJECT + value.items.length * PLACE
  return value instanceof PyDict || value instanceof PySet ? OBJECT + value.entries.size * ENTRY : OBJECT
}

function held(machine: Machine): number {
  const seen = new Set<Value>()
  const left: Value[] = []
  let bytes = 0
  const add = (value: Value): void => {
    if (typeof value === 'string' || typeof value === 'number') bytes += sizeOf(value)
    else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value)
      left.push(value)
    }
  }
  for (const frame of machine.threads.frames())
    for (let names: typeof frame.names | undefined = frame.names; names; names = names.outer)
      for (const value of names.values.values()) add(value)
  for (const { content, pending } of machine.unflushed) bytes += content.length + pending.length
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    bytes += sizeOf(value)
    if (value instanceof PyList || value instanceof PyTuple) for (const item of value.items) add(item)
    else if (value instanceof PyDict)
      for (const [key, item] of value.entries.values()) {
        add(key)
        add(item)
      }
    else if (value instanceof PySet) for (const item of value.entries.values()) add(item)
    if (value instanceof DictView) add(value.of)
    if (value instanceof Instance) for (const item of value.attrs?.values() ?? []) add(item)
  }
  return bytes
}
