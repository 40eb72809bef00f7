/** kubectl create rolebinding. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'
import { subjects } from './roles.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const [clusterRole, role] = [k.flags.str('clusterrole'), k.flags.str('role')]
  if (!clusterRole === !role) throw new KubectlError('exactly one of clusterrole or role must be specified')
  const named = subjects(k)
  await createGenerated(k, {
    namespaced: true,
    noun: 'rolebinding',
    object: {
      kind: 'RoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: newMeta(name),
      ...(named.length && { subjects: named }),
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: role ? 'Role' : 'ClusterRole',
        name: role || clusterRole,
      },
    },
  })
}
