/** Sends the page what has changed in the view, in portions: the next one only after the page has drawn the last. */
import type { ClusterView } from '../../../sandbox/scenario/session.ts'
import type { ViewChange } from './rpc.ts'
import { createViewDiff, type Portion, type ViewDiff } from './view-diff.ts'

const LOOK_MS = 50
/** What a desktop draws within a frame. */
const A_FRAME: Portion = { pods: 20, events: 60 }

export interface ViewSenderOptions {
  /** Between two instants, when the world may be looked at. */
  inTurn(work: () => Promise<void>): void
  look(): ClusterView | undefined
  send(change: ViewChange): void
  later(ms: number, work: () => void): void
}

export interface ViewSender {
  /** Begins with another session: the page forgets what it was shown. The first portion is sent at once. */
  begin(): void
  /** Something in the view has changed: it is looked at `LOOK_MS` later, so that changes are sent together. */
  changed(): void
  /** The page has drawn what it was sent. */
  drawn(): void
}

export function createViewSender({ inTurn, look, send, later }: ViewSenderOptions): ViewSender {
  let diff: ViewDiff = createViewDiff()
  /** The view that is being sent. It may be older than the store; events that have expired meanwhile are no loss. */
  let view: ClusterView | undefined
  let due = false
  let drawing = false
  let changed = false

  function sendNext(): void {
    if (!view) return
    const { change, all } = diff.next(view, A_FRAME)
    if (all) view = undefined
    drawing = true
    send(change)
  }

  function now(): void {
    changed = false
    view = look()
    sendNext()
  }

  function lookSoon(): void {
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
    changed: lookSoon,
    begin() {
      diff = createViewDiff()
      now()
    },
    drawn() {
      drawing = false
      if (view) sendNext()
      else if (changed) lookSoon()
    },
  }
}
