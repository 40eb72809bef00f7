/** The downward API: what a container may be told about its own Pod, by field path or by resource. */
import { goQuote } from '../../api/formats/go-escapes.ts'
import { parseQuantity } from '../../api/resources/quantity.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { findContainer } from '../types.ts'

/** What is known on the node and not in the stored Pod yet. */
export interface DownwardContext {
  hostIP: string
  podIPs: readonly string[]
  /** Of the node; the limits of a container that has none. */
  allocatable: Record<string, string | number>
}

/** One line for each key, as files of labels have them. */
const formatMap = (map: Record<string, string> | undefined): string =>
  Object.keys(map ?? {})
    .sort()
    .map(key => `${key}=${goQuote(map![key]!)}`)
    .join('\n')

/** A Pod's annotations as its kubelet has them: with where it has come from, and when. */
const seen = ({ metadata, status }: Pod): Record<string, string> => ({
  ...(metadata.annotations?.['kubernetes.io/config.source'] === undefined && {
    'kubernetes.io/config.seen': `${(status?.startTime ?? metadata.creationTimestamp ?? '').replace('Z', '')}.000000000Z`,
    'kubernetes.io/config.source': 'api',
  }),
  ...metadata.annotations,
})

/** A field of the Pod as text. @throws Error for a path that is not offered */
export function podField(pod: Pod, path: string, context: DownwardContext): string {
  const { metadata, spec } = pod
  switch (path) {
    case 'metadata.name':
      return metadata.name
    case 'metadata.namespace':
      return metadata.namespace ?? ''
    case 'metadata.uid':
      return metadata.uid
    case 'metadata.labels':
      return formatMap(metadata.labels)
    case 'metadata.annotations':
      return formatMap(seen(pod))
    case 'spec.nodeName':
      return spec.nodeName ?? ''
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? ''
    case 'status.hostIP':
    case 'status.hostIPs':
      return context.hostIP
    case 'status.podIP':
      return context.podIPs[0] ?? ''
    case 'status.podIPs':
      return context.podIPs.join(',')
  }
  const [, map, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (map === 'labels') return metadata.labels?.[key!] ?? ''
  if (map === 'annotations') return seen(pod)[key!] ?? ''
  throw new Error(`unsupported fieldPath: ${path}`)
}

interface ResourceSelector {
  containerName?: string | undefined
  resource: string
  divisor?: string | number | undefined
}

/** A resource of a container in units of the divisor, rounded up. @throws Error for what is not offered */
export function resourceField(
  pod: Pod,
  own: ContainerSpec | undefined,
  selector: ResourceSelector,
  context: DownwardContext,
): string {
  const container = selector.containerName ? findContainer(pod, selector.containerName)?.container : own
  if (!container) throw new Error(`container ${selector.containerName} not found`)
  const [kind, name] = selector.resource.split(/\.(.*)/s) as [string, string]
  const { limits, requests } = container.resources ?? {}
  const amounts = (kind === 'limits' ? limits : requests) as Record<string, string | number> | undefined
  let amount = amounts?.[name]
  if (amount === undefined && kind === 'limits') amount = context.allocatable[name]
  const known = ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-')
  if (!known || (kind !== 'limits' && kind !== 'requests'))
    throw new Error(`unsupported container resource : ${selector.resource}`)
  const { nano } = parseQuantity(amount ?? 0)
  let divisor = parseQuantity(selector.divisor ?? '1').nano
  if (divisor === 0n) divisor = parseQuantity('1').nano
  return String((nano + divisor - 1n) / divisor)
}
