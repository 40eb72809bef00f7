/** Empties a namespace that is being deleted, says what is left, and lets it go when nothing is. */
import type { KindDef } from '../../api/kind.ts'
import { namespace as namespaceKind } from '../../api/kinds/namespace.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { isNotFound, StatusError } from '../../api/status.ts'
import type { KubeObject, Namespace, Pod } from '../../api/types.ts'
import type { Controller, ControllerContext, Key, Result } from '../controller.ts'

const FINALIZER = 'kubernetes'
/** How soon to look again at what finalizers hold back. */
const RETRY_MS = 5_000

type Condition = NonNullable<Namespace['status']['conditions']>[number]

/** @param kinds everything that the API serves at the moment */
export const namespaceController = (kinds: () => readonly KindDef[]): Controller => ({
  name: 'namespace-controller',
  for: namespaceKind,
  concerns: ({ metadata }) => Boolean(metadata.deletionTimestamp),
  // Other API servers shall have heard of the deletion before anything is cleared away, and of what was made last.
  delay: 5_000,
  reconcile: (key, context) => reconcile(key, context, kinds()),
})

interface Rest {
  /** Pods go first, and nothing is said of what is left while there are some. */
  pods: boolean
  /** `pods. has 1 resource instances` for each kind that is left. */
  content: string[]
  /** How many objects wait for each finalizer. */
  finalizers: Map<string, number>
  errors: string[]
  graceMs: number
}

function reconcile({ name }: Key, context: ControllerContext, kinds: readonly KindDef[]): Result | undefined {
  const { client } = context
  const namespace = client.find(namespaceKind, '', name)
  if (!namespace?.metadata.deletionTimestamp || !namespace.spec.finalizers?.includes(FINALIZER)) return
  if (namespace.status.phase !== 'Terminating') {
    client.updateStatus(namespaceKind, { ...namespace, status: { ...namespace.status, phase: 'Terminating' } })
  }
  const rest = emptyOut(name, context, kinds)
  const now = client.get(namespaceKind, '', name)
  client.updateStatus(namespaceKind, {
    ...now,
    status: { ...now.status, phase: 'Terminating', conditions: conditions(now, rest, context) },
  })
  if (rest.pods || rest.content.length || rest.errors.length) return { requeueAfter: rest.graceMs || RETRY_MS }
  const finalizers = namespace.spec.finalizers.filter(f => f !== FINALIZER)
  client.patch(namespaceKind, '', name, { spec: { finalizers: finalizers.length ? finalizers : null } }, 'finalize')
  return
}

function emptyOut(namespace: string, context: ControllerContext, kinds: readonly KindDef[]): Rest {
  const rest: Rest = { pods: false, content: [], finalizers: new Map(), errors: [], graceMs: 0 }
  const pods = removeAll(podKind, namespace, context, rest) as readonly Pod[]
  if (pods.length) {
    const longest = Math.max(...pods.map(p => p.spec.terminationGracePeriodSeconds ?? 0))
    return { ...rest, pods: true, graceMs: (Math.floor(longest / 2) + 1) * 1000 }
  }
  const seen = new Set(['pods.'])
  for (const kind of kinds) {
    const resource = `${kind.plural}.${kind.group}`
    const deletable = !kind.verbs || kind.verbs.includes('delete')
    if (!kind.namespaced || seen.has(resource) || !deletable || kind.stored) continue
    seen.add(resource)
    note(rest, resource, removeAll(kind, namespace, context, rest))
  }
  return rest
}

/** Deletes every object of a kind. @returns those that are still there */
function removeAll(kind: KindDef, namespace: string, { client }: ControllerContext, rest: Rest): readonly KubeObject[] {
  for (const { metadata } of client.list(kind, { namespace })) {
    if (metadata.deletionTimestamp) continue
    try {
      client.delete(kind, namespace, metadata.name)
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      if (!isNotFound(error)) rest.errors.push(error.message)
    }
  }
  return client.list(kind, { namespace })
}

function note(rest: Rest, resource: string, left: readonly KubeObject[]): void {
  if (!left.length) return
  rest.content.push(`${resource} has ${left.length} resource instances`)
  for (const { metadata } of left) {
    for (const f of metadata.finalizers ?? []) rest.finalizers.set(f, (rest.finalizers.get(f) ?? 0) + 1)
  }
}

function conditions(namespace: Namespace, rest: Rest, { clock }: ControllerContext): Condition[] {
  const remaining = [...rest.finalizers].map(([f, n]) => `${f} in ${n} resource instances`).sort()
  const facts: [type: string, bad: boolean, reasonBad: string, textBad: string, reason: string, text: string][] = [
    [
      'NamespaceDeletionDiscoveryFailure',
      false,
      '',
      '',
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ],
    [
      'NamespaceDeletionGroupVersionParsingFailure',
      false,
      '',
      '',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ],
    [
      'NamespaceDeletionContentFailure',
      rest.errors.length > 0,
      'ContentDeletionFailed',
      `Failed to delete all resource types, ${rest.errors.length} remaining: ${[...rest.errors].sort().join(', ')}`,
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ],
    [
      'NamespaceContentRemaining',
      rest.content.length > 0,
      'SomeResourcesRemain',
      `Some resources are remaining: ${[...rest.content].sort().join(', ')}`,
      'ContentRemoved',
      'All content successfully removed',
    ],
    [
      'NamespaceFinalizersRemaining',
      remaining.length > 0,
      'SomeFinalizersRemain',
      `Some content in the namespace has finalizers remaining: ${remaining.join(', ')}`,
      'ContentHasNoFinalizers',
      'All content-preserving finalizers finished',
    ],
  ]
  return facts.map(([type, bad, reasonBad, textBad, reason, text]) => {
    const status = bad ? 'True' : 'False'
    const present = namespace.status.conditions?.find(c => c.type === type)
    const lastTransitionTime = present?.status === status ? present.lastTransitionTime! : clock.timestamp()
    return { type, status, lastTransitionTime, reason: bad ? reasonBad : reason, message: bad ? textBad : text }
  })
}
