/**
 * Records core/v1 Events the way client-go's recorder does: an event seen before bumps count and lastTimestamp, ten alike
 * in ten minutes are combined into one, and a source that floods an object is dropped after a burst of 25.
 */
import type { Clock } from '../clock/clock.ts'
import type { Client, EventRecorder } from './client.ts'
import type { KindDef } from './kind.ts'
import { isAlreadyExists, isNotFound, StatusError } from './status.ts'
import type { Event, KubeObject } from './types.ts'

export interface RecorderOptions {
  client: Client
  clock: Clock
  /** The kind of core/v1 Event. */
  kind: KindDef<Event>
  component: string
  host?: string
  /**
   * Write as events.k8s.io does (eventTime, action, series), as the scheduler's recorder; the old way when absent.
   * @returns the action for a reason
   */
  action?: (reason: string) => string
}

const SIMILAR_MAX = 10
const SIMILAR_WINDOW_MS = 10 * 60_000
const SERIES_WINDOW_MS = 6 * 60_000
const BURST = 25
const REFILL_MS = 300_000
const REMEMBERED = 4096

interface Seen {
  name: string
  namespace: string
  count: number
  first: string
  at: number
}

export function createRecorder(options: RecorderOptions): EventRecorder {
  const { client, clock, kind, component, host, action } = options
  const seen = new Map<string, Seen>()
  const similar = new Map<string, { messages: Set<string>; at: number }>()
  const buckets = new Map<string, { tokens: number; at: number }>()
  let sequence = 0n

  const about = (object: KubeObject, fieldPath?: string) => {
    const { namespace, name, uid, resourceVersion } = object.metadata
    return {
      kind: object.kind,
      ...(namespace && { namespace }),
      name,
      uid,
      apiVersion: object.apiVersion,
      ...(resourceVersion && { resourceVersion }),
      ...(fieldPath && { fieldPath }),
    }
  }

  /** Nanoseconds in hexadecimal, made unique within the millisecond. */
  const suffix = (): string => (BigInt(clock.now()) * 1_000_000n + (sequence++ % 1_000_000n)).toString(16)

  function allowed(key: string): boolean {
    const now = clock.now()
    const bucket = recall(buckets, key, () => ({ tokens: BURST, at: now }))
    bucket.tokens = Math.min(BURST, bucket.tokens + (now - bucket.at) / REFILL_MS)
    bucket.at = now
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }

  function record(
    object: KubeObject,
    fieldPath: string | undefined,
    type: string,
    reason: string,
    message: string,
  ): void {
    const now = clock.now()
    const involvedObject = about(object, fieldPath)
    const namespace = object.metadata.namespace || 'default'
    const who = `${object.kind}/${namespace}/${object.metadata.name}/${object.metadata.uid}/${object.apiVersion}`
    if (action) {
      recordSeries(involvedObject, namespace, `${who}|${type}|${reason}|${message}`, type, reason, message)
      return
    }

    const likeKey = `${who}|${type}|${reason}`
    const like = recall(similar, likeKey, () => ({ messages: new Set<string>(), at: now }))
    if (now - like.at > SIMILAR_WINDOW_MS) like.messages.clear()
    like.at = now
    like.messages.add(message)
    let key = `${who}|${fieldPath ?? ''}|${type}|${reason}|${message}`
    let text = message
    if (like.messages.size >= SIMILAR_MAX) {
      like.messages.delete(like.messages.values().next().value!)
      key = likeKey
      text = `(combined from similar events): ${message}`
    }
    if (!allowed(who)) return
    const last = seen.get(key)
    const timestamp = clock.timestamp()
    if (last) {
      try {
        client.patch(kind, last.namespace, last.name, {
          count: last.count + 1,
          lastTimestamp: timestamp,
          message: text,
        })
        last.count++
        return
      } catch (error) {
        if (!isNotFound(error)) return
      }
    }
    const source = { component, ...(host && { host }) }
    const name = write(
      namespace,
      {
        involvedObject,
        reason,
        message: text,
        source,
        firstTimestamp: timestamp,
        lastTimestamp: timestamp,
        count: 1,
        type,
        eventTime: null,
        reportingComponent: component,
        reportingInstance: host ?? '',
      },
      object.metadata.name,
    )
    if (name) remember(seen, key, { name, namespace, count: 1, first: timestamp, at: now })
  }

  function recordSeries(
    regarding: Record<string, string>,
    namespace: string,
    key: string,
    type: string,
    reason: string,
    message: string,
  ): void {
    const now = clock.now()
    const last = seen.get(key)
    if (last && now - last.at <= SERIES_WINDOW_MS) {
      last.count++
      last.at = now
      try {
        client.patch(kind, last.namespace, last.name, {
          series: { count: last.count, lastObservedTime: clock.microTimestamp() },
        })
        return
      } catch (error) {
        if (!isNotFound(error)) return
      }
    }
    const name = write(
      namespace,
      {
        involvedObject: regarding,
        reason,
        message,
        source: {},
        firstTimestamp: null,
        lastTimestamp: null,
        type,
        eventTime: clock.microTimestamp(),
        action: action!(reason),
        reportingComponent: component,
        reportingInstance: host ?? component,
      },
      regarding.name!,
    )
    if (name) remember(seen, key, { name, namespace, count: 1, first: '', at: now })
  }

  /** An event that cannot be written (its namespace is going) is lost, as in a real cluster. */
  function write(namespace: string, body: object, about: string): string | undefined {
    for (;;) {
      const name = `${about}.${suffix()}`
      try {
        client.create(kind, { metadata: { name, namespace }, ...body } as never)
        return name
      } catch (error) {
        // Another recorder has told of an object of this name at the same instant.
        if (isAlreadyExists(error)) continue
        if (error instanceof StatusError) return undefined
        throw error
      }
    }
  }

  return {
    event: (object, type, reason, message) => record(object, undefined, type, reason, message),
    eventAt: (object, fieldPath, type, reason, message) => record(object, fieldPath, type, reason, message),
  }
}

/** Like client-go's LRU cache: what was added first is forgotten first. */
function remember<V>(map: Map<string, V>, key: string, value: V): V {
  map.delete(key)
  map.set(key, value)
  if (map.size > REMEMBERED) map.delete(map.keys().next().value!)
  return value
}

const recall = <V>(map: Map<string, V>, key: string, make: () => V): V => map.get(key) ?? remember(map, key, make())
