/** The answer of each node to a Pod: the scheduler's own filters, run without placing anything. */
import type { Client } from '../api/client.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import type { Pod } from '../api/types.ts'
import { ClusterState } from './cluster-state.ts'
import { check, prepareChecks } from './placement.ts'
import { plugins } from './plugins/index.ts'

export interface NodeAnswer {
  node: string
  /** Empty: the Pod would fit. */
  reasons: readonly string[]
}

export function askNodes(client: Client, pod: Pod): NodeAnswer[] {
  const cluster = new ClusterState()
  for (const node of client.list(nodeKind)) cluster.setNode(node)
  for (const other of client.list(podKind)) {
    const done = other.status.phase === 'Succeeded' || other.status.phase === 'Failed'
    if (other.spec.nodeName && !done) cluster.setPod(other)
  }
  const checks = prepareChecks(plugins, pod, { client, cluster })
  return cluster.nodes.map(node => {
    const reasons = checks.refusal
      ? checks.refusal.refusal.reasons
      : checks.only && !checks.only.has(node.name)
        ? ["node(s) didn't satisfy plugin(s) [NodeAffinity]"]
        : (check(checks, node)?.refusal.reasons ?? [])
    return { node: node.name, reasons }
  })
}
