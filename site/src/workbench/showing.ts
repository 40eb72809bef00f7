/** The worker's side of the picture: what has changed goes to the page in pieces, and the next one only when the last has been drawn. */
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import type { ViewChange } from './rpc.ts'
import { createTelling, type Portion, type Telling } from './view-change.ts'

const LOOK_MS = 50
/** Some milliseconds of drawing, on a desk. */
const A_FRAME: Portion = { pods: 20, events: 60 }

interface Means {
  /** Between two instants, when the world may be looked at. */
  inTurn(work: () => Promise<void>): void
  look(): ClusterView | undefined
  send(change: ViewChange): void
  later(ms: number, work: () => void): void
}

export interface Showing {
  /** Another world: nothing that was shown remains. Shown at once, as far as it fits. */
  begin(): void
  /** Something has changed. */
  soon(): void
  /** The page has drawn what it was sent. */
  drawn(): void
}

export function createShowing({ inTurn, look, send, later }: Means): Showing {
  let telling: Telling = createTelling()
  /** What is being told; events that are dropped from the store meanwhile are no loss. */
  let view: ClusterView | undefined
  let due = false
  let drawing = false
  let changed = false

  function tell(): void {
    if (!view) return
    const { change, all } = telling.next(view, A_FRAME)
    if (all) view = undefined
    drawing = true
    send(change)
  }

  function now(): void {
    changed = false
    view = look()
    tell()
  }

  function soon(): void {
    changed = true
    if (due || drawing) return
    due = true
    later(LOOK_MS, () =>
      inTurn(async () => {
        due = false
        if (!drawing) now()
      }),
    )
  }

  return {
    soon,
    begin() {
      telling = createTelling()
      now()
    },
    drawn() {
      drawing = false
      if (view) tell()
      else if (changed) soon()
    },
  }
}
