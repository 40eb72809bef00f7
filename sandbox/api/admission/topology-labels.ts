/** PodTopologyLabels: a Pod carries the zone and region of its node as labels, from the moment when it is bound. */
import type { ApiServer } from '../server.ts'
import type { AdmissionPlugin } from './admission.ts'

const LABELS = ['topology.kubernetes.io/zone', 'topology.kubernetes.io/region']

function labelsOf(server: ApiServer, node: string): Record<string, string> | undefined {
  const labels = server.context.find('nodes', '', node)?.metadata.labels
  const found = LABELS.flatMap(key => (labels?.[key] === undefined ? [] : [[key, labels[key]] as const]))
  return found.length ? Object.fromEntries(found) : undefined
}

export const topologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  of: ['pods', 'pods/binding'],
  admit({ operation, subresource, object }, server) {
    if (operation !== 'CREATE') return
    const node: string | undefined =
      subresource === ''
        ? object.spec.nodeName
        : subresource === 'binding' && object.target?.kind === 'Node'
          ? object.target.name
          : undefined
    const found = node && labelsOf(server, node)
    if (found) object.metadata.labels = { ...object.metadata.labels, ...found }
  },
}
