/** In which order the resources are printed: what others need first, what may get in their way last; or as they came. */
import { KubectlError } from '../errors.ts'
import { byBytes, groupOf, type Obj, versionOf } from '../objects.ts'
import type { Item } from './item.ts'

const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

export function inOrder(items: readonly Item[], options: Obj | undefined): Item[] {
  const order = options ? (options.order ?? '') : 'legacy'
  if (order === 'fifo') {
    if (options!.legacySortOptions)
      throw new KubectlError(
        "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
      )
    return [...items]
  }
  if (order !== 'legacy') throw new KubectlError("the field 'sortOptions.order' must be one of [fifo, legacy]")
  const { orderFirst = FIRST, orderLast = LAST } = options?.legacySortOptions ?? {}
  const rank = ({ kind }: Obj): number => {
    const first = orderFirst.indexOf(kind)
    return first >= 0 ? first - orderFirst.length : orderLast.indexOf(kind) + 1
  }
  return [...items].sort(
    (a, b) =>
      rank(a.object) - rank(b.object) ||
      byBytes(kindKey(a.object), kindKey(b.object)) ||
      byBytes(nameKey(a.object), nameKey(b.object)),
  )
}

/** What is not there sorts by the mark that stands for it. */
const kindKey = ({ apiVersion = '', kind }: Obj): string =>
  `${groupOf(apiVersion) || '~G'}_${versionOf(apiVersion)}_${kind}`
const nameKey = ({ metadata }: Obj): string => `${metadata?.namespace ?? '~X'}|${metadata?.name}`
