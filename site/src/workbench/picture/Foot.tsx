/** Below the trays: who makes the Pods and who sends them traffic. Pointing at one shows which Pods are meant. */
import type { ComponentChildren } from 'preact'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { counts, getsTraffic, reaches, topmost } from './relations.ts'

interface Props {
  view: ClusterView
  chosen: string | undefined
  system: boolean
  onSystem(shown: boolean): void
  onChoose(uid: string): void
  onPoint(uid: string | undefined): void
  /** What comes first. */
  children?: ComponentChildren
}

export function Foot({ view, chosen, system, onSystem, onChoose, onPoint, children }: Props) {
  const c = useLab().t.cluster
  const shown = (it: { metadata: { namespace?: string } }): boolean => system || it.metadata.namespace !== 'kube-system'
  const services = view.services.filter(s => s.metadata.name !== 'kubernetes' && shown(s))
  const workloads = topmost(view.workloads).filter(shown)
  const systemPods = view.pods.filter(p => p.metadata.namespace === 'kube-system').length
  const chip = (uid: string, kind: string, name: string, glyph: string, note: string, kindClass: string) => (
    <li key={uid}>
      <button
        type="button"
        class={`chip ${kindClass}`}
        aria-expanded={chosen === uid}
        data-uid={uid}
        title={`${kind} ${name}`}
        onClick={() => onChoose(uid)}
        onPointerEnter={() => onPoint(uid)}
        onPointerLeave={() => onPoint(undefined)}
        onFocus={() => onPoint(uid)}
        onBlur={() => onPoint(undefined)}
      >
        <span class="visually-hidden">{kind} </span>
        <span aria-hidden="true">{glyph}</span> {name} <small>{note}</small>
      </button>
    </li>
  )
  return (
    <div class="picture-foot">
      {children}
      {workloads.length > 0 && (
        <ul class="chips" aria-label={c.workloads}>
          {workloads.map(w => {
            const n = counts(w)
            const note = n ? `${n.achieved}/${n.wanted}` : w.kind
            const lacking = n && n.achieved < n.wanted ? ' lacking' : ''
            return chip(w.metadata.uid, w.kind, w.metadata.name, '❦', note, `workload${lacking}`)
          })}
        </ul>
      )}
      {services.length > 0 && (
        <ul class="chips" aria-label={c.services}>
          {services.map(s => {
            const reached = view.pods.filter(p => reaches(s, p))
            const ready = reached.filter(getsTraffic).length
            const note = reached.length === 0 ? c.reachesNone : `${ready}/${c.podCount(reached.length)}`
            return chip(
              s.metadata.uid,
              'Service',
              s.metadata.name,
              '⇶',
              note,
              `service${ready === 0 ? ' lacking' : ''}`,
            )
          })}
        </ul>
      )}
      {systemPods > 0 && (
        <label class="system">
          <input type="checkbox" checked={system} onChange={e => onSystem(e.currentTarget.checked)} />{' '}
          {c.system(systemPods)}
        </label>
      )}
    </div>
  )
}
