/** Components that several details share: commands as links, facts, events, the Pods that are meant. */
import type { ComponentChildren } from 'preact'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import type { Model } from '../model.ts'
import { timeOf } from '../moments.ts'
import { Peas } from '../picture/Peas.tsx'
import { age, containersOf, podState } from '../picture/pod-state.ts'
import { usePart } from '../store.ts'

const EVENTS = 6

export const space = (namespace = 'default'): string => (namespace === 'default' ? '' : ` -n ${namespace}`)

/** Runs a line in the terminal, where the reader can see what it was. */
export function run(model: Model, line: string): void {
  model.showTab('terminal')
  void model.run(line, 0).catch(console.error)
}

export function Actions(props: { lines: readonly (readonly [label: string, line: string, danger?: true])[] }) {
  const { model } = useLab()
  return (
    <p class="details-actions">
      {props.lines.map(([label, line, danger]) => (
        <button
          key={label}
          type="button"
          class={`link${danger ? ' danger' : ''}`}
          title={line}
          onClick={() => run(model, line)}
        >
          {label}
        </button>
      ))}
    </p>
  )
}

export function Facts(props: { of: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts-of">
      {props.of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Goes to the closer look at something else. */
export function Other(props: { uid: string; children: ComponentChildren }) {
  const { model } = useLab()
  return (
    <button type="button" class="link" onClick={() => model.state.set({ chosen: props.uid })}>
      {props.children}
    </button>
  )
}

export function PodList(props: { pods: ClusterView['pods'] }) {
  const { t } = useLab()
  if (props.pods.length === 0) return null
  return (
    <>
      <h4>{t.cluster.resources.pods}</h4>
      <ul class="pod-list">
        {props.pods.map(pod => (
          <li key={pod.metadata.uid}>
            <Peas containers={containersOf(pod)} />
            <Other uid={pod.metadata.uid}>{pod.metadata.name}</Other>
            <small>{t.cluster.states[podState(pod)]}</small>
          </li>
        ))}
      </ul>
    </>
  )
}

export function Recent(props: { about: (event: ClusterView['events'][number]) => boolean }) {
  const { model, t } = useLab()
  const events = usePart(model.view, v => v.view.events)
  const now = usePart(model.state, s => s.now)
  const own = events.filter(props.about).slice(-EVENTS).reverse()
  if (own.length === 0) return null
  return (
    <>
      <h4>{t.cluster.recent}</h4>
      <ul class="recent" lang="en">
        {own.map(e => (
          <li key={e.metadata.uid} class={e.type === 'Warning' ? 'warning' : ''}>
            <small>{age(now - timeOf(e))}</small> <b>{e.reason}</b> {e.message}
            {(e.count ?? 1) > 1 ? ` (×${e.count})` : ''}
          </li>
        ))}
      </ul>
    </>
  )
}
