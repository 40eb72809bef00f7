/** The details of a workload: how many Pods it wants, how many there are, which it made. */
import type { ClusterView, Workload } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { counts, ownersOf, podsOf } from '../picture/relations.ts'
import { Panel } from './Panel.tsx'
import { Actions, Facts, Other, PodList, Recent, space } from './parts.tsx'
import { WhyFewer } from './Why.tsx'

export function WorkloadDetails({ workload, view }: { workload: Workload; view: ClusterView }) {
  const c = useLab().t.cluster
  const { name, uid, namespace = 'default' } = workload.metadata
  const kind = workload.kind ?? ''
  const type = kind.toLowerCase()
  const n = counts(workload)
  const many = n ? `${n.achieved}/${n.wanted}` : kind
  const owners = ownersOf(workload, view.workloads)
  const made = view.workloads.filter(w => w.metadata.ownerReferences?.some(o => o.controller && o.uid === uid))
  const good = !n || n.achieved >= n.wanted
  return (
    <Panel
      uid={uid}
      kind={kind}
      name={name}
      state={{ text: many, glyph: good ? '●' : '◐', tone: good ? 'good' : 'busy' }}
    >
      <p>{c.workloadPlain[kind]}</p>
      <WhyFewer workload={workload} view={view} />
      <Facts
        of={[
          ...(n ? ([[kind === 'Job' ? c.completions : c.wanted, many]] as const) : []),
          ...(owners[0]
            ? ([
                [
                  c.madeBy,
                  <Other key="owner" uid={owners[0].metadata.uid}>
                    {owners[0].kind} {owners[0].metadata.name}
                  </Other>,
                ],
              ] as const)
            : []),
        ]}
      />
      {made.length > 0 && (
        <ul class="pod-list">
          {made.map(w => {
            const its = counts(w)
            return (
              <li key={w.metadata.uid}>
                <Other uid={w.metadata.uid}>
                  {w.kind} {w.metadata.name}
                </Other>
                <small>{its && `${its.achieved}/${its.wanted}`}</small>
              </li>
            )
          })}
        </ul>
      )}
      <Actions
        lines={[
          [c.describe, `kubectl describe ${type} ${name}${space(namespace)}`],
          [c.yaml, `kubectl get ${type} ${name} -o yaml${space(namespace)}`],
          ...(kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet'
            ? ([[c.rollout, `kubectl rollout status ${type}/${name}${space(namespace)}`]] as const)
            : []),
          [c.delete, `kubectl delete ${type} ${name}${space(namespace)}`, true],
        ]}
      />
      <PodList pods={podsOf(workload, view)} />
      <Recent about={e => e.involvedObject.uid === uid} />
    </Panel>
  )
}
