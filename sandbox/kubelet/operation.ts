/**
 * Operations that end a step which others can see: a container runs, a Pod is cleaned up. On a real node those of several
 * Pods share processor, disk and locks, so Pods that start together are ready one after the other. All of what they lose to one
 * another is put into these two: spreading each operation would show the same and cost twice as much.
 */
import type { NodeContext } from './node-context.ts'
import type { Wait } from './task.ts'

/** Each operation that is under way makes one that begins now so much longer, as a share of what is usual. */
const SHARE_OF_OTHERS = 0.6
/** How far apart two of them are at most that begin in the same circumstances, as a share of what is usual. */
const SPREAD = 1
/**
 * Times are multiples of this many milliseconds, which a real control plane needs for one write: what comes within it is
 * looked at together there, too, and controllers would otherwise write a status for every Pod of hundreds.
 */
const GRAIN = 20
/** Beside more than so many others there is more to write than a control plane gets through one by one: more is looked at together. */
const FEW = 1
const GRAIN_OF_MANY = 100

/**
 * Waits until an operation is done.
 * @param usual virtual milliseconds that it takes in the mean on a node with nothing else to do
 */
export const operation =
  ({ clock, random, operations }: NodeContext, usual: number): Wait =>
  resume => {
    const others = operations.underWay++
    const factor = 1 + SHARE_OF_OTHERS * others + SPREAD * (random.float() - 0.5)
    const grain = others > FEW ? GRAIN_OF_MANY : GRAIN
    let isOver = false
    const over = (): void => {
      if (!isOver) operations.underWay--
      isOver = true
    }
    const timer = clock.after(Math.round((usual * factor) / grain) * grain, () => {
      over()
      resume()
    })
    return () => {
      clock.cancel(timer)
      over()
    }
  }
