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

const SHARED = ['labels', 'annotations', 'ownerReferences'] as const

/** @returns theirs where it is equal, the order of keys included: texts made of it are the same; else mine, with those parts of theirs that are equal */
function shared(mine: Draft, theirs: Draft): Draft {
  if (mine === theirs || typeof mine !== 'object' || typeof theirs !== 'object' || !mine || !theirs) return mine
  if (Array.isArray(mine) !== Array.isArray(theirs) || Object.isFrozen(mine)) return mine
  const names = Object.keys(theirs)
  let equal = true
  let at = 0
  for (const key in mine) {
    const [was, other] = [mine[key], Object.hasOwn(theirs, key) ? theirs[key] : undefined]
    const now = shared(was, other)
    if (now !== was) mine[key] = now
    if (now !== other || key !== names[at++]) equal = false
  }
  return equal && at === names.length ? theirs : mine
}
