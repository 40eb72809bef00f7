/** apply --prune: what was applied before, carries the label, and is in the files no longer. */
import type { Mapping } from '../../client/discovery.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { dryRunSuffix, shortName } from '../../print/done.ts'
import type { Info } from '../../resources/resources.ts'
import { LAST_APPLIED } from './annotation.ts'

const NAMESPACED = [
  'v1/ConfigMap',
  'v1/Endpoints',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'v1/ReplicationController',
  'v1/Secret',
  'v1/Service',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'networking.k8s.io/v1/Ingress',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
]
const CLUSTER = ['v1/Namespace', 'v1/PersistentVolume']

const NOT_FOR_LONG =
  'Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.'

export async function makePruner(
  k: Kubectl,
): Promise<{ visited(o: Obj): void; prune(applied: readonly Info[], dryRun: string): Promise<void> }> {
  const { flags } = k
  const allow = flags.list('prune-allowlist')
  const kinds: Mapping[] = []
  for (const item of allow.length ? allow : [...NAMESPACED, ...CLUSTER]) {
    const parts = item.split('/')
    if (allow.length && parts.length !== 3)
      throw new KubectlError(`invalid GroupVersionKind format: ${item}, please follow <group/version/kind>`)
    const [kind, version, group = ''] = parts.reverse() as [string, string, string?]
    kinds.push(await k.kind(group && group !== 'core' ? `${group}/${version}` : version, kind))
  }
  const seen = new Set<string>()
  const namespaces = new Set<string>()
  return {
    visited(o) {
      seen.add(o.metadata.uid)
      if (o.metadata.namespace) namespaces.add(o.metadata.namespace)
    },
    async prune(_applied, dryRun) {
      if (!allow.length) await k.log('W', 'prune.go:71', NOT_FOR_LONG)
      const client = await k.client()
      const places = kinds.flatMap(m => (m.namespaced ? [...namespaces].map(ns => ({ m, ns })) : [{ m, ns: '' }]))
      for (const { m, ns } of places) {
        const list = await client.list(m, ns, { query: { labelSelector: flags.str('selector') } })
        for (const item of list.items as Obj[]) {
          if (!item.metadata.annotations?.[LAST_APPLIED] || seen.has(item.metadata.uid)) continue
          if (dryRun !== 'client')
            await client.delete(
              m,
              ns,
              item.metadata.name,
              {
                kind: 'DeleteOptions',
                apiVersion: 'v1',
                propagationPolicy: 'Background',
                ...(dryRun === 'server' && { dryRun: ['All'] }),
              },
              { dryRun: dryRun === 'server' ? 'All' : undefined },
            )
          await k.out(
            `${shortName({ ...item, kind: m.kind, apiVersion: m.group ? `${m.group}/${m.version}` : m.version })} pruned${dryRunSuffix(k)}\n`,
          )
        }
      }
    },
  }
}
