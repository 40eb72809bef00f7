/** kubectl create clusterrole. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { createGenerated, newMeta, oneName } from './generate.ts'
import { rules } from './roles.ts'

export async function run(k: Kubectl): Promise<void> {
  const name = await oneName(k)
  const pairs = k.flags.map('aggregation-rule')
  const aggregation = Object.keys(pairs).length > 0
  if (aggregation && ['non-resource-url', 'verb', 'resource', 'resource-name'].some(f => k.flags.list(f).length))
    throw new KubectlError(
      'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
    )
  await createGenerated(k, {
    namespaced: false,
    object: {
      kind: 'ClusterRole',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: newMeta(name),
      rules: aggregation ? null : await rules(k),
      ...(aggregation && { aggregationRule: { clusterRoleSelectors: [{ matchLabels: pairs }] } }),
    },
  })
}
