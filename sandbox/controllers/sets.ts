/** Controllers of Pods of which each has its place. */
export { daemonSetController } from './daemonset.ts'
export { statefulSetController } from './statefulset/index.ts'
