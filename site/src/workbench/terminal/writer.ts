/** Output on its way to the screen: no more at a time than it can draw, and of a flood only what will be seen. */
import { Scrollback } from './scrollback.ts'

/** Characters that the screen may be busy with. */
const UNDER_WAY = 128 * 1024
/** More than the screen keeps for scrolling back, whatever the lines' length. */
const WORTH_DRAWING = 1_000_000

export interface Writer {
  add(data: string): void
  /** Whether all there was has been drawn. */
  idle(): boolean
}

/** @param write calls back once the text has been drawn */
export function createWriter(write: (data: string, drawn: () => void) => void): Writer {
  const waiting = new Scrollback(WORTH_DRAWING)
  /** Taken from what waits, and cut into pieces that the screen can draw. */
  let taken = ''
  let busy = false
  const next = (): void => {
    if (busy) return
    taken ||= waiting.take()
    if (!taken) return
    const piece = taken.slice(0, UNDER_WAY)
    taken = taken.slice(UNDER_WAY)
    busy = true
    write(piece, () => {
      busy = false
      next()
    })
  }
  return {
    add(data) {
      waiting.add(data)
      next()
    },
    idle: () => !busy,
  }
}
