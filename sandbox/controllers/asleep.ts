/**
 * A controller that has nothing to do before there is an object of certain kinds, and is loaded and started when the first
 * one comes. It sleeps in every host alike, whatever has been loaded, so that a history is the same in all of them.
 */
import type { KindDef } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import { type Part, within } from '../parts.ts'
import type { Controller } from './controller.ts'
import type { ManagerOptions } from './manager.ts'

export interface Asleep {
  until: readonly KindDef[]
  /** Objects of those kinds that it sleeps on beside. */
  ignores: Ignores | undefined
  controller: Part<() => Controller>
}

type Ignores = (object: KubeObject) => boolean

/** @param until kinds of which the first object wakes it, but for those that it ignores */
export const asleep = <M>(
  until: KindDef | readonly KindDef[],
  part: Part<M>,
  take: (module: M) => Controller,
  ignores?: Ignores,
): Asleep => ({
  until: [until].flat(),
  ignores,
  controller: within(part, module => () => take(module)),
})

/** @returns how to stop it, asleep or awake */
export const startAsleep = (
  { until, controller, ignores }: Asleep,
  options: ManagerOptions,
  start: (controller: Controller) => () => void,
): (() => void) => sleep(until, controller, options, () => start(controller.now()), ignores)

/**
 * Waits for the first object of certain kinds, then for what is needed, and starts.
 * @param start how to stop it is what it returns
 * @returns how to stop it, asleep or awake
 */
export function sleep(
  until: readonly KindDef[],
  needed: Pick<Part<unknown>, 'load'>,
  { client, clock }: Pick<ManagerOptions, 'client' | 'clock'>,
  start: () => () => void,
  ignores: Ignores = () => false,
): () => void {
  let stops: (() => void)[] = []
  let stirring = false
  let stopped = false
  const stop = (): void => {
    for (const each of stops.splice(0)) each()
  }
  const wake = (): void => {
    if (stopped) return
    stop()
    stops = [start()]
  }
  const stir = (): void => {
    if (stirring) return
    stirring = true
    clock.soon(() => needed.load()?.then(wake) ?? wake())
  }
  stops = until.map(kind => client.watch(kind, {}, ({ object }) => ignores(object) || stir()))
  return () => {
    stopped = true
    stop()
  }
}
