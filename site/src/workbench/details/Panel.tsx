/** The frame of a closer look: a title, a state, a way out; it takes the keys while it is open, and gives them back. */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useLab } from '../context.ts'
import { Cross } from '../parts/Cross.tsx'
import { leafOf } from '../picture/PodLeaf.tsx'

interface Props {
  uid: string
  kind: string
  name: string
  state: { text: string; glyph: string; tone: string }
  children: ComponentChildren
}

export function Panel({ uid, kind, name, state, children }: Props) {
  const { model, t } = useLab()
  const box = useRef<HTMLElement>(null)
  const close = (): void => model.state.set({ chosen: undefined })
  // Before anything else can happen: a key pressed as soon as the details are seen is theirs.
  useLayoutEffect(() => {
    box.current?.focus()
    return () => (leafOf(uid) ?? document.querySelector<HTMLElement>('.picture'))?.focus()
  }, [])
  return (
    <section
      class="details"
      ref={box}
      tabIndex={-1}
      aria-label={t.cluster.details(kind, name)}
      onKeyDown={e => {
        if (e.key !== 'Escape') return
        e.stopPropagation()
        close()
      }}
    >
      <header>
        <h3>
          <small>{kind}</small> {name}
        </h3>
        <span class={`badge tone-${state.tone}`}>
          <span aria-hidden="true">{state.glyph}</span> {state.text}
        </span>
        <button type="button" class="icon" aria-label={t.lab.close} title={t.lab.close} onClick={close}>
          <Cross />
        </button>
      </header>
      {children}
    </section>
  )
}
