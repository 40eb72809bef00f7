/**
 * Records core/v1 Events the way client-go's recorder does: an event seen before bumps count and lastTimestamp, ten alike
 * in ten minutes are combined into one, and a source that floods an object is dropped after a burst of 25 of a type.
 */
import type { EventRecorder } from '../client.ts'
import type { KubeObject } from '../types.ts'
import { type EventWriterOptions, eventWriter, flat, namespaceOf } from './event-writer.ts'

export interface RecorderOptions extends EventWriterOptions {
  component: string
  host?: string
}

const SIMILAR_MAX = 10
const SIMILAR_WINDOW_MS = 10 * 60_000
const BURST = 25
const REFILL_MS = 300_000
const REMEMBERED = 4096

/** An event that has been written, or dropped: then it has no name yet. */
interface Told {
  message: string
  fieldPath: string | undefined
  name: string
  count: number
  first: string
  at: number
}

/** What was told of one object for one reason: most reasons are told once for an object, so what was told first stands in it. */
interface Subject extends Told {
  reason: string
  /** What was told besides. */
  others?: Told[]
  /** Since when different messages are counted, and when the last came. */
  since: number
  seen: number
  combined?: Told
}

/** What is remembered of one object's events of one type; strings are those of the events themselves. */
interface Memory {
  subjects: readonly Subject[]
  tokens: number
  refilledAt: number
}

export function createRecorder(options: RecorderOptions): EventRecorder {
  const { clock, component, host } = options
  const { about, write, rewrite } = eventWriter(options)
  const memories = new Map<string, Memory>()
  const source = Object.freeze({ component, ...(host && { host }) })
  const origin = clock.now()

  /** Milliseconds since this recorder began: small numbers take no room of their own. */
  const elapsed = (): number => clock.now() - origin

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
    text: string,
    annotations?: Record<string, string>,
  ): void {
    const message = flat(text)
    const { uid, name: of } = object.metadata
    const namespace = namespaceOf(object)
    const now = elapsed()
    // Warnings and the rest do not stand in each other's way.
    const who = uid || `${object.kind}/${namespace}/${of}`
    // What is told most needs no key of its own.
    const memory = recall(memories, type === 'Normal' ? who : `${who} ${type}`, now)
    const subject = subjectOf(memory, reason, now)
    if (now - subject.seen > SIMILAR_WINDOW_MS) subject.since = now
    subject.seen = now
    const combine = countOthers(subject, message) >= SIMILAR_MAX - 1
    const timestamp = clock.timestamp()
    const told =
      (combine ? subject.combined : find(subject, message, fieldPath)) ??
      remember(subject, { message, fieldPath, name: '', count: 0, first: timestamp, at: now }, combine)
    // What is dropped is counted all the same.
    told.count++
    told.at = now
    if (!allowed(memory)) return
    const note = combine ? `(combined from similar events): ${message}` : message
    const { name, count, first } = told
    if (name && !rewrite(namespace, name, { count, lastTimestamp: timestamp, message: note })) return
    const body = {
      metadata: undefined,
      involvedObject: about(object, fieldPath),
      reason: subject.reason,
      message: note,
      source,
      firstTimestamp: first,
      lastTimestamp: timestamp,
      count,
      type,
      eventTime: null,
      // client-go makes what is combined anew, and forgets who reports it.
      reportingComponent: combine ? '' : component,
      reportingInstance: combine ? '' : (host ?? ''),
    }
    told.name = write(object, body, name || undefined, annotations) ?? ''
  }

  return {
    event: (object, type, reason, message, annotations) =>
      record(object, undefined, type, reason, message, annotations),
    eventAt: (object, fieldPath, type, reason, message) => record(object, fieldPath, type, reason, message),
    forget: () => memories.clear(),
  }
}

/** As in client-go's caches, what has not been used for longest is forgotten first. */
function recall(memories: Map<string, Memory>, key: string, now: number): Memory {
  const known = memories.get(key)
  const memory = known ?? { subjects: [], tokens: BURST, refilledAt: now }
  if (known) memories.delete(key)
  memories.set(key, memory)
  if (memories.size > REMEMBERED) memories.delete(memories.keys().next().value!)
  return memory
}

const find = (subject: Subject, message: string, fieldPath: string | undefined): Told | undefined =>
  subject.count && subject.message === message && subject.fieldPath === fieldPath
    ? subject
    : subject.others?.find(t => t.message === message && t.fieldPath === fieldPath)

/** How many different messages came besides this one since they have been counted. */
function countOthers({ message: first, at, since, others }: Subject, message: string): number {
  if (!others?.length) return first !== message && at >= since ? 1 : 0
  const messages = new Set<string>()
  if (at >= since) messages.add(first)
  for (const t of others) if (t.at >= since) messages.add(t.message)
  messages.delete(message)
  return messages.size
}

function remember(subject: Subject, memo: Told, combined: boolean): Told {
  if (combined) return (subject.combined = memo)
  if (!subject.count) return Object.assign(subject, memo)
  subject.others ??= []
  subject.others.push(memo)
  // A CronJob says something new of each of its Jobs, for ever.
  if (subject.others.length >= REMEMBERED) subject.others.shift()
  return memo
}

function subjectOf(memory: Memory, reason: string, now: number): Subject {
  const { subjects } = memory
  for (let i = 0; i < subjects.length; i++) if (subjects[i]!.reason === reason) return subjects[i]!
  const subject: Subject = {
    reason,
    since: now,
    seen: now,
    message: '',
    fieldPath: undefined,
    name: '',
    count: 0,
    first: '',
    at: now,
  }
  memory.subjects = subjects.concat(subject)
  return subject
}
