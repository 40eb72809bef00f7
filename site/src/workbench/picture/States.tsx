/** Of Pods too many to read: how many are in which state, what is wrong first; pressing a state leads to its Pods, one after the other. */
import { useMemo } from 'preact/hooks'
import { useLab } from '../context.ts'
import { leafOf } from './PodLeaf.tsx'
import { glyphs, type Pod, tally, tones } from './pod-state.ts'

interface Props {
  pods: readonly Pod[]
  pulling: ReadonlySet<string>
  chosen: string | undefined
  onChoose(uid: string): void
}

export function States({ pods, pulling, chosen, onChoose }: Props) {
  const c = useLab().t.cluster
  const states = useMemo(() => tally(pods, pulling), [pods, pulling])
  const lead = (uids: readonly string[]): void => {
    const next = uids[(uids.indexOf(chosen ?? '') + 1) % uids.length]
    if (!next || next === chosen) return
    leafOf(next)?.scrollIntoView({ block: 'nearest' })
    onChoose(next)
  }
  return (
    <ul class="chips" aria-label={c.podStates}>
      {states.map(([state, uids]) => (
        <li key={state}>
          <button type="button" class={`chip state tone-${tones[state]}`} onClick={() => lead(uids)}>
            <span aria-hidden="true">{glyphs[state]}</span> {uids.length} <small>{c.states[state]}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}
