/** The interface of a controller: it is given a key, never an event, and brings that object to its desired state. */
import type { Client, EventRecorder, WatchEvent } from '../api/client.ts'
import type { KindDef } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'

export interface Key {
  namespace: string
  name: string
}

export interface ControllerContext {
  client: Client
  events: EventRecorder
  clock: Clock
  random: Random
}

export interface Result {
  /** Virtual milliseconds after which to look again. */
  requeueAfter?: number
  /** The next look is housekeeping, which "to the next event" skips. */
  quiet?: boolean
}

/** Changes of another kind that concern objects of the controller's own. */
export interface Watch {
  kind: KindDef
  keys(event: WatchEvent<KubeObject>, client: Client): Iterable<Key>
}

export interface Controller {
  name: string
  /** Component that its events name; the controller's name when absent. */
  component?: string
  for: KindDef
  /** Virtual milliseconds before what has failed is tried again, doubled each time; a few at first when absent. */
  backoff?: { base: number; max: number }
  /** Virtual milliseconds after a change before it is looked at. */
  delay?: number
  /** As `delay`, where it depends on what has changed of an object of its own kind; undefined is as ever. */
  delayOf?(event: WatchEvent<KubeObject>, now: number): number | undefined
  /** Virtual milliseconds after a change of anything but the object's spec before it is looked at: one look for many. */
  batch?: number
  /** A change of the object's own status alone does not wake it. */
  ignoresOwnStatus?: boolean
  /** A filter on objects of its own kind; others are never queued. */
  concerns?(object: KubeObject): boolean
  /** Kinds whose objects it controls by ownerReference. */
  owns?: readonly KindDef[]
  watches?: readonly Watch[]
  /** Called once, before the first reconcile. */
  start?(context: ControllerContext): void
  // biome-ignore lint/suspicious/noConfusingVoidType: most have nothing to say
  reconcile(key: Key, context: ControllerContext): Result | void
}

export const keyOf = (object: KubeObject): Key => ({
  namespace: object.metadata.namespace ?? '',
  name: object.metadata.name,
})

/** A key as text, for queues and for what controllers remember. */
export const formatKey = ({ namespace, name }: Key): string => `${namespace}/${name}`

export function parseKey(text: string): Key {
  const slash = text.indexOf('/')
  return { namespace: text.slice(0, slash), name: text.slice(slash + 1) }
}

/** Gives a watch its type: the event is of the kind that is watched. */
export const watch = <T extends KubeObject>(
  kind: KindDef<T>,
  keys: (event: WatchEvent<T>, client: Client) => Iterable<Key>,
): Watch => ({ kind, keys: keys as Watch['keys'] })
