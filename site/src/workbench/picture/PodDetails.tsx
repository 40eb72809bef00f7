/** One Pod, closely: its state in plain words, the reason, its containers, what happened to it last. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { pullingPods } from './Picture.tsx'
import { leafOf } from './PodLeaf.tsx'
import { age, containersOf, glyphs, podState, reasonOf, tones } from './pod-state.ts'

/** Over the panes, when a Pod has been chosen. */
export function ChosenPod() {
  const { model } = useLab()
  const uid = usePart(model.state, s => s.pod)
  const view = usePart(model.view, v => v.view)
  const pod = uid === undefined ? undefined : view.pods.find(p => p.metadata.uid === uid)
  if (!pod) return null
  const pulling = pullingPods(view).has(pod.metadata.uid)
  return <PodDetails key={uid} pod={pod} pulling={pulling} onClose={() => model.state.set({ pod: undefined })} />
}

function PodDetails(props: { pod: ClusterView['pods'][number]; pulling: boolean; onClose(): void }) {
  const { model, t } = useLab()
  const c = t.cluster
  const { pod } = props
  const { name, namespace = 'default', uid } = pod.metadata
  const events = usePart(model.view, v => v.view.events)
  const now = usePart(model.state, s => s.now)
  const box = useRef<HTMLElement>(null)
  // Before anything else can happen: a key pressed as soon as the details are seen is theirs.
  useLayoutEffect(() => {
    box.current?.focus()
    return () => leafOf(uid)?.focus()
  }, [])
  const state = podState(pod, props.pulling)
  const reason = reasonOf(pod)
  const owner = pod.metadata.ownerReferences?.find(o => o.controller)
  const own = events
    .filter(e => e.involvedObject.uid === uid)
    .slice(-6)
    .reverse()
  const space = namespace === 'default' ? '' : ` -n ${namespace}`
  const run = (line: string): void => {
    model.showTab('terminal')
    void model.run(line, 0).catch(console.error)
  }
  const containers = containersOf(pod)
  const several = containers.length > 1
  return (
    <section
      class="details"
      ref={box}
      tabIndex={-1}
      aria-label={c.details(name)}
      onKeyDown={e => {
        if (e.key === 'Escape') {
          e.stopPropagation()
          props.onClose()
        }
      }}
    >
      <header>
        <h3>{name}</h3>
        <span class={`badge tone-${tones[state]}`}>
          <span aria-hidden="true">{glyphs[state]}</span> {c.states[state]}
        </span>
        <button type="button" class="icon" aria-label={t.lab.close} title={t.lab.close} onClick={props.onClose}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="m5 6 1-1 4 4 4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4Z" />
          </svg>
        </button>
      </header>
      <p>{c.plain[state]}</p>
      {reason && state !== 'running' && (
        <p class="reason" lang="en">
          {reason}
        </p>
      )}
      <dl class="facts-of">
        <div>
          <dt>{c.onNode}</dt>
          <dd>{pod.spec.nodeName ?? '—'}</dd>
        </div>
        <div>
          <dt>{c.ip}</dt>
          <dd>{pod.status.podIP ?? '—'}</dd>
        </div>
        <div class="owner">
          <dd>{owner ? c.owner(owner.kind, owner.name) : c.noOwner}</dd>
        </div>
      </dl>
      <h4>{c.containers}</h4>
      <ul class="containers">
        {containers.map(k => (
          <li key={`${k.kind}-${k.name}`}>
            <span class={`pea pea-${k.state} pea-kind-${k.kind}`} aria-hidden="true" />
            <span>
              <b>{k.name}</b>
              {k.kind !== 'main' && <small> · {k.kind === 'init' ? c.initContainers : c.sidecar}</small>}{' '}
              <code>{k.image}</code>
              <br />
              <small>
                {c.containerStates[k.state]}
                {k.reason ? ` · ${k.reason}` : ''}
                {k.exit && k.state !== 'ready' ? ` · ${c.exit(k.exit.code, k.exit.reason)}` : ''}
                {k.restarts > 0 ? ` · ${c.restarts(k.restarts)}` : ''}
              </small>
            </span>
            <button
              type="button"
              class="link"
              aria-label={`${c.logs} ${k.name}`}
              onClick={() => run(`kubectl logs ${name}${several ? ` -c ${k.name}` : ''}${space}`)}
            >
              {c.logs}
            </button>
          </li>
        ))}
      </ul>
      <p class="details-actions">
        <button type="button" class="link" onClick={() => run(`kubectl describe pod ${name}${space}`)}>
          {c.describe}
        </button>
        <button type="button" class="link" onClick={() => run(`kubectl get pod ${name} -o yaml${space}`)}>
          {c.yaml}
        </button>
        <button type="button" class="link" onClick={() => run(`kubectl exec -it ${name}${space} -- sh`)}>
          {c.shell}
        </button>
        <button type="button" class="link danger" onClick={() => run(`kubectl delete pod ${name}${space}`)}>
          {c.deletePod}
        </button>
      </p>
      {own.length > 0 && (
        <>
          <h4>{c.recent}</h4>
          <ul class="recent" lang="en">
            {own.map(e => (
              <li key={e.metadata.uid} class={e.type === 'Warning' ? 'warning' : ''}>
                <small>
                  {age(now - Date.parse(String(e.lastTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp)))}
                </small>{' '}
                <b>{e.reason}</b> {e.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
