/**
 * Pods of one template say nearly the same. What a new Pod has in common with the one before it is taken over from that
 * one, which is stored and never changes: thousands of Pods hold one copy, and what is the same is seen to be at once.
 */
import type { Draft } from '../../kind.ts'

let last: { metadata: Draft; spec: Draft } | undefined

export function shareWithKin({ metadata, spec }: Draft): void {
  if (!metadata.ownerReferences) return
  if (last && Object.isFrozen(last.spec)) {
    for (const key of SHARED) if (metadata[key]) metadata[key] = shared(metadata[key], last.metadata[key])
    for (const key in spec) spec[key] = shared(spec[key], last.spec[key])
  }
  const { labels, annotations, ownerReferences } = metadata
  last = { metadata: { labels, annotations, ownerReferences }, spec }
}

/**
 * What says all that a Pod asks for: of one with a single container its `resources`, which it shares with its kin; else its
 * spec. What was found out about that is remembered by it.
 */
export function resourcesKey(spec: Draft): object {
  const { containers, initContainers, resources, overhead } = spec
  const alone = containers?.length === 1 && !initContainers?.length && !resources && !overhead
  return (alone && containers[0].resources) || spec
}

const SHARED = ['labels', 'annotations', 'ownerReferences'] as const

/** @returns theirs where it is the same; else mine, with those parts of theirs that are the same */
function shared(mine: Draft, theirs: Draft): Draft {
  if (isSame(mine, theirs)) return theirs
  if (typeof mine !== 'object' || typeof theirs !== 'object' || !mine || !theirs) return mine
  if (Array.isArray(mine) !== Array.isArray(theirs) || Object.isFrozen(mine)) return mine
  for (const key of Object.keys(mine)) {
    if (typeof mine[key] === 'object' && Object.hasOwn(theirs, key)) mine[key] = shared(mine[key], theirs[key])
  }
  return mine
}

/**
 * Whether two values are equal, the order of keys included: texts made of them are the same. Looking and replacing are two
 * functions: one that does both to objects of every shape is thrown away by the engine again and again.
 */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!isSame(a[i], b[i])) return false
    return true
  }
  if (Array.isArray(b)) return false
  const keys = Object.keys(b)
  let at = 0
  for (const key in a) {
    if (key !== keys[at++] || !isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
      return false
  }
  return at === keys.length
}
