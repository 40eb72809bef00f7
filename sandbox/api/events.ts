/**
 * Records core/v1 Events the way client-go's recorder does: an event seen before bumps count and lastTimestamp, ten alike
 * in ten minutes are combined into one, and a source that floods an object is dropped after a burst of 25.
 */
import type { Clock } from '../clock/clock.ts'
import type { Client, EventRecorder } from './client.ts'
import type { KindDef } from './kind.ts'
import { InFlight } from './outside.ts'
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

/** An event that has been written. */
interface Told {
  message: string
  fieldPath: string | undefined
  name: string
  count: number
  at: number
}

/** What was told of one object for one reason: most reasons are told once for an object, so what was told first stands in it. */
interface Subject extends Told {
  type: string
  reason: string
  /** What was told besides. */
  others?: Told[]
  /** Since when different messages are counted, and when the last came. */
  since: number
  seen: number
  combined?: Told
}

/** What is remembered of one object; strings are those of the events themselves. */
interface Memory {
  subjects: readonly Subject[]
  tokens: number
  refilledAt: number
}

export function createRecorder(options: RecorderOptions): EventRecorder {
  const { client, clock, kind, component, host, action } = options
  const memories = new Map<string, Memory>()
  const source = Object.freeze({ component, ...(host && { host }) })
  const origin = clock.now()
  let [instant, nanoseconds, sequence] = [Number.NaN, 0n, 0n]

  /** Milliseconds since this recorder began: small numbers take no room of their own. */
  const elapsed = (): number => clock.now() - origin

  let subject: ReturnType<typeof reference> | undefined

  /** Several events about the same state of an object share what they say of it. */
  function about(object: KubeObject, fieldPath?: string): ReturnType<typeof reference> {
    const { uid, resourceVersion } = object.metadata
    const same =
      subject?.uid === uid &&
      subject.resourceVersion === resourceVersion &&
      subject.fieldPath === fieldPath &&
      subject.kind === object.kind
    if (!subject || !same || !uid || !resourceVersion) subject = reference(object, fieldPath)
    return subject
  }

  const reference = (object: KubeObject, fieldPath?: string) => {
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
  function suffix(): string {
    const now = clock.now()
    if (now !== instant) [instant, nanoseconds] = [now, BigInt(now) * 1_000_000n]
    return (nanoseconds + (sequence++ % 1_000_000n)).toString(16)
  }

  function allowed(memory: Memory): boolean {
    const now = elapsed()
    memory.tokens = Math.min(BURST, memory.tokens + (now - memory.refilledAt) / REFILL_MS)
    memory.refilledAt = now
    if (memory.tokens < 1) return false
    memory.tokens--
    return true
  }

  function record(
    object: KubeObject,
    fieldPath: string | undefined,
    type: string,
    reason: string,
    message: string,
    annotations?: Record<string, string>,
  ): void {
    const text = flat(message)
    const { uid, name, namespace } = object.metadata
    const memory = recall(memories, uid || `${object.kind}/${namespace ?? ''}/${name}`, elapsed())
    const subject = subjectOf(memory, type, reason, elapsed())
    if (action) recordSeries(object, subject, text, action(reason))
    else recordCounted(object, memory, subject, fieldPath, text, annotations)
  }

  function recordCounted(
    object: KubeObject,
    memory: Memory,
    subject: Subject,
    fieldPath: string | undefined,
    message: string,
    annotations?: Record<string, string>,
  ): void {
    const now = elapsed()
    if (now - subject.seen > SIMILAR_WINDOW_MS) subject.since = now
    subject.seen = now
    const combine = countOthers(subject, message) >= SIMILAR_MAX - 1
    const last = combine ? subject.combined : find(subject, message, fieldPath)
    if (!allowed(memory)) return
    const text = combine ? `(combined from similar events): ${message}` : message
    const timestamp = clock.timestamp()
    const namespace = object.metadata.namespace || 'default'
    if (last) {
      last.at = now
      const change = { count: last.count + 1, lastTimestamp: timestamp, message: text }
      if (!rewrite(namespace, last, change)) return
    }
    const body = {
      involvedObject: about(object, fieldPath),
      reason: subject.reason,
      message: text,
      source,
      firstTimestamp: timestamp,
      lastTimestamp: timestamp,
      count: 1,
      type: subject.type,
      eventTime: null,
      reportingComponent: component,
      reportingInstance: host ?? '',
    }
    const name = write(object, body, annotations)
    if (!name) return
    const told: Told = { message, fieldPath, name, count: 1, at: now }
    if (combine) subject.combined = told
    else remember(subject, last, told)
  }

  function recordSeries(object: KubeObject, subject: Subject, message: string, action: string): void {
    const now = elapsed()
    const last = find(subject, message, undefined)
    if (last && now - last.at <= SERIES_WINDOW_MS) {
      last.at = now
      const series = { count: last.count + 1, lastObservedTime: clock.microTimestamp() }
      if (!rewrite(object.metadata.namespace || 'default', last, { series })) return
    }
    const name = write(object, {
      involvedObject: about(object),
      reason: subject.reason,
      message,
      source: {},
      firstTimestamp: null,
      lastTimestamp: null,
      type: subject.type,
      eventTime: clock.microTimestamp(),
      action,
      reportingComponent: component,
      reportingInstance: host ?? component,
    })
    if (!name) return
    remember(subject, last, { message, fieldPath: undefined, name, count: 1, at: now })
  }

  /** Counts one more of an event. @returns whether it has to be written anew, because it is gone */
  function rewrite(namespace: string, last: Told, change: object): boolean {
    try {
      client.patch(kind, namespace, last.name, change)
      last.count++
      return false
    } catch (error) {
      if (error instanceof InFlight) error.whenAnswered(() => rewrite(namespace, last, change))
      return isNotFound(error)
    }
  }

  /** An event that cannot be written (its namespace is going) is lost, as in a real cluster. */
  function write(
    { metadata }: KubeObject,
    body: object,
    annotations?: Record<string, string>,
    known?: string,
  ): string | undefined {
    const namespace = metadata.namespace || 'default'
    for (;;) {
      const name = known ?? [metadata.name, suffix()].join('.')
      try {
        client.give(kind, {
          metadata: annotations ? { name, namespace, annotations } : { name, namespace },
          ...body,
        } as never)
        return name
      } catch (error) {
        // Another recorder has told of an object of this name at the same instant.
        if (isAlreadyExists(error) && known === undefined) continue
        if (error instanceof StatusError) return undefined
        if (!(error instanceof InFlight)) throw error
        error.whenAnswered(() => write({ metadata } as KubeObject, body, annotations, name))
        return name
      }
    }
  }

  return {
    event: (object, type, reason, message, annotations) =>
      record(object, undefined, type, reason, message, annotations),
    eventAt: (object, fieldPath, type, reason, message) => record(object, fieldPath, type, reason, message),
  }
}

/** As in client-go's caches, what was added first is forgotten first. */
function recall(memories: Map<string, Memory>, key: string, now: number): Memory {
  let memory = memories.get(key)
  if (!memory) {
    memories.set(key, (memory = { subjects: [], tokens: BURST, refilledAt: now }))
    if (memories.size > REMEMBERED) memories.delete(memories.keys().next().value!)
  }
  return memory
}

/** In one piece: a text that was put together keeps its pieces, and what is told stays for an hour. */
function flat(text: string): string {
  const half = text.length >> 1
  return [text.slice(0, half), text.slice(half)].join('')
}

const find = (subject: Subject, message: string, fieldPath: string | undefined): Told | undefined =>
  subject.name && subject.message === message && subject.fieldPath === fieldPath
    ? subject
    : subject.others?.find(t => t.message === message && t.fieldPath === fieldPath)

/** How many different messages came besides this one since they have been counted. */
function countOthers({ message: first, at, since, others = [] }: Subject, message: string): number {
  if (!others.length) return first !== message && at >= since ? 1 : 0
  const messages = new Set<string>()
  if (at >= since) messages.add(first)
  for (const t of others) if (t.at >= since) messages.add(t.message)
  messages.delete(message)
  return messages.size
}

/** @param before the same, told before and gone since */
function remember(subject: Subject, before: Told | undefined, now: Told): void {
  if (before || !subject.name) Object.assign(before ?? subject, now)
  else (subject.others ??= []).push(now)
}

function subjectOf(memory: Memory, type: string, reason: string, now: number): Subject {
  let subject = memory.subjects.find(s => s.type === type && s.reason === reason)
  if (!subject) {
    subject = { type, reason, since: now, seen: now, message: '', fieldPath: undefined, name: '', count: 0, at: now }
    memory.subjects = memory.subjects.concat(subject)
  }
  return subject
}
