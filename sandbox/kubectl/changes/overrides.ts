/** --overrides: a patch over an object that a verb has made, in one of three kinds. */

import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { decoded } from '../manifests/decoded.ts'
import type { Obj } from '../objects.ts'
import { isLocalPatch, LOCAL_PATCHES } from '../patch/local.ts'

export async function overridden(k: Kubectl, object: Obj): Promise<Obj> {
  const patch = k.flags.str('overrides')
  if (!patch) return object
  const type = k.flags.str('override-type') || 'merge'
  if (!isLocalPatch(type)) throw new KubectlError(`invalid override type: ${type}`)
  return decoded(await LOCAL_PATCHES[type](object, patch))
}
