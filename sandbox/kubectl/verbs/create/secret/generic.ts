/** kubectl create secret generic. */
import { dataFields } from '../../../bytes.ts'
import type { Kubectl } from '../../../kubectl.ts'
import type { Obj } from '../../../objects.ts'
import { collect, contentHash, sortedByKey } from '../data.ts'
import { createGenerated, newMeta, oneName } from '../generate.ts'

/** @param type '' for the server's default */
export async function createSecret(
  k: Kubectl,
  name: string,
  type: string,
  data: ReadonlyMap<string, string>,
): Promise<void> {
  const object: Obj = {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: newMeta(name),
    ...dataFields('Secret', sortedByKey(data)),
    ...(type && { type }),
  }
  if (k.flags.bool('append-hash')) object.metadata.name = `${name}-${await contentHash(object, { name, empty: {} })}`
  await createGenerated(k, { namespaced: true, noun: 'secret', colon: '', object })
}

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  await createSecret(k, name, k.flags.str('type'), await collect(k, 'Secret', name))
}
