/** --overrides: a patch over an object that a verb has made, in one of three kinds. */
import { KubectlError } from './errors.ts'
import type { Kubectl } from './kubectl.ts'
import { isRecord, type Obj } from './objects.ts'
import { applyMergePatch } from './patch/merge-patch.ts'
import { typed } from './typed.ts'
import { ordered } from './verbs/create/order.ts'

function parsed(text: string): Obj {
  try {
    return JSON.parse(text)
  } catch {
    throw new KubectlError('Invalid JSON Patch')
  }
}

export async function overridden(k: Kubectl, object: Obj): Promise<Obj> {
  const text = k.flags.str('overrides')
  if (!text) return ordered(object)
  switch (k.flags.str('override-type')) {
    case 'strategic': {
      const { applyStrategicPatch } = await import('./patch/strategic-apply.ts')
      return ordered(typed(applyStrategicPatch(object.kind, object, parsed(text))))
    }
    case 'json': {
      const { applyJsonPatch } = await import('../api/patch/json-patch.ts')
      return ordered(typed(applyJsonPatch(object, parsed(text)) as Obj))
    }
    case 'merge': {
      const patch = parsed(text)
      if (!isRecord(patch)) throw new KubectlError('Invalid JSON Patch')
      return ordered(typed(applyMergePatch(object, patch)))
    }
    default:
      throw new KubectlError(`invalid override type: ${k.flags.str('override-type')}`)
  }
}
