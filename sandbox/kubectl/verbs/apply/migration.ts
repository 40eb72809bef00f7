/** From client-side to server-side apply: who managed the fields as the one manages them as the other. */
import { apiVersionOf } from '../../client/discovery.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import type { Info } from '../../resources/resources.ts'
import { LAST_APPLIED } from './annotation.ts'

type Fields = Record<string, Obj>

const union = (a: Fields, b: Fields): Fields => {
  const out: Fields = { ...a }
  for (const key of Object.keys(b)) out[key] = key in a ? union(a[key], b[key]) : b[key]
  return out
}

const APPLIED_FIELD = `f:${LAST_APPLIED}`

/** Managers of the annotation by one kind of writing. */
const holders = (object: Obj, operation: 'Apply' | 'Update'): Obj[] =>
  ((object.metadata.managedFields ?? []) as Obj[]).filter(
    f => f.operation === operation && f.fieldsV1?.['f:metadata']?.['f:annotations']?.[APPLIED_FIELD] !== undefined,
  )

/**
 * What was applied by the client until now becomes the server-side applier's; whether there was any such thing. The object has
 * been applied, so that a failure is told and no more.
 */
export async function migrated(k: Kubectl, info: Info, applied: Obj): Promise<boolean> {
  const manager = k.writeQuery('kubectl').fieldManager!
  const failed = async (what: string, e: unknown): Promise<void> =>
    k.err(
      `Warning: ${what}. This is non-fatal and will be retried next time you apply. Error: ${(e as Error).message}\n`,
    )
  let object: Obj
  try {
    object = manager === 'kubectl' ? await annotationKept(k, info, applied) : applied
  } catch (e) {
    await failed(`failed to migrate ${LAST_APPLIED} for Server-Side Apply`, e)
    return false
  }
  try {
    return await takeOver(k, info, object, manager)
  } catch (e) {
    await failed('server rejected managed fields migration to Server-Side Apply', e)
    return false
  }
}

async function takeOver(k: Kubectl, info: Info, object: Obj, manager: string): Promise<boolean> {
  const names = new Set(holders(object, 'Update').map(f => f.manager))
  const all: Obj[] = object.metadata.managedFields ?? []
  const clientSide = all.filter(f => names.has(f.manager) && f.operation === 'Update' && !f.subresource)
  const server = all.find(f => f.operation === 'Apply' && f.manager === manager && !f.subresource)
  if (!clientSide.length || !server) return false
  const fieldsV1 = clientSide
    .filter(f => f.apiVersion === server.apiVersion)
    .reduce((fields, f) => union(fields, f.fieldsV1), server.fieldsV1)
  const managedFields = all.filter(f => !clientSide.includes(f)).map(f => (f === server ? { ...f, fieldsV1 } : f))
  const { mapping, namespace, name } = info
  const patch = [
    { op: 'replace', path: '/metadata/managedFields', value: managedFields },
    { op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
  ]
  await (await k.client()).patch(mapping, namespace, name, 'json', patch, k.writeQuery(manager))
  return true
}

/** The annotation gets a manager of its own, so that it stays when the client-side one has gone. */
async function annotationKept(k: Kubectl, info: Info, object: Obj): Promise<Obj> {
  const value = object.metadata.annotations?.[LAST_APPLIED]
  if (value === undefined || holders(object, 'Apply').length) return object
  const { mapping, namespace, name } = info
  const justThat = {
    apiVersion: apiVersionOf(mapping),
    kind: mapping.kind,
    metadata: { name, ...(namespace && { namespace }), annotations: { [LAST_APPLIED]: value } },
  }
  const query = { ...k.writeQuery('kubectl'), fieldManager: 'kubectl-last-applied' }
  return (await k.client()).patch(mapping, namespace, name, 'apply', justThat, query)
}
