/** The cluster as one sees it: nodes as trays, Pods lying on them, Services below. */
import { useMemo, useState } from 'preact/hooks'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { PodLeaf } from './PodLeaf.tsx'
import { nodeReady, nodeTainted, reaches } from './pod-state.ts'

type Pod = ClusterView['pods'][number]
type Node = ClusterView['nodes'][number]

/** Pods whose newest event is that an image is being pulled. */
export function pullingPods(view: ClusterView): Set<string> {
  const last = new Map<string, string>()
  for (const event of view.events)
    if (event.involvedObject.kind === 'Pod') last.set(event.involvedObject.uid ?? '', event.reason ?? '')
  return new Set([...last].flatMap(([uid, reason]) => (reason === 'Pulling' ? [uid] : [])))
}

const gigabytes = (quantity: unknown): string => {
  const [, n = '0', unit = ''] = /^(\d+)(\w*)$/.exec(String(quantity ?? '')) ?? []
  const bytes = Number(n) * ({ Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 }[unit] ?? 1)
  return `${Math.round(bytes / 1024 ** 3)} GiB`
}

export function Picture() {
  const { model, t } = useLab()
  const c = t.cluster
  const view = usePart(model.view, v => v.view)
  const [system, setSystem] = useState(false)
  const chosen = usePart(model.state, s => s.pod)
  const [service, setService] = useState<string>()
  const pulling = useMemo(() => pullingPods(view), [view.events])

  const systemPods = view.pods.filter(p => p.metadata.namespace === 'kube-system').length
  const pods = system ? view.pods : view.pods.filter(p => p.metadata.namespace !== 'kube-system')
  const manySpaces = new Set(pods.map(p => p.metadata.namespace)).size > 1
  const services = view.services.filter(
    s => s.metadata.name !== 'kubernetes' && (system || s.metadata.namespace !== 'kube-system'),
  )
  const pointed = services.find(s => s.metadata.uid === service)
  const density = pods.length > 150 ? 'dots' : pods.length > 36 ? 'chips' : 'leaves'

  const leaf = (pod: Pod) => (
    <li key={pod.metadata.uid}>
      <PodLeaf
        pod={pod}
        pulling={pulling.has(pod.metadata.uid)}
        chosen={chosen === pod.metadata.uid}
        reached={pointed !== undefined && reaches(pointed, pod)}
        namespace={manySpaces}
        words={c}
        onChoose={uid => model.state.set({ pod: model.state.get().pod === uid ? undefined : uid })}
      />
    </li>
  )

  const tray = (node: Node) => {
    const name = node.metadata.name
    const mine = pods.filter(p => p.spec.nodeName === name)
    const ready = nodeReady(node)
    const notes = [
      ready ? c.nodeReady : c.nodeNotReady,
      ...(nodeTainted(node) ? [c.nodeTainted] : []),
      ...(node.spec.unschedulable ? [c.nodeCordoned] : []),
    ]
    return (
      <section
        key={name}
        class={`tray${ready ? '' : ' tray-down'}${nodeTainted(node) ? ' tray-control' : ''}`}
        aria-label={c.node(name, mine.length)}
        data-node={name}
      >
        <header>
          <span class="tray-glyph" aria-hidden="true">
            {ready ? '●' : '✕'}
          </span>
          <h3>{name}</h3>
          <span class="tray-notes">{notes.join(' · ')}</span>
          <span class="tray-capacity">
            {String(node.status.capacity?.cpu ?? '')} CPU · {gigabytes(node.status.capacity?.memory)}
          </span>
        </header>
        {mine.length > 0 ? <ul class="leaves">{mine.map(leaf)}</ul> : <p class="tray-empty">{c.empty}</p>}
      </section>
    )
  }

  const waiting = pods.filter(p => !p.spec.nodeName)
  const workers = view.nodes.filter(n => !nodeTainted(n))
  const control = view.nodes.filter(nodeTainted)
  return (
    <div class={`picture density-${density}`}>
      <div class="trays">
        {waiting.length > 0 && (
          <section class="tray tray-waiting" aria-label={c.waitingLabel}>
            <header>
              <span class="tray-glyph" aria-hidden="true">
                …
              </span>
              <h3>{c.waiting}</h3>
            </header>
            <ul class="leaves">{waiting.map(leaf)}</ul>
          </section>
        )}
        <div class="workers">{workers.map(tray)}</div>
        {control.length > 0 && <div class="controls">{control.map(tray)}</div>}
        {pods.length === 0 && view.nodes.length > 0 && <p class="picture-hint">{c.noPods}</p>}
      </div>
      <div class="picture-foot">
        {services.length > 0 && (
          <ul class="services" aria-label={c.services}>
            {services.map(s => {
              const n = view.pods.filter(p => reaches(s, p)).length
              const here = service === s.metadata.uid
              return (
                <li key={s.metadata.uid}>
                  <button
                    type="button"
                    class="service"
                    aria-pressed={here}
                    onClick={() => setService(here ? undefined : s.metadata.uid)}
                  >
                    <span class="visually-hidden">Service </span>
                    <span aria-hidden="true">⇶</span> {s.metadata.name} <small>{c.reaches(n)}</small>
                  </button>
                </li>
              )
            })}
          </ul>
        )}
        {systemPods > 0 && (
          <label class="system">
            <input type="checkbox" checked={system} onChange={e => setSystem(e.currentTarget.checked)} />{' '}
            {c.system(systemPods)}
          </label>
        )}
      </div>
    </div>
  )
}
