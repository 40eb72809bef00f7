/** kubectl create role. */
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'
import { rules } from './roles.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  await createGenerated(k, {
    namespaced: true,
    object: {
      kind: 'Role',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: newMeta(name),
      rules: await rules(k),
    },
  })
}
