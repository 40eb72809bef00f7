/** One node, closely: how it is, what it can give, what may happen to it. */
import { faultsOfNode } from '../../../../sandbox/scenario/faults.ts'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { nodeReady } from '../picture/pod-state.ts'
import { amount, sharesOf } from '../picture/resources.ts'
import { Panel } from './Panel.tsx'
import { Actions, Facts, PodList, Recent } from './parts.tsx'

export function NodeDetails({ node, view }: { node: ClusterView['nodes'][number]; view: ClusterView }) {
  const { model, t } = useLab()
  const c = t.cluster
  const { name, uid } = node.metadata
  const ready = nodeReady(node)
  const pods = view.pods.filter(p => p.spec.nodeName === name)
  const cordoned = node.spec.unschedulable ?? false
  const troubles = (node.status.conditions ?? []).filter(k => (k.type === 'Ready') !== (k.status === 'True'))
  const taints = (node.spec.taints ?? []).map(k => `${k.key}${k.value ? `=${k.value}` : ''}:${k.effect}`)
  return (
    <Panel
      uid={uid}
      kind={c.nodeKind}
      name={name}
      state={
        ready ? { text: c.nodeReady, glyph: '●', tone: 'good' } : { text: c.nodeNotReady, glyph: '✕', tone: 'bad' }
      }
    >
      <p>{ready ? (cordoned ? c.nodePlain.cordoned : c.nodePlain.ready) : c.nodePlain.lost}</p>
      {troubles.map(k => (
        <p key={k.type} class="reason" lang="en">
          {k.type}={k.status}: {k.message}
        </p>
      ))}
      <Facts
        of={[
          ...sharesOf(node, pods).map(
            s => [c.resources[s.name] ?? s.name, `${amount(s.name, s.asked)} / ${amount(s.name, s.of)}`] as const,
          ),
          [c.taints, taints.length > 0 ? taints.join(', ') : '—'],
          [c.version, node.status.nodeInfo?.kubeletVersion ?? ''],
        ]}
      />
      <Actions
        lines={[
          [c.describe, `kubectl describe node ${name}`],
          [c.yaml, `kubectl get node ${name} -o yaml`],
          cordoned ? [c.uncordon, `kubectl uncordon ${name}`] : [c.cordon, `kubectl cordon ${name}`],
          [c.drain, `kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data`, true],
        ]}
      />
      <h4>{c.mayHappen}</h4>
      <p class="details-actions">
        {faultsOfNode(name).map(({ key, command }) => (
          <button
            key={key}
            type="button"
            class="button small quiet"
            title={`podlab ${command}`}
            onClick={() => void model.fault(command, 0).catch(console.error)}
          >
            {c.faults[key] ?? key}
          </button>
        ))}
      </p>
      <PodList pods={pods} />
      <Recent about={e => e.involvedObject.kind === 'Node' && e.involvedObject.name === name} />
    </Panel>
  )
}
