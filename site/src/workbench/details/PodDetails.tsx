/** One Pod, closely: its state in plain words, why it is so, its containers, what happened to it last. */
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { type ContainerLook, containersOf, glyphs, podState, tones } from '../picture/pod-state.ts'
import { ownersOf, reaches } from '../picture/relations.ts'
import { Panel } from './Panel.tsx'
import { Actions, Facts, Other, Recent, run, space } from './parts.tsx'
import { Why } from './Why.tsx'

type Pod = ClusterView['pods'][number]

export function PodDetails(props: { pod: Pod; view: ClusterView; pulling: boolean }) {
  const { t } = useLab()
  const c = t.cluster
  const { pod, view } = props
  const { name, uid } = pod.metadata
  const state = podState(pod, props.pulling)
  const owners = ownersOf(pod, view.workloads)
  const controller = pod.metadata.ownerReferences?.find(o => o.controller)
  const services = view.services.filter(s => reaches(s, pod))
  const node = view.nodes.find(n => n.metadata.name === pod.spec.nodeName)
  const on = space(pod.metadata.namespace)
  const containers = containersOf(pod)
  return (
    <Panel uid={uid} kind="Pod" name={name} state={{ text: c.states[state], glyph: glyphs[state], tone: tones[state] }}>
      <p>{c.plain[state]}</p>
      <Why pod={pod} view={view} pulling={props.pulling} />
      <Facts
        of={[
          [c.onNode, node ? <Other uid={node.metadata.uid}>{node.metadata.name}</Other> : '—'],
          [c.ip, pod.status.podIP ?? '—'],
          [
            c.madeBy,
            owners.length > 0
              ? owners.map((o, i) => (
                  <span key={o.metadata.uid}>
                    {i > 0 && ' ← '}
                    <Other uid={o.metadata.uid}>
                      {o.kind} {o.metadata.name}
                    </Other>
                  </span>
                ))
              : controller
                ? `${controller.kind} ${controller.name}`
                : c.noOwner,
          ],
          ...(services.length > 0
            ? ([
                [
                  c.reachedBy,
                  services.map((s, i) => (
                    <span key={s.metadata.uid}>
                      {i > 0 && ', '}
                      <Other uid={s.metadata.uid}>{s.metadata.name}</Other>
                    </span>
                  )),
                ],
              ] as const)
            : []),
        ]}
      />
      <h4>{c.containers}</h4>
      <ul class="containers">
        {containers.map(k => (
          <Container key={`${k.kind}-${k.name}`} pod={pod} container={k} several={containers.length > 1} />
        ))}
      </ul>
      <Actions
        lines={[
          [c.describe, `kubectl describe pod ${name}${on}`],
          [c.yaml, `kubectl get pod ${name} -o yaml${on}`],
          [c.eventsOf, `kubectl events --for pod/${name}${on}`],
          [c.shell, `kubectl exec -it ${name}${on} -- sh`],
          [c.delete, `kubectl delete pod ${name}${on}`, true],
        ]}
      />
      <Recent about={e => e.involvedObject.uid === uid} />
    </Panel>
  )
}

function Container({ pod, container: k, several }: { pod: Pod; container: ContainerLook; several: boolean }) {
  const { model, t } = useLab()
  const c = t.cluster
  const { name, namespace = 'default' } = pod.metadata
  const alive = k.state === 'running' || k.state === 'ready'
  const which = several ? ` -c ${k.name}` : ''
  return (
    <li>
      <span class={`pea pea-${k.state} pea-kind-${k.kind}`} aria-hidden="true" />
      <span>
        <b>{k.name}</b>
        {k.kind !== 'main' && <small> · {k.kind === 'init' ? c.initContainers : c.sidecar}</small>}{' '}
        <code>{k.image}</code>
        <br />
        <small>
          {c.containerStates[k.state]}
          {k.reason ? ` · ${k.reason}` : ''}
          {k.exit && !alive ? ` · ${c.exit(k.exit.code, k.exit.reason)}` : ''}
          {k.restarts > 0 ? ` · ${c.restarts(k.restarts)}` : ''}
        </small>
      </span>
      <span class="container-actions">
        <button
          type="button"
          class="link"
          aria-label={`${c.logs} ${k.name}`}
          onClick={() => run(model, `kubectl logs ${name}${which}${space(namespace)}`)}
        >
          {c.logs}
        </button>
        {k.restarts > 0 && (
          <button
            type="button"
            class="link"
            aria-label={`${c.logsBefore} ${k.name}`}
            onClick={() => run(model, `kubectl logs --previous ${name}${which}${space(namespace)}`)}
          >
            {c.logsBefore}
          </button>
        )}
        {alive && namespace === 'default' && (
          <button
            type="button"
            class="link danger"
            aria-label={`${c.kill} ${k.name}`}
            onClick={() => void model.fault(`container kill ${name}/${k.name}`, 0).catch(console.error)}
          >
            {c.kill}
          </button>
        )}
      </span>
    </li>
  )
}
