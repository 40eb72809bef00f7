/**
 * Durations on a node, in virtual milliseconds, as on a small real machine. They stand in one place, so that a lesson's pace
 * can be judged at a glance.
 */
export const TIMINGS = {
  /** From the binding to the kubelet's first look at the Pod. */
  admission: 15,
  /** A Pod that the kubelet has ended for its own reasons is looked at this often. */
  killCheck: 100,
  /** Mounting a Pod's volumes, when there are any. */
  mountVolumes: 120,
  /** Pause container, network namespace, address. */
  createSandbox: 280,
  /** Looking whether an image is there. */
  inspectImage: 5,
  createContainer: 60,
  startContainer: 110,
  /** The look at one Pod that the kubelet asks for right after it changed something. */
  relistPod: 40,
  /** The pod lifecycle event generator looks at all containers this often. */
  relist: 1_000,
  /** Pause container and network taken down. */
  removeSandbox: 60,
  /** Volumes unmounted, control groups removed, before the Pod may go from the API. */
  cleanUp: 150,
  /** A sync that failed is repeated after this long, up to half as long again. */
  backOffPeriod: 10_000,
  /** A Pod without news is looked at again this often, up to half as long again. */
  resync: 60_000,
  /** The status manager compares what the API holds with what it has told this often. */
  statusRound: 10_000,
  /** The first repetition of a failed mount; it doubles up to `mountRetryMax`. */
  mountRetry: 500,
  mountRetryMax: 122_000,
  /** One wait for volumes ends here; the Pod's sync is then repeated. */
  mountTimeout: 123_000,
  /** From a change in the folder of manifests to the look at it. */
  fileNotice: 50,
  /** What could not be read there, or shown in the API, is tried again after this long. */
  fileCheck: 20_000,
  leaseRenewal: 10_000,
  /** Node status is written when it changes, and at least this often. */
  nodeStatusReport: 300_000,
  /** Until the node that starts says that it is ready. */
  nodeReady: 800,
  /** Memory and disk are compared with the eviction thresholds this often, while Pods run. */
  evictionCheck: 10_000,
  /** The volumes of a Pod are measured this often, up to twice as long apart. */
  volumeStats: 60_000,
  /** Images that nobody uses are looked for this often. */
  imageCollection: 300_000,
  /** A node says that it is short of something for so long after it was seen to be. */
  pressureTransition: 300_000,
} as const
