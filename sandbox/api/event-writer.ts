/** Writes new core/v1 Events: what they say of their object, and how they are called. */
import type { Clock } from '../clock/clock.ts'
import type { Client } from './client.ts'
import type { KindDef } from './kind.ts'
import { InFlight } from './outside.ts'
import { isAlreadyExists, isNotFound, StatusError } from './status.ts'
import type { Event, KubeObject } from './types.ts'

export interface EventWriterOptions {
  client: Client
  clock: Clock
  /** The kind of core/v1 Event. */
  kind: KindDef<Event>
}

export type ObjectReference = ReturnType<typeof reference>

interface Body {
  metadata: object | undefined
  [field: string]: unknown
}

const reference = (object: KubeObject, fieldPath?: string) => {
  const { namespace, name, uid, resourceVersion } = object.metadata
  return {
    kind: object.kind,
    ...(namespace && { namespace }),
    name,
    ...(uid && { uid }),
    apiVersion: object.apiVersion,
    ...(resourceVersion && { resourceVersion }),
    ...(fieldPath && { fieldPath }),
  }
}

export const namespaceOf = ({ metadata }: KubeObject): string => metadata.namespace || 'default'

export function eventWriter({ client, clock, kind }: EventWriterOptions) {
  let [instant, nanoseconds, sequence] = [Number.NaN, 0n, 0n]
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

  /** Nanoseconds in hexadecimal, made unique within the millisecond. */
  function suffix(): string {
    const now = clock.now()
    if (now !== instant) [instant, nanoseconds] = [now, BigInt(now) * 1_000_000n]
    return (nanoseconds + (sequence++ % 1_000_000n)).toString(16)
  }

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
        client.give(kind, body as never)
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

/** In one piece: a text that was put together keeps its pieces, and what is told stays for an hour. */
export function flat(text: string): string {
  const half = text.length >> 1
  return [text.slice(0, half), text.slice(half)].join('')
}
