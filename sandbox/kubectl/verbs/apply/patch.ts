/** The patch of apply for an object that exists: a three-way patch, in the form that the server takes for its kind. */
import type { Obj } from '../../objects.ts'
import { isBuiltIn, threeWayMergePatch, threeWayPatch } from '../../patch/strategic-diff.ts'
import { lastApplied } from './annotation.ts'

export interface Change {
  form: 'strategic' | 'merge'
  /** Empty where nothing is to be changed. */
  patch: Obj
}

export function changeOf({ group, kind }: { group: string; kind: string }, modified: Obj, current: Obj): Change {
  const original = lastApplied(current)
  return isBuiltIn(group)
    ? { form: 'strategic', patch: threeWayPatch(kind, original, modified, current) }
    : { form: 'merge', patch: threeWayMergePatch(original, modified, current) }
}
