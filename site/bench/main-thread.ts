/** The load on the main thread of a page while something happens: frames, and the longest tasks. */
import type { Browser, Page } from 'playwright-core'

export interface Traced<T> {
  result: T
  /** The longest task by the clock on the wall, in milliseconds: what else runs on the machine counts too. */
  wall: number
  /** The longest task by the thread's own time: what the page itself needs. */
  cpu: number
  /** Its own time all in all. */
  own: number
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

const countFrames = (page: Page, ms: number): Promise<number> =>
  page.evaluate(
    time =>
      new Promise<number>(done => {
        let frames = 0
        const began = performance.now()
        const frame = (): void => {
          frames++
          const passed = performance.now() - began
          if (passed < time) requestAnimationFrame(frame)
          else done((frames * 1000) / passed)
        }
        requestAnimationFrame(frame)
      }),
    ms,
  )

/** The tasks of the busiest page's main thread. */
function tasksOf(events: readonly TraceEvent[]): TraceEvent[] {
  const tasks = events.filter(e => e.ph === 'X' && e.name.endsWith('RunTask'))
  const own = (thread: TraceEvent): TraceEvent[] => tasks.filter(e => e.pid === thread.pid && e.tid === thread.tid)
  const time = (list: readonly TraceEvent[]): number => list.reduce((sum, e) => sum + (e.tdur ?? 0), 0)
  const threads = events.filter(e => e.name === 'thread_name' && e.args?.name === 'CrRendererMain').map(own)
  return threads.sort((a, b) => time(b) - time(a))[0] ?? []
}

/** Does something, and tells what the main thread did meanwhile. */
export async function traced<T>(browser: Browser, page: Page, work: () => Promise<T>): Promise<Traced<T>> {
  await browser.startTracing(page, { categories: ['toplevel'] })
  const result = await work()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const tasks = tasksOf(trace.traceEvents)
  const longest = (of: (e: TraceEvent) => number | undefined): number =>
    tasks.reduce((most, e) => Math.max(most, (of(e) ?? 0) / 1000), 0)
  return {
    result,
    wall: longest(e => e.dur),
    cpu: longest(e => e.tdur),
    own: tasks.reduce((sum, e) => sum + (e.tdur ?? 0) / 1000, 0),
  }
}

export interface Held extends Traced<unknown> {
  /** Frames a second. */
  frames: number
}

/** @param work begins what is watched */
export async function watch(browser: Browser, page: Page, ms: number, work: () => Promise<void>): Promise<Held> {
  const seen = await traced(browser, page, async () => {
    await work()
    return countFrames(page, ms)
  })
  return { ...seen, frames: seen.result }
}
