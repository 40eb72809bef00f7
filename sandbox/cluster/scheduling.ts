/** The scheduler with the recorder of its events; loaded with the first Pod. */
import { createSeriesRecorder } from '../api/events/event-series.ts'
import type { InProcessClient } from '../api/in-process.ts'
import { event } from '../api/kinds/event.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { SCHEDULER_NAME, startScheduler } from '../scheduler/scheduler.ts'

export interface SchedulingOptions {
  client: InProcessClient
  clock: Clock
  random: Random
  /** The machine that it runs on, as its events tell. */
  host: string
}

/** @returns how to stop it */
export const startScheduling = ({ client, clock, random, host }: SchedulingOptions): (() => void) =>
  startScheduler({
    client,
    clock,
    random,
    events: createSeriesRecorder({ client, clock, kind: event, component: SCHEDULER_NAME, host }),
  })
