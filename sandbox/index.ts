/** The sandbox to whoever uses it as a package: a cluster, or a whole session with a learner's machine beside it. */
export { BOOT_MS, DEFAULT_NODES } from './cluster/boot.ts'
export { type Cluster, type ClusterOptions, createCluster } from './cluster.ts'
export { createSession, replaySession } from './scenario/create.ts'
export type { LiveSession } from './scenario/live-session.ts'
export type { Input, LessonWorld, SessionOptions, SessionRecord } from './scenario/session.ts'
