/** The cluster as one sees it: nodes as trays, Pods lying on them; below, who makes them and who reaches them. */
import { useMemo, useRef, useState } from 'preact/hooks'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { usePart } from '../store.ts'
import { Foot } from './Foot.tsx'
import { useMotion } from './motion.ts'
import { PodLeaf } from './PodLeaf.tsx'
import { nodeTainted } from './pod-state.ts'
import { podsOf, reaches } from './relations.ts'
import { States } from './States.tsx'
import { Tray } from './Tray.tsx'

type Pod = ClusterView['pods'][number]
type Node = ClusterView['nodes'][number]

/** More Pods than this are drawn smaller. */
const LEAVES = 36
const CHIPS = 150

/** Pods whose newest event is that an image is being pulled. */
export function pullingPods(view: ClusterView): Set<string> {
  const last = new Map<string, string>()
  for (const event of view.events)
    if (event.involvedObject.kind === 'Pod') last.set(event.involvedObject.uid ?? '', event.reason ?? '')
  return new Set([...last].flatMap(([uid, reason]) => (reason === 'Pulling' ? [uid] : [])))
}

/** uids of the Pods that a Service reaches or a workload has made. */
function meant(uid: string | undefined, view: ClusterView): Set<string> {
  const service = view.services.find(s => s.metadata.uid === uid)
  const workload = view.workloads.find(w => w.metadata.uid === uid)
  const pods = service ? view.pods.filter(p => reaches(service, p)) : workload ? podsOf(workload, view) : []
  return new Set(pods.map(p => p.metadata.uid))
}

/** In the order in which they were made, however they became known: a look into the past and back shuffles nothing. */
const inOrder = (pods: readonly Pod[]): Pod[] =>
  pods
    .map(pod => [`${pod.metadata.creationTimestamp} ${pod.metadata.name}`, pod] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pod]) => pod)

function byNode(pods: readonly Pod[]): Map<string, Pod[]> {
  const lists = new Map<string, Pod[]>()
  for (const pod of pods) {
    const node = pod.spec.nodeName ?? ''
    const list = lists.get(node)
    if (list) list.push(pod)
    else lists.set(node, [pod])
  }
  return lists
}

export function Picture() {
  const { model, t } = useLab()
  const c = t.cluster
  const view = usePart(model.view, v => v.view)
  const [system, setSystem] = useState(false)
  const chosen = usePart(model.state, s => s.chosen)
  const [pointed, setPointed] = useState<string>()
  const pulling = useMemo(() => pullingPods(view), [view.events])
  const root = useRef<HTMLDivElement>(null)
  useMotion(root)

  const everyPod = useMemo(() => inOrder(view.pods), [view.pods])
  const pods = useMemo(
    () => (system ? everyPod : everyPod.filter(p => p.metadata.namespace !== 'kube-system')),
    [everyPod, system],
  )
  const manySpaces = new Set(pods.map(p => p.metadata.namespace)).size > 1
  const highlighted = meant(pointed ?? chosen, view)
  const density = pods.length > CHIPS ? 'dots' : pods.length > LEAVES ? 'chips' : 'leaves'
  const shown = byNode(pods)
  const all = byNode(view.pods)
  const choose = (uid: string): void => model.state.set({ chosen: model.state.get().chosen === uid ? undefined : uid })

  const leaf = (pod: Pod) => (
    <li key={pod.metadata.uid}>
      <PodLeaf
        pod={pod}
        pulling={pulling.has(pod.metadata.uid)}
        chosen={chosen === pod.metadata.uid}
        reached={highlighted.has(pod.metadata.uid)}
        namespace={manySpaces}
        dot={density === 'dots'}
        words={c}
        onChoose={choose}
      />
    </li>
  )

  const tray = (node: Node) => {
    const name = node.metadata.name
    const mine = shown.get(name) ?? []
    return (
      <Tray
        key={name}
        node={node}
        count={mine.length}
        all={all.get(name) ?? []}
        chosen={chosen === node.metadata.uid}
        onChoose={choose}
      >
        {mine.length > 0 ? <ul class="leaves">{mine.map(leaf)}</ul> : <p class="tray-empty">{c.empty}</p>}
      </Tray>
    )
  }

  const waiting = shown.get('') ?? []
  const workers = view.nodes.filter(n => !nodeTainted(n))
  const control = view.nodes.filter(nodeTainted)
  return (
    <div class={`picture density-${density}`} ref={root} tabIndex={-1}>
      <div class="trays">
        {waiting.length > 0 && (
          <section class="tray tray-waiting" aria-label={c.waitingLabel}>
            <header>
              <span class="tray-glyph" aria-hidden="true">
                …
              </span>
              <h3>{c.waiting}</h3>
              <span class="tray-notes">{c.podCount(waiting.length)}</span>
            </header>
            <ul class="leaves">{waiting.map(leaf)}</ul>
          </section>
        )}
        <div class="workers">{workers.map(tray)}</div>
        {control.length > 0 && <div class="controls">{control.map(tray)}</div>}
        {pods.length === 0 && view.nodes.length > 0 && <p class="picture-hint">{c.noPods}</p>}
      </div>
      <Foot view={view} chosen={chosen} system={system} onSystem={setSystem} onChoose={choose} onPoint={setPointed}>
        {density === 'dots' && <States pods={pods} pulling={pulling} chosen={chosen} onChoose={choose} />}
      </Foot>
    </div>
  )
}
