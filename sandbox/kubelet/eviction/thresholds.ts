/** The default hard eviction thresholds: how much of a node has to be free, and what is kept back for that. */
import { bytesOf } from '../containers/limits.ts'

/** By eviction signal, as a kubelet's configuration writes them. */
export const EVICTION_HARD = {
  'imagefs.available': '15%',
  'imagefs.inodesFree': '5%',
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
} as const

type Signal = keyof typeof EVICTION_HARD

/** @returns the least that has to be free, in bytes; percentages are of the capacity, and numbers of single precision */
export function thresholdOf(signal: Signal, capacity: number): number {
  const value = EVICTION_HARD[signal]
  if (!value.endsWith('%')) return bytesOf(value)
  return Math.trunc(capacity * Math.fround(Number(value.slice(0, -1)) / 100))
}
