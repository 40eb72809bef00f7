/** Writes new core/v1 Events: what they say of their object, and how they are called. */
import type { Clock } from '../../clock/clock.ts'
import type { Client } from '../client.ts'
import { InFlight } from '../egress/outside.ts'
import type { KindDef } from '../kind.ts'
import { isAlreadyExists, isNotFound, StatusError } from '../status.ts'
import type { Event, KubeObject, Unsaved } from '../types.ts'

export interface EventWriterOptions {
  client: Client
  clock: Clock
  /** The kind of core/v1 Event. */
  kind: KindDef<Event>
}

export interface ObjectReference {
  kind: string
  namespace?: string
  name: string
  uid?: string
  apiVersion: string
  resourceVersion?: string
  fieldPath?: string
}

interface Body {
  metadata: object | undefined
  [field: string]: unknown
}

function reference(object: KubeObject, fieldPath?: string): ObjectReference {
  const { namespace, name, uid, resourceVersion } = object.metadata
  // Set one by one, in the order in which it is written.
  const made = { kind: object.kind } as ObjectReference
  if (namespace) made.namespace = namespace
  made.name = name
  if (uid) made.uid = uid
  made.apiVersion = object.apiVersion
  if (resourceVersion) made.resourceVersion = resourceVersion
  if (fieldPath) made.fieldPath = fieldPath
  return made
}

export const namespaceOf = ({ metadata }: KubeObject): string => metadata.namespace || 'default'

export function eventWriter({ client, clock, kind }: EventWriterOptions) {
  let sequence = 0
  let subject: ObjectReference | undefined

  /** Several events about the same state of an object share what they say of it. */
  function about(object: KubeObject, fieldPath?: string): ObjectReference {
    const { uid, resourceVersion } = object.metadata
    const same =
      uid &&
      resourceVersion &&
      subject?.uid === uid &&
      subject.resourceVersion === resourceVersion &&
      subject.fieldPath === fieldPath &&
      subject.kind === object.kind
    if (!subject || !same) subject = reference(object, fieldPath)
    return subject
  }

  /** Made unique within the millisecond. */
  const suffix = (): string => nanoseconds(clock.now(), sequence++ % 1_000_000)

  /**
   * An event that cannot be written (its namespace is going) is lost, as in a real cluster.
   * @param body given away, with a place for its metadata, which are made here
   * @returns its name
   */
  function write(
    object: KubeObject,
    body: Body,
    known?: string,
    annotations?: Record<string, string>,
  ): string | undefined {
    const namespace = namespaceOf(object)
    for (;;) {
      const name = known ?? [object.metadata.name, suffix()].join('.')
      try {
        body.metadata = annotations ? { name, namespace, annotations } : { name, namespace }
        client.give(kind, body as Unsaved<Event>)
        return name
      } catch (error) {
        // Another recorder has told of an object of this name at the same instant.
        if (isAlreadyExists(error) && known === undefined) continue
        if (error instanceof StatusError) return undefined
        if (!(error instanceof InFlight)) throw error
        const { name: of, namespace: at } = object.metadata
        error.whenAnswered(() =>
          write({ metadata: { name: of, namespace: at } } as KubeObject, body, name, annotations),
        )
        return name
      }
    }
  }

  /** Changes one that has been written. @returns whether it is gone */
  function rewrite(namespace: string, name: string, change: object): boolean {
    try {
      client.patch(kind, namespace, name, change)
      return false
    } catch (error) {
      if (error instanceof InFlight) error.whenAnswered(() => rewrite(namespace, name, change))
      return isNotFound(error)
    }
  }

  return { about, write, rewrite }
}

const PART = 2 ** 24

const sixDigits = (n: number): string => n.toString(16).padStart(6, '0')

/**
 * Milliseconds and what there is of the next, in hexadecimal. They are more than a number can say, so they are counted in
 * parts; small numbers are written much sooner than big ones.
 */
function nanoseconds(ms: number, more: number): string {
  const lower = (ms % PART) * 1_000_000 + more
  const upper = Math.floor(ms / PART) * 1_000_000 + Math.floor(lower / PART)
  const [first, second] = [Math.floor(upper / PART), upper % PART]
  return (first ? first.toString(16) + sixDigits(second) : second.toString(16)) + sixDigits(lower % PART)
}

let last = ''

/**
 * In one piece: a text that was put together keeps its pieces, and what is told stays for an hour. What is told of one object
 * after the other, such as that its container has started, is one text for all of them.
 */
export function flat(text: string): string {
  if (text === last) return last
  const half = text.length >> 1
  last = [text.slice(0, half), text.slice(half)].join('')
  return last
}
