/** A case of trouble: the question, the answer, and where the evidence about a Pod is found. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'

export type Pod = ClusterView['pods'][number]
export type Node = ClusterView['nodes'][number]
export type Container = Pod['spec']['containers'][number]
export type Status = NonNullable<Pod['status']['containerStatuses']>[number]
export type ClusterEvent = ClusterView['events'][number]

export interface Finding {
  text: string
  /** What Kubernetes itself says. */
  original?: string
  /** When it will go on by itself: worth waiting for, or skipping to. */
  until?: number
  /** The nodes are to be asked one by one. */
  nodes?: true
}

export interface Case {
  pod: Pod
  now: number
  w: Words['why']
  /** Events about this Pod, oldest first. */
  events: readonly ClusterEvent[]
  view: ClusterView
}

const quoted = (text: string): string => text.replace(/\s+/g, ' ').trim()
export const said = (message: string | undefined): { original?: string } =>
  message ? { original: quoted(message) } : {}

export function lastEvent({ events }: Case, reason: string, test: (e: ClusterEvent) => boolean = () => true) {
  return events.findLast(e => e.reason === reason && test(e))
}
export const about = (container: string) => (e: ClusterEvent) =>
  (e.involvedObject.fieldPath ?? '').endsWith(`{${container}}`)

export const specOf = (pod: Pod, name: string): Container | undefined =>
  [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(c => c.name === name)
export const statusesOf = (pod: Pod): Status[] => [
  ...(pod.status.initContainerStatuses ?? []),
  ...(pod.status.containerStatuses ?? []),
]

const KINDS: Record<string, string> = {
  configmap: 'ConfigMap',
  secret: 'Secret',
  persistentvolumeclaim: 'PersistentVolumeClaim',
}

/** The object that a message finds missing. */
export function missing(message: string): { what: string; name: string } | undefined {
  const [, kind = '', name = ''] = /(configmap|secret|persistentvolumeclaim)s? "([^"]+)" not found/i.exec(message) ?? []
  return name ? { what: KINDS[kind.toLowerCase()] ?? kind, name } : undefined
}
