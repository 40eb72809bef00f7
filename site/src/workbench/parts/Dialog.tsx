/** A question in front of everything else; Escape answers no. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export function Dialog(props: { onClose(): void; label: string; wide?: boolean; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null
    dialog.current?.showModal()
    return () => before?.focus()
  }, [])
  return (
    <dialog class={`ask${props.wide ? ' ask-wide' : ''}`} ref={dialog} aria-label={props.label} onClose={props.onClose}>
      {props.children}
    </dialog>
  )
}
