/** Makes and deletes Pods for their controllers, and tells of it by events. */

import { InFlight } from '../api/egress/outside.ts'
import type { KindDef } from '../api/kind.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { isNotFound, StatusError } from '../api/status.ts'
import type { KubeObject, ObjectMeta, Pod, Unsaved } from '../api/types.ts'
import type { ControllerContext } from './controller.ts'
import { newControllerRef } from './owners.ts'

export interface PodTemplate {
  metadata?: Pick<Partial<ObjectMeta>, 'labels' | 'annotations' | 'finalizers'>
  spec?: Pod['spec']
}

/** A Pod of a template; `${owner}-` is the start of its name. */
export function podFromTemplate(template: PodTemplate, owner: KubeObject, ownerKind: KindDef): Unsaved<Pod> {
  const { labels, annotations, finalizers } = template.metadata ?? {}
  return {
    metadata: {
      namespace: owner.metadata.namespace ?? '',
      generateName: `${owner.metadata.name}-`,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(finalizers && { finalizers }),
      ownerReferences: [newControllerRef(owner, ownerKind)],
    },
    spec: template.spec!,
  }
}

/** The refusal when the namespace is going away; nothing can be done and nothing is worth saying. */
export const isNamespaceTerminating = (error: unknown): boolean =>
  error instanceof StatusError && Boolean(error.status.details?.causes?.some(c => c.reason === 'NamespaceTerminating'))

/** @throws what the API says, after an event that says the same */
export function createPod(context: ControllerContext, owner: KubeObject, draft: Unsaved<Pod>): Pod {
  try {
    const pod = context.client.create(podKind, draft)
    context.events.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`)
    return pod
  } catch (error) {
    if (error instanceof StatusError && !isNamespaceTerminating(error)) {
      context.events.event(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)
    }
    throw error
  }
}

/** A Pod that has gone already is deleted well enough. */
export function deletePod(context: ControllerContext, owner: KubeObject, pod: Pod): void {
  const { namespace = '', name } = pod.metadata
  try {
    context.client.delete(podKind, namespace, name)
  } catch (error) {
    if (isNotFound(error)) return
    if (error instanceof StatusError)
      context.events.event(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`)
    throw error
  }
  context.events.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`)
}

/**
 * Calls `work` `count` times in batches of 1, 2, 4 …; the first batch with a failure is the last, so that what is bound
 * to fail fails once and not a hundred times.
 * @returns how many went well, and the first error
 * @throws InFlight when one waits for webhooks, and the rest with it
 */
export function slowStart(count: number, work: () => void): { done: number; error?: unknown } {
  let done = 0
  for (let batch = Math.min(1, count); batch > 0; batch = Math.min(2 * batch, count - done)) {
    let failure: { error: unknown } | undefined
    let good = 0
    for (let i = 0; i < batch; i++) {
      try {
        work()
        good++
      } catch (error) {
        if (error instanceof InFlight) throw error
        failure ??= { error }
      }
    }
    done += good
    if (failure) return { done, error: failure.error }
  }
  return { done }
}
