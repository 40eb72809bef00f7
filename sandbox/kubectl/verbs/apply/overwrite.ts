/** --overwrite=false: a change that somebody has made since the last apply is not taken back. */

import { toJson } from '../../../api/formats/go-json.ts'
import { toYaml } from '../../../api/formats/go-yaml.ts'
import { deepEqual } from '../../../api/formats/json.ts'
import { KubectlError } from '../../errors.ts'
import { isRecord, type Obj } from '../../objects.ts'
import { mergePatch } from '../../patch/merge-patch.ts'

/** Whether both say something of one place, and not the same. */
const conflict = (a: Obj, b: Obj): boolean =>
  isRecord(a) && isRecord(b) ? Object.keys(a).some(key => key in b && conflict(a[key], b[key])) : !deepEqual(a, b)

/** @throws KubectlError with all that there was to compare */
export function refuseOverwriting(original: Obj, modified: Obj, current: Obj, patch: Obj): void {
  const changed = mergePatch(original, current)
  if (!conflict(patch, changed)) return
  const compared = `original:\n${toJson(original)}\n\nmodified:\n${toJson(modified)}\n\ncurrent:\n${toJson(current)}\n\n`
  throw new KubectlError(
    `creating patch with:\n${compared}for:: patch:\n${toYaml(patch)}\nconflicts with changes made from original to current:\n${toYaml(changed)}\n`,
  )
}
