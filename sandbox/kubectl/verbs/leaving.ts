/** The Pods that leave a node that is drained, those that stay, and what forbids to drain it. */
import { resourcePath } from '../client/client.ts'
import { ApiError, isNotFound } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'

export interface Leaving {
  leaving: Obj[]
  warnings: string[]
  errors: string[]
}

const owner = (pod: Obj): Obj | undefined => (pod.metadata.ownerReferences ?? []).find((r: Obj) => r.controller)

export const podName = ({ metadata: { namespace, name } }: Obj): string => `${namespace}/${name}`

export async function leavingOf(k: Kubectl, pods: readonly Obj[]): Promise<Leaving> {
  const { flags } = k
  const leaving: Obj[] = []
  const warnings = new Map<string, string[]>()
  const errors = new Map<string, string[]>()
  const note = (map: Map<string, string[]>, words: string, pod: Obj): void =>
    void map.set(words, [...(map.get(words) ?? []), podName(pod)])
  for (const pod of pods) {
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] || isLongGone(k, pod)) continue
    const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
    const controller = owner(pod)
    if (controller?.kind === 'DaemonSet' && controller.apiVersion === 'apps/v1' && !ended) {
      const unknown = await noDaemonSet(k, pod.metadata.namespace, controller.name)
      // An orphan that is forced out is judged like any other Pod, and nothing is said of its owner.
      if (!(unknown && isNotFound(unknown) && flags.bool('force'))) {
        if (unknown) note(errors, unknown.message, pod)
        else if (flags.bool('ignore-daemonsets')) note(warnings, 'ignoring DaemonSet-managed Pods', pod)
        else note(errors, 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)', pod)
        continue
      }
    }
    if (!ended && !flags.bool('delete-emptydir-data') && (pod.spec.volumes ?? []).some((v: Obj) => v.emptyDir)) {
      note(errors, 'Pods with local storage (use --delete-emptydir-data to override)', pod)
      continue
    }
    if (!controller && !ended) {
      if (!flags.bool('force')) {
        note(errors, 'cannot delete Pods that declare no controller (use --force to override)', pod)
        continue
      }
      note(warnings, 'deleting Pods that declare no controller', pod)
    }
    leaving.push(pod)
  }
  const words = (map: Map<string, string[]>): string[] => [...map].map(([w, names]) => `${w}: ${names.join(', ')}`)
  return { leaving, warnings: words(warnings), errors: words(errors).map(w => `cannot delete ${w}`) }
}

/** --skip-wait-for-delete-timeout: whoever has been on the way out for longer is left alone. */
export function isLongGone(k: Kubectl, pod: Obj): boolean {
  const seconds = k.flags.num('skip-wait-for-delete-timeout')
  const { deletionTimestamp } = pod.metadata
  return seconds > 0 && !!deletionTimestamp && Math.floor((k.now() - Date.parse(deletionTimestamp)) / 1000) > seconds
}

/** Why the server does not show the DaemonSet. */
async function noDaemonSet(k: Kubectl, namespace: string, name: string): Promise<ApiError | undefined> {
  const mapping = await k.resource('daemonsets.apps')
  try {
    await (await k.client()).json('GET', resourcePath(mapping, namespace, name))
    return undefined
  } catch (e) {
    if (e instanceof ApiError) return e
    throw e
  }
}
