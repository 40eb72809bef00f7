/** kubectl create clusterrolebinding. */
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'
import { subjects } from './roles.ts'

export const run = (k: Kubectl): Promise<void> =>
  createGenerated(k, {
    namespaced: false,
    noun: 'clusterrolebinding',
    object: {
      kind: 'ClusterRoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: newMeta(oneName(k)),
      subjects: subjects(k),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: k.flags.str('clusterrole') },
    },
  })
