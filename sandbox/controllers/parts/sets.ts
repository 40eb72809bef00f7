/** Controllers of Pods of which each has its place. */
export { daemonSetController } from '../daemonset/index.ts'
export { statefulSetController } from '../statefulset/index.ts'
