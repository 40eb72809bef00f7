/**
 * Constants of a new cluster, apart from the cluster itself: whoever needs no more than these does not import the rest.
 */

export const DEFAULT_NODES: readonly string[] = ['control-plane', 'worker-1', 'worker-2']

/** Virtual milliseconds from the start until every node is ready and the namespaces hold what controllers put there. */
export const BOOT_MS = 2000
