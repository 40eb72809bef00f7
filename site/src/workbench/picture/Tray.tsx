/** A node as a tray: what it is called, how it is, how much of it is spoken for, and the Pods that lie on it. */
import type { ComponentChildren } from 'preact'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { useLab } from '../context.ts'
import { nodeReady, nodeTainted } from './pod-state.ts'
import { amount, sharesOf } from './resources.ts'

type Node = ClusterView['nodes'][number]

interface Props {
  node: Node
  /** Those shown, and all that lie on it. */
  count: number
  all: ClusterView['pods']
  chosen: boolean
  onChoose(uid: string): void
  children: ComponentChildren
}

export function Tray({ node, count, all, chosen, onChoose, children }: Props) {
  const c = useLab().t.cluster
  const { name, uid } = node.metadata
  const ready = nodeReady(node)
  const tainted = nodeTainted(node)
  const notes = [
    ready ? c.nodeReady : c.nodeNotReady,
    ...(tainted ? [c.nodeTainted] : []),
    ...(node.spec.unschedulable ? [c.nodeCordoned] : []),
  ]
  return (
    <section
      class={`tray${ready ? '' : ' tray-down'}${tainted ? ' tray-control' : ''}`}
      aria-label={c.node(name, count)}
      data-node={name}
    >
      <header>
        <h3>
          <button type="button" class="tray-name" aria-expanded={chosen} data-uid={uid} onClick={() => onChoose(uid)}>
            <span class="tray-glyph" aria-hidden="true">
              {ready ? '●' : '✕'}
            </span>
            {name}
          </button>
        </h3>
        <span class="tray-notes">{notes.join(' · ')}</span>
        <dl class="meters">
          {sharesOf(node, all).map(share => (
            <div
              key={share.name}
              title={c.requested(
                c.resources[share.name] ?? share.name,
                amount(share.name, share.asked),
                amount(share.name, share.of),
              )}
            >
              <dt>{c.resources[share.name] ?? share.name}</dt>
              <dd>
                {amount(share.name, share.asked)}/{amount(share.name, share.of)}
                <span
                  class={`meter${share.asked > share.of * 0.9 ? ' meter-full' : ''}`}
                  style={{ '--share': `${share.of ? Math.min(100, (share.asked / share.of) * 100) : 0}%` }}
                  aria-hidden="true"
                />
              </dd>
            </div>
          ))}
        </dl>
      </header>
      {children}
    </section>
  )
}
