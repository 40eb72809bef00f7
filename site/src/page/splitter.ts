/** Bars between two panes: dragged, or moved with the arrow keys; where they stand is remembered. */

const limits = (bar: HTMLElement): [number, number] => [Number(bar.ariaValueMin ?? 10), Number(bar.ariaValueMax ?? 90)]

function remembered(name: string): number | undefined {
  try {
    const kept = Number(localStorage.getItem(`podlab.split.${name}`))
    return kept > 0 ? kept : undefined
  } catch {
    return undefined
  }
}

/** Makes one bar work. `apply` is given the percentage of the first pane. */
export function makeSplitter(bar: HTMLElement, apply: (percent: number) => void, initial: number): () => void {
  const name = bar.dataset.splitter ?? ''
  const vertical = bar.ariaOrientation === 'vertical'
  const set = (percent: number, keep = true): void => {
    const [min, max] = limits(bar)
    const value = Math.round(Math.min(max, Math.max(min, percent)) * 10) / 10
    bar.ariaValueNow = String(Math.round(value))
    apply(value)
    if (!keep) return
    try {
      localStorage.setItem(`podlab.split.${name}`, String(value))
    } catch {
      // Not remembered, that is all.
    }
  }
  const drag = (event: PointerEvent): void => {
    const box = bar.parentElement!.getBoundingClientRect()
    set(vertical ? ((event.clientX - box.left) / box.width) * 100 : ((event.clientY - box.top) / box.height) * 100)
  }
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return
    event.preventDefault()
    bar.focus()
    bar.setPointerCapture(event.pointerId)
    bar.addEventListener('pointermove', drag)
  }
  const up = (): void => bar.removeEventListener('pointermove', drag)
  const key = (event: KeyboardEvent): void => {
    const now = Number(bar.ariaValueNow)
    const [min, max] = limits(bar)
    const moves: Record<string, number> = {
      [vertical ? 'ArrowLeft' : 'ArrowUp']: now - 2,
      [vertical ? 'ArrowRight' : 'ArrowDown']: now + 2,
      Home: min,
      End: max,
      Enter: initial,
    }
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    set(to)
  }
  const reset = (): void => set(initial)
  bar.addEventListener('pointerdown', down)
  bar.addEventListener('pointerup', up)
  bar.addEventListener('pointercancel', up)
  bar.addEventListener('keydown', key)
  bar.addEventListener('dblclick', reset)
  set(remembered(name) ?? initial, false)
  return () => {
    bar.removeEventListener('pointerdown', down)
    bar.removeEventListener('pointerup', up)
    bar.removeEventListener('pointercancel', up)
    bar.removeEventListener('keydown', key)
    bar.removeEventListener('dblclick', reset)
    up()
  }
}

/** The bar between prose and workbench. */
export function watchSplitters(page: HTMLElement): void {
  const bar = page.querySelector<HTMLElement>('[data-splitter="main"]')
  if (!bar) return
  makeSplitter(bar, percent => page.style.setProperty('--prose-width', `${percent}%`), Number(bar.ariaValueNow))
}
