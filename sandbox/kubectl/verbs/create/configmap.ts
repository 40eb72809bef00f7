/** kubectl create configmap. */
import { dataFields } from '../../bytes.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { collect, contentHash, sortedByKey } from './data.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const data = await collect(k, 'ConfigMap', name)
  const object: Obj = {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: newMeta(name),
    ...dataFields('ConfigMap', sortedByKey(data)),
  }
  if (k.flags.bool('append-hash')) object.metadata.name = `${name}-${await contentHash(object, { name, empty: {} })}`
  await createGenerated(k, { namespaced: true, noun: 'configmap', object })
}
