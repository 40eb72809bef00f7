/** kubectl create clusterrolebinding. */
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'
import { subjects } from './roles.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const named = subjects(k)
  await createGenerated(k, {
    namespaced: false,
    noun: 'clusterrolebinding',
    object: {
      kind: 'ClusterRoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: newMeta(name),
      ...(named.length && { subjects: named }),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: k.flags.str('clusterrole') },
    },
  })
}
