/** A bar between two stacked panes. */
import { useEffect, useRef } from 'preact/hooks'
import { makeSplitter } from '../../page/splitter.ts'

export function Splitter(props: {
  name: string
  label: string
  initial: number
  min: number
  max: number
  onMove(percent: number): void
}) {
  const bar = useRef<HTMLDivElement>(null)
  const move = useRef(props.onMove)
  move.current = props.onMove
  useEffect(() => makeSplitter(bar.current!, percent => move.current(percent), props.initial), [])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator that moves is this role, and no element has it.
    <div
      class="splitter"
      ref={bar}
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={props.label}
      aria-valuemin={props.min}
      aria-valuemax={props.max}
      aria-valuenow={props.initial}
      data-splitter={props.name}
    />
  )
}
