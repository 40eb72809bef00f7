/** All that has happened, along the time it took; whoever takes hold of it goes there. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import type { Moment } from '../moments.ts'
import { age } from '../picture/pod-state.ts'
import { usePart } from '../store.ts'

/** Marks nearer to each other than this share of the line become one. */
const SLOTS = 160
/** Keys held down are one journey. */
const PATIENCE_MS = 350
const REDRAW_MS = 500

/** The moments, renewed now and then while things happen. */
function useMoments(): readonly Moment[] {
  const { model } = useLab()
  const [moments, setMoments] = useState<readonly Moment[]>([])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        setMoments(model.moments())
      }, REDRAW_MS)
    }
    look()
    const stops = [model.view.watch(look), model.state.watch(look)]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [])
  return moments
}

export function Timeline() {
  const { model, t } = useLab()
  const began = usePart(model.state, s => s.began)
  const now = usePart(model.state, s => s.now)
  const end = usePart(model.state, s => Math.max(s.end, s.now))
  const ready = usePart(model.state, s => s.phase === 'ready' || s.phase === 'restoring')
  const moments = useMoments()
  const [wanted, setWanted] = useState<number>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const length = Math.max(1000, end - began)

  const marks = useMemo(() => {
    const slots = new Map<number, Moment['kind']>()
    for (const { at, kind } of moments) {
      if (at < began) continue
      const slot = Math.round(((at - began) / length) * SLOTS)
      const there = slots.get(slot)
      if (kind === 'deed' || there === undefined || (kind === 'warning' && there === 'event')) slots.set(slot, kind)
    }
    return [...slots]
  }, [moments, began, length])

  const at = wanted ?? now
  const near = moments.findLast(m => m.at <= at + 999)
  const said = `${age(at - began)}${near ? ` · ${near.text}` : ''}`
  const go = (to: number, patience: number): void => {
    setWanted(to)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      void model
        .lookAt(to)
        .catch(console.error)
        .finally(() => setWanted(undefined))
    }, patience)
  }
  const toNeighbour = (back: boolean): void => {
    const times = moments.map(m => m.at).filter(x => x >= began)
    // Just after it, so that what it did can be seen.
    const to = back ? times.findLast(x => x + 1000 < at) : times.find(x => x > at)
    go(to === undefined ? (back ? began : end) : Math.min(end, to + 1000), PATIENCE_MS)
  }
  return (
    <div class="timeline">
      <svg viewBox={`0 0 ${SLOTS} 10`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="timeline-past" x="0" y="4" height="2" width={((at - began) / length) * SLOTS} />
        {marks.map(([slot, kind]) => (
          <rect
            key={slot}
            class={`mark-${kind}`}
            x={slot - 0.3}
            y={kind === 'event' ? 3 : 1}
            width="0.6"
            height={kind === 'event' ? 4 : 8}
          />
        ))}
      </svg>
      <input
        type="range"
        min={0}
        max={length}
        step={1000}
        value={at - began}
        disabled={!ready}
        aria-label={t.time.timeline}
        aria-valuetext={said}
        title={said}
        onKeyDown={e => {
          if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return
          e.preventDefault()
          toNeighbour(e.key === 'ArrowLeft')
        }}
        onInput={e => setWanted(began + Number(e.currentTarget.value))}
        onChange={e => go(began + Number(e.currentTarget.value), 0)}
      />
      {wanted !== undefined && (
        <output class="timeline-said" style={{ '--at': `${((at - began) / length) * 100}%` }}>
          {said}
        </output>
      )}
    </div>
  )
}
