/** Runs controllers: watches what concerns them, keeps a work queue for each, retries what fails. */
import type { Client, EventRecorder, WatchEvent } from '../api/client.ts'
import { InFlight } from '../api/egress/outside.ts'
import { isConflict, isNotFound, StatusError } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { RequestAllowance } from './allowance.ts'
import { type Asleep, startAsleep } from './asleep.ts'
import { type Controller, type ControllerContext, formatKey, type Key, keyOf, parseKey } from './controller.ts'
import { controllerOf } from './owners.ts'
import { WorkQueue } from './workqueue.ts'

export interface ManagerOptions {
  client: Client
  clock: Clock
  random: Random
  /** A recorder that names `component` as the source of its events. */
  recorder(component: string): EventRecorder
  /** Told of an error that is not a refusal by the API, which is a mistake in a controller. */
  onError?(controller: string, error: unknown): void
}

/** Starts the controllers. @returns how to stop them, as when the controller manager goes down */
export function startControllers(controllers: readonly (Controller | Asleep)[], options: ManagerOptions): () => void {
  const start = (controller: Controller): (() => void) => startController(controller, options)
  const stops = controllers.map(one => ('until' in one ? startAsleep(one, options, start) : start(one)))
  return () => {
    for (const stop of stops) stop()
  }
}

function startController(controller: Controller, options: ManagerOptions): () => void {
  const { name } = controller
  const client = options.client.as(`system:serviceaccount:kube-system:${name}`)
  const context: ControllerContext = {
    client,
    events: options.recorder(controller.component ?? name),
    clock: options.clock,
    random: options.random.fork(name),
  }
  const allowance = new RequestAllowance(options.clock)
  const work = (text: string): void => {
    const sent = client.written
    try {
      const result = controller.reconcile(parseKey(text), context)
      queue.forget(text)
      if (result?.requeueAfter !== undefined) queue.addAfter(text, result.requeueAfter, result.quiet)
    } catch (error) {
      if (error instanceof InFlight) {
        error.whenAnswered(() => queue.add(text))
        return
      }
      if (!(error instanceof StatusError)) (options.onError ?? report)(name, error)
      // Somebody else wrote in between: the next look sees it, at once. Only once: time has to pass for what stays wrong.
      if ((isConflict(error) || isNotFound(error)) && !queue.hasFailed(text)) queue.addAfter(text, 0)
      queue.addRateLimited(text)
    } finally {
      allowance.spend(client.written - sent)
    }
  }
  const queue = new WorkQueue(options.clock, work, controller.backoff, allowance)
  const add = (key: Key, delay = controller.delay ?? controller.batch): void =>
    delay ? queue.addAfter(formatKey(key), delay) : queue.add(formatKey(key))

  const own = controller.for
  const stops = [
    client.watch(own, {}, event => {
      if (controller.ignoresOwnStatus && isStatusOnly(event)) return
      if (controller.concerns && !controller.concerns(event.object)) return
      if (controller.batch !== undefined && isOfSpec(event)) add(keyOf(event.object), 0)
      else add(keyOf(event.object), controller.delayOf?.(event, options.clock.now()))
    }),
  ]
  for (const kind of controller.owns ?? []) {
    stops.push(
      client.watch(kind, {}, ({ object, old }) => {
        const owner = controllerOf(object, own)
        const before = old && controllerOf(old, own)
        const namespace = object.metadata.namespace ?? ''
        if (owner) add({ namespace, name: owner.name })
        if (before && before.uid !== owner?.uid) add({ namespace, name: before.name })
      }),
    )
  }
  for (const { kind, keys } of controller.watches ?? []) {
    stops.push(
      client.watch(kind, {}, event => {
        for (const key of keys(event, client)) add(key)
      }),
    )
  }
  controller.start?.(context)
  return () => {
    queue.stop()
    for (const stop of stops) stop()
  }
}

const isOfSpec = ({ type, object, old }: WatchEvent<KubeObject>): boolean =>
  type !== 'MODIFIED' || object.metadata.generation !== old?.metadata.generation

/** Frozen objects share what has not changed, so the spec of a status update is the same object. */
function isStatusOnly({ type, object, old }: WatchEvent<KubeObject>): boolean {
  if (type !== 'MODIFIED' || !old || object.spec !== old.spec) return false
  const a = object.metadata
  const b = old.metadata
  return (
    a.deletionTimestamp === b.deletionTimestamp &&
    a.labels === b.labels &&
    a.ownerReferences === b.ownerReferences &&
    a.generation === b.generation
  )
}

function report(controller: string, error: unknown): void {
  console.error(`${controller}:`, error)
}
