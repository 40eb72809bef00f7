/** The ports of a Service on one Pod, and the Pods behind a Service. */
import type { Client } from '../../api/client.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Pod, Service } from '../../api/types.ts'
import { isFinished, isTerminating } from '../pods.ts'

export type ServicePort = NonNullable<Service['spec']['ports']>[number]

/** The number of a target port on this Pod; undefined where no container gives the name to a port. */
export function targetPortOn(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port
  if (typeof target === 'number') return target
  const sidecars = (pod.spec.initContainers ?? []).filter(c => c.restartPolicy === 'Always')
  for (const { ports } of [...pod.spec.containers, ...sidecars]) {
    const named = ports?.find(p => p.name === target && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'))
    if (named) return named.containerPort
  }
  return undefined
}

/** Pods that a Service selects, whatever their state. */
export const podsOf = (client: Client, { metadata, spec: { selector } }: Service): readonly Pod[] =>
  selector ? client.withLabels(podKind, metadata.namespace ?? '', selector) : []

/** Of these Pods those that have an address; those on their way out only when asked for. */
export const reachable = (pods: readonly Pod[], terminating: boolean): Pod[] =>
  pods.filter(pod => !isFinished(pod) && Boolean(pod.status.podIP) && (terminating || !isTerminating(pod)))

/** The name under which a Pod of a headless Service can be found, when it asks for one. */
export const hostnameIn = (pod: Pod, service: Service): string | undefined =>
  pod.spec.hostname && pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined

export const isHeadless = ({ spec }: Service): boolean => spec.clusterIP === 'None'

export const targetRef = ({ metadata: { namespace, name, uid } }: Pod) => ({
  kind: 'Pod',
  ...(namespace && { namespace }),
  name,
  uid,
})

/**
 * Ports in the order in which Kubernetes keeps them: by a hash of how Go prints them.
 * @param print how the kind of port that it is looks there
 */
export function inOrder<P>(ports: readonly P[], print: (port: P) => string): P[] {
  if (ports.length < 2) return [...ports]
  const hashes = new Map(ports.map(port => [port, fnv128a(print(port))]))
  return [...ports].sort((a, b) => (hashes.get(a)! < hashes.get(b)! ? -1 : 1))
}

/** 128-bit FNV-1a. */
function fnv128a(text: string): bigint {
  let hash = 0x6c62272e07bb014262b821756295c58dn
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * 0x1000000000000000000013bn)
  return hash
}
