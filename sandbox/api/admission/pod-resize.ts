/** PodResizeValidator: a Pod is not resized beyond all that its node has. */
import { type PodSpecLike, podResources } from '../resources/pod-resources.ts'
import { parseQuantity } from '../resources/quantity.ts'
import { forbidden } from '../status.ts'
import type { Node, Pod } from '../types.ts'
import type { AdmissionPlugin } from './admission.ts'

/** Amounts in the units that the message counts them in. */
const RESOURCES = [
  { name: 'cpu', unit: 1_000_000n },
  { name: 'memory', unit: 1_000_000_000n },
] as const

export const podResize: AdmissionPlugin = {
  name: 'PodResizeValidator',
  of: ['pods/resize'],
  validate({ operation, kind, name, object, old }, server) {
    if (operation !== 'UPDATE') return
    const { spec, metadata } = object as Pod
    if (!spec.nodeName || metadata.generation === old?.metadata.generation) return
    const node = server.context.find('nodes', '', spec.nodeName) as Node | undefined
    if (!node) throw forbidden(kind, name, `node ${JSON.stringify(spec.nodeName)} not found`)
    const { requests } = podResources(spec as PodSpecLike)
    const { allocatable = {} } = node.status ?? {}
    const lacking = RESOURCES.flatMap(({ name: of, unit }) => {
      const requested = parseQuantity(requests[of] ?? '0').nano
      const available = parseQuantity(String(allocatable[of] ?? '0')).nano
      return requested > available ? [`${of}, requested: ${requested / unit}, allocatable: ${available / unit}`] : []
    })
    if (!lacking.length) return
    const error = forbidden(kind, name, `node didn't have enough allocatable resources: ${lacking.join('; ')}`)
    error.status.details!.causes = [{ reason: 'NodeCapacity' }]
    throw error
  },
}
