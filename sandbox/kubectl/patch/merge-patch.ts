/** RFC 7386: the merge patch that makes one object of another. */
import { deepEqual } from '../../api/formats/json.ts'
import { isRecord, type Obj } from '../objects.ts'

export function mergePatch(from: Obj, to: Obj): Obj {
  const patch: Record<string, Obj> = {}
  for (const key of Object.keys(from ?? {})) if (to?.[key] === undefined) patch[key] = null
  for (const key of Object.keys(to ?? {})) {
    const a = from?.[key]
    const b = to[key]
    if (b === undefined || deepEqual(a, b)) continue
    if (isRecord(a) && isRecord(b)) patch[key] = mergePatch(a, b)
    else patch[key] = b
  }
  return patch
}
