/** What a node's runtime needs once there is a Pod: the images of the world, and what runs them. */
import { declaredServer } from '../images/declared/declared.ts'
import { IMAGES } from '../images/index.ts'
import { UNSIMULATED } from '../images/languages/unsimulated.ts'
import type { Loader } from '../kernel/kernel.ts'
import { PACKAGE_MANAGERS } from '../packages/index.ts'
import type { Program } from '../processes/process.ts'
import { type CarryingProgram, programLoader } from '../programs.ts'

export { installNode } from '../images/systems/node-system.ts'
export { pauseProgram } from '../images/systems/pause.ts'
export { grpcHealth } from '../network/grpc-health.ts'
export { dial, httpGet } from '../network/http-client.ts'
export { forward } from '../network/port-forward.ts'
export { imageSpec } from '../registry/image-store.ts'
export { SimulatedContainer } from './container.ts'
export { refuseImpossible, refuseMissingProfiles } from './refusals.ts'
export { startPause, startSandboxProcesses } from './sandbox-processes.ts'

/** Those of the world's images. */
const PROGRAMS: Readonly<Record<string, CarryingProgram>> = Object.assign(
  { 'declared-server': declaredServer },
  UNSIMULATED,
  PACKAGE_MANAGERS,
  ...IMAGES.map(image => image.programs ?? {}),
)

type Programs = Readonly<Record<string, Program>>

const NO_MORE: Programs = {}
/** All nodes of a cluster are given the same. */
const loaders = new WeakMap<Programs, Loader>()

/** @param more programs of images that whoever builds the cluster gives */
export function loaderOf(more = NO_MORE): Loader {
  let loader = loaders.get(more)
  if (!loader) loaders.set(more, (loader = programLoader({ ...PROGRAMS, ...more })))
  return loader
}
