/** How a cluster begins, in figures: apart from the cluster itself, so that who needs no more than these takes no more. */

export const DEFAULT_NODES: readonly string[] = ['control-plane', 'worker-1', 'worker-2']

/** Virtual milliseconds from the start until every node is ready and the namespaces hold what controllers put there. */
export const BOOT_MS = 2000
