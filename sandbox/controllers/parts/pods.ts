/** Controllers that look after single Pods, loaded together: who ends them, and who claims volumes for them. */
export { podGCController } from '../nodes/pod-gc.ts'
export { taintEvictionController } from '../nodes/taint-eviction.ts'
export { staleDisruptionController } from '../policy/stale-disruption.ts'
export { ephemeralVolumeController } from '../volumes/ephemeral.ts'
