/**
 * Chunks of the cluster's worker: what it boots with is one, and so is each part that a learner soon needs as a whole.
 * Cut where modules happen to be shared, the same code would come in dozens of files, each naming the next.
 */

const from = files => new RegExp(`[\\\\/]sandbox[\\\\/](?:${files.join('|').replaceAll('/', '[\\\\/]')})\\.[jt]s$`)

/** With all that they import; a module that several have in common goes with the first. */
const groups = [
  { name: 'engine', tags: ['$initial'] },
  { name: 'shell', test: from(['scenario/workstation/learner-shell', 'runtime/toolbox', 'runtime/pseudofs/procfs']) },
  { name: 'client', test: from(['http/handler', 'kubectl/process/program']) },
  {
    name: 'pods',
    test: from([
      'kubelet/life',
      'runtime/containers/containers',
      'cluster/scheduling',
      'api/kinds/validation/workloads',
      'controllers/parts/pods',
      'controllers/parts/workloads',
    ]),
  },
]

export const workerChunks = {
  groups: groups.map((group, i) => ({ ...group, priority: groups.length - i })),
}
