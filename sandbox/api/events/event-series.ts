/**
 * Records Events the way client-go's recorder for events.k8s.io does, which the scheduler has: what is told again of the
 * same state of an object is a series. Its first two are written at once, the rest of the count now and then.
 */
import type { Clock } from '../../clock/clock.ts'
import type { Client } from '../client.ts'
import type { KindDef } from '../kind.ts'
import type { Event, KubeObject } from '../types.ts'
import { eventWriter, flat, namespaceOf } from './event-writer.ts'

export interface SeriesRecorderOptions {
  client: Client
  clock: Clock
  /** The kind of core/v1 Event. */
  kind: KindDef<Event>
  component: string
  /** Name of the machine that it runs on. */
  host: string
}

export interface Told {
  type: 'Normal' | 'Warning'
  reason: string
  action: string
  message: string
}

export interface SeriesRecorder {
  event(object: KubeObject, told: Told): void
  stop(): void
}

interface Remembered {
  object: KubeObject
  body: object
  name: string
  at: number
  series?: { count: number; lastObservedTime: string }
}

/** Counts of series are written so often, and a series without news for so long is over. */
const REFRESH_MS = 30 * 60_000
const FINISH_MS = 6 * 60_000
const REMEMBERED = 4096

const stateOf = ({ metadata }: KubeObject): string => `${metadata.uid}/${metadata.resourceVersion}`

export function createSeriesRecorder(options: SeriesRecorderOptions): SeriesRecorder {
  const { clock, component, host } = options
  const { about, write, rewrite } = eventWriter(options)
  const memories = new Map<string, Remembered>()
  const origin = clock.now()
  let [stopped, timed] = [false, false]

  function event(object: KubeObject, { type, reason, action, message }: Told): void {
    // What the message says makes no difference: it stays that of the first.
    const key = [type, reason, action, stateOf(object)].join(' ')
    const before = memories.get(key)
    const now = clock.microTimestamp()
    if (before) {
      before.at = clock.now()
      const isNew = !before.series
      before.series = { count: (before.series?.count ?? 1) + 1, lastObservedTime: now }
      if (isNew) record(before)
      return
    }
    const body = {
      involvedObject: about(object),
      reason,
      message: flat(message),
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      type,
      eventTime: now,
      action,
      reportingComponent: component,
      reportingInstance: `${component}-${host}`,
    }
    const name = write(object, { metadata: undefined, ...body })
    if (!name) return
    memories.set(key, { object: { metadata: object.metadata } as KubeObject, body, name, at: clock.now() })
    if (memories.size > REMEMBERED) memories.delete(memories.keys().next().value!)
    tidyLater()
  }

  function record({ object, body, name, series }: Remembered): void {
    if (rewrite(namespaceOf(object), name, { series })) write(object, { metadata: undefined, ...body, series }, name)
  }

  function tidyLater(): void {
    if (timed || stopped) return
    timed = true
    const next = FINISH_MS - ((clock.now() - origin) % FINISH_MS)
    clock.after(next, tidy, { quiet: true })
  }

  function tidy(): void {
    timed = false
    if (stopped) return
    const now = clock.now()
    const refreshes = (now - origin) % REFRESH_MS === 0
    for (const [key, memory] of memories) {
      const isOver = now - memory.at > FINISH_MS
      if (memory.series && (isOver || refreshes)) record(memory)
      if (isOver) memories.delete(key)
    }
    if (memories.size) tidyLater()
  }

  return {
    event,
    stop() {
      stopped = true
    },
  }
}
