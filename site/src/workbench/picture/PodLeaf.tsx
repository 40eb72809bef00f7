/** One Pod in the picture. */
import { Component, createRef } from 'preact'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import type { Words } from '../../words/words.ts'
import { Peas } from './Peas.tsx'
import { containersOf, glyphs, type PodState, podState, readyCount, restartsOf, tones } from './pod-state.ts'

interface Props {
  pod: ClusterView['pods'][number]
  pulling: boolean
  chosen: boolean
  reached: boolean
  namespace: boolean
  /** One of very many: a glyph, and the rest in words. */
  dot: boolean
  words: Words['cluster']
  onChoose(uid: string): void
}

/** The Pod whose leaf had the focus when it was taken out of the page. */
let focused: string | undefined

/** Where the leaf of a Pod is now; it moves when the Pod is given a node. */
export const leafOf = (uid: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-uid="${CSS.escape(uid)}"]`)

/** Pods are frozen objects: the same object looks the same, so hundreds of others cost nothing. */
export class PodLeaf extends Component<Props> {
  private readonly button = createRef<HTMLButtonElement>()

  // A Pod that is given a node moves to another list, which makes its leaf anew: the focus goes with it.
  override componentWillUnmount(): void {
    if (document.activeElement === this.button.current) focused = this.props.pod.metadata.uid
  }

  override componentDidMount(): void {
    if (focused !== this.props.pod.metadata.uid) return
    focused = undefined
    if (document.activeElement === document.body) this.button.current?.focus()
  }

  override shouldComponentUpdate(next: Props): boolean {
    const now = this.props
    return (
      next.pod !== now.pod ||
      next.pulling !== now.pulling ||
      next.chosen !== now.chosen ||
      next.reached !== now.reached ||
      next.namespace !== now.namespace ||
      next.dot !== now.dot
    )
  }

  override render({ pod, pulling, chosen, reached, namespace, dot, words, onChoose }: Props) {
    const state = podState(pod, pulling)
    const restarts = restartsOf(pod)
    const name = namespace ? `${pod.metadata.namespace}/${pod.metadata.name}` : pod.metadata.name
    const more = words.podMore(readyCount(pod), restarts)
    return (
      <button
        ref={this.button}
        type="button"
        class={`leaf tone-${tones[state]} leaf-${state}${reached ? ' reached' : ''}`}
        aria-expanded={chosen}
        aria-label={dot ? `Pod ${name} ${words.states[state]}${more}` : undefined}
        data-pod={pod.metadata.name}
        data-uid={pod.metadata.uid}
        data-state={state}
        title={`${name} · ${words.states[state]}`}
        onClick={() => onChoose(pod.metadata.uid)}
      >
        {dot ? (
          glyphs[state]
        ) : (
          <Face pod={pod} name={name} state={state} restarts={restarts} more={more} words={words} />
        )}
      </button>
    )
  }
}

interface FaceProps extends Pick<Props, 'pod' | 'words'> {
  name: string
  state: PodState
  restarts: number
  more: string
}

/** What tells a Pod from its siblings stays in sight, however long the name before it. */
const tailOf = (name: string): string => /-[^-]{1,10}$/.exec(name)?.[0] ?? ''

function Face({ pod, name, state, restarts, more, words }: FaceProps) {
  const tail = tailOf(name)
  return (
    <>
      <span class="leaf-head">
        <Peas containers={containersOf(pod)} />
        <span class="visually-hidden">Pod {name}</span>
        <span class="leaf-name" aria-hidden="true">
          <span class="leaf-name-head">{name.slice(0, -tail.length || undefined)}</span>
          {tail}
        </span>
      </span>
      <span class="leaf-state">
        <span aria-hidden="true">{glyphs[state]}</span> {words.states[state]}
        {restarts > 0 && (
          <span class="leaf-restarts" aria-hidden="true">
            {' '}
            ↻{restarts}
          </span>
        )}
        <span class="visually-hidden">{more}</span>
      </span>
    </>
  )
}
