/** The words of “Why?” in English. */
import type { Words } from '../words.ts'
import { plural } from './plural.ts'

/** A while, as people say it. */
function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 120) return plural(seconds, 'second')
  const m = Math.floor(seconds / 60)
  if (seconds < 600 && seconds % 60) return `${m} min ${seconds % 60} s`
  if (m < 180) return plural(m, 'minute')
  return m < 48 * 60 ? plural(Math.floor(m / 60), 'hour') : plural(Math.floor(m / 1440), 'day')
}

export const why: Words['why'] = {
  heading: 'Why?',
  original: 'In Kubernetes’ own words',
  skip: wait => `Skip ${wait}`,
  nodes: 'Node by node',
  asking: 'Asking the scheduler…',
  and: '; ',
  between: ' ',
  span,
  resources: { cpu: 'cpu', memory: 'memory', 'ephemeral-storage': 'ephemeral storage' },

  notSeen: 'The scheduler has not looked at it yet; it will as soon as time passes.',
  gated: gates => `It carries scheduling gates: ${gates}. As long as they are there, the scheduler leaves it alone.`,
  otherScheduler: name =>
    `It wants to be placed by the scheduler ${name} (spec.schedulerName), and no such scheduler runs here.`,
  noNode: n => `The scheduler looked at ${n === 1 ? 'the only node' : `all ${n} nodes`}, and none would take it.`,
  nominated: node =>
    `The scheduler means to put it on node ${node}, and waits for Pods of lower priority there to make room.`,
  claimMissing: claim =>
    `It uses the PersistentVolumeClaim ${claim}, which does not exist. Until it does, the scheduler looks at no node.`,
  claimUnbound:
    'It uses a PersistentVolumeClaim that is not bound to a volume. Until it is, the scheduler looks at no node.',
  claimWithoutClass: claim =>
    `The PersistentVolumeClaim ${claim} names no StorageClass, and the cluster has no default one, so nobody makes a volume for it; and of the PersistentVolumes that exist none fits.`,
  claimOtherClass: (claim, name) =>
    `The PersistentVolumeClaim ${claim} names the StorageClass ${name}, which does not exist, so nobody makes a volume for it.`,
  claimFailed: claim => `No volume could be made for the PersistentVolumeClaim ${claim}.`,
  claimWaits: claim => `The PersistentVolumeClaim ${claim} is still waiting for its volume.`,
  fits: 'would take it now; the scheduler will try again',
  taints: taints => `has the taint ${taints}, which the Pod does not tolerate`,
  insufficient: (resource, asked, free) => `has not enough ${resource}: the Pod requests ${asked}, and ${free} is left`,
  podLimit: n => `already holds as many Pods as it may (${n})`,
  labels: 'has labels that do not match the Pod’s nodeSelector or node affinity',
  otherName: 'is not the node that the Pod names',
  cordoned: 'is cordoned: closed to new Pods',
  hostPort: 'has the host port that the Pod needs in use already',
  farFromFriends: 'holds none of the Pods that the Pod’s affinity wants to be near',
  nearRival: 'holds a Pod that the Pod’s anti-affinity wants to avoid',
  unwelcome: 'holds a Pod whose anti-affinity does not want this one',
  spread: 'would break the Pod’s topology spread constraints',
  spreadLabel: 'lacks the label that the Pod’s topology spread constraints go by',
  volumeElsewhere: 'cannot reach the volume that the Pod uses',
  noVolume: 'has no persistent volume that could be bound',
  volumeTaken: 'another Pod already uses the volume, which is for one Pod alone (ReadWriteOncePod)',
  volumeGone: 'the volume that the Pod’s PersistentVolumeClaim is bound to does not exist any more',

  imageMissing: image => `The registry has no ${image}. Is its name or tag misspelt?`,
  imageDenied: image =>
    `The registry will not hand out ${image}: either it does not exist, or it takes a login (imagePullSecrets).`,
  imageName: image => `${image} is not a valid image name.`,
  imageNever: image => `imagePullPolicy is Never, and ${image} is not on the node.`,
  imageHost: image => `The host that ${image} names as its registry cannot be found. Is it misspelt?`,
  imageRegistry: image =>
    `The registry of ${image} cannot be reached, or is out of order. The kubelet tries again, waiting longer each time, up to 5 minutes.`,
  imageOther: image =>
    `The image ${image} cannot be pulled. The kubelet tries again, waiting longer each time, up to 5 minutes.`,

  configMissing: (container, what, name) =>
    `Container ${container} needs the ${what} ${name}, which does not exist. Create it, and the kubelet’s next attempt will succeed.`,
  configKey: (container, key, where) => `Container ${container} needs the key ${key}, which is not in ${where}.`,
  configRoot: container =>
    `Container ${container} must not run as root (runAsNonRoot), but its image does, or does not say.`,
  configOther: container => `Something in the configuration of container ${container} keeps it from being created.`,
  cannotStart: container =>
    `The program of container ${container} cannot be started: the file to run is missing, or cannot be run.`,

  volume: (volume, what, name) => `The volume ${volume} cannot be mounted: the ${what} ${name} does not exist.`,
  volumeKey: (volume, key) =>
    `The volume ${volume} cannot be mounted: the key ${key} that it is to show does not exist.`,
  volumePath: (volume, path) =>
    `The volume ${volume} cannot be mounted: ${path} on the node is not what its hostPath asks for.`,
  volumeOther: 'A volume is not mounted yet, and the containers wait for it.',
  sandbox: 'The Pod’s sandbox (its network) cannot be set up; the kubelet tries again.',
  noRuntime: handler => `Its RuntimeClass wants the runtime ${handler}, which this node does not have.`,
  pulling: 'The node is downloading the image; the container starts when that is done.',
  preparing: 'The kubelet is preparing volumes, network and containers.',

  initRunning: (name, nth, of) =>
    `Init container ${name} (${nth} of ${of}) has not finished. They must succeed one after another before the main containers start.`,
  sidecarStarting: name => `The sidecar ${name} has not started yet, and what comes after it waits.`,
  initFailed: name => `Init container ${name} has failed, so the main containers never start.`,

  crash: (name, times) => `Container ${name} has been restarted ${plural(times, 'time')}. This is how it ended last:`,
  crashFirst: name => `Container ${name} ended:`,
  initCrash: (name, sidecar, times) =>
    `${sidecar ? 'The sidecar' : 'Init container'} ${name} keeps failing (restarted ${plural(times, 'time')}), and the containers after it wait. This is how it ended last:`,
  backoff: wait =>
    `Before each restart the kubelet waits a little longer, this time at least ${wait} (CrashLoopBackOff).`,
  retryAt: left => `It will be started again in about ${left}.`,
  exitOk:
    'Exit code 0: the program finished properly. But restartPolicy wants it to run for ever, so it was started again. A service should not end by itself.',
  exitOkDone: 'Exit code 0: the program finished properly.',
  exitObeyed: 'Told to end by SIGTERM, the program did so in good order: hence exit code 0.',
  exitOom: limit =>
    `It used more memory than its limit of ${limit} (resources.limits.memory), and the kernel killed it (OOMKilled). Exit code 137 = 128 + 9 (SIGKILL).`,
  exitOomNode: 'The node ran out of memory, and the kernel killed it (OOMKilled). Exit code 137 = 128 + 9 (SIGKILL).',
  exitSignal: (code, signal, meaning) =>
    `Exit code ${code} = 128 + ${code - 128}: ended by the signal ${signal}, ${meaning}.`,
  exit126: 'Exit code 126: the file to run is there, but cannot be run (permissions, or not a program).',
  exit127: 'Exit code 127: command not found. Check command, args, and whether the image holds that program.',
  exit128: 'The program could not be started. Is the file named in command in the image?',
  exitError: (code, logs) =>
    `Exit code ${code}: the program itself reports an error. What it said is in its log (${logs}).`,
  exitUnknown: 'The node could not tell how it ended.',
  signals: {
    SIGHUP: 'which says that the terminal has hung up',
    SIGINT: 'an interrupt (Ctrl-C)',
    SIGQUIT: 'which says to quit and leave a dump',
    SIGILL: 'for it executed an illegal instruction',
    SIGABRT: 'which it sent itself (abort)',
    SIGBUS: 'for it touched memory that is not aligned, or beyond a file',
    SIGFPE: 'for its arithmetic failed, as when dividing by zero',
    SIGKILL: 'which cannot be refused: most likely the grace period was over, or its memory limit was passed',
    SIGSEGV: 'for it touched memory that is not its own',
    SIGPIPE: 'for it wrote to a pipe that nobody reads',
    SIGALRM: 'as a timer had run out',
    SIGTERM: 'which asks for an orderly end, and which it did not handle itself',
  },

  liveness: (name, probe) =>
    `The liveness probe of container ${name} (${probe}) kept failing, so the kubelet killed and restarted it.`,
  startupKilled: (name, probe) =>
    `The startup probe of container ${name} (${probe}) did not succeed in time, so the kubelet killed and restarted it.`,
  readiness: (name, probe) =>
    `Container ${name} is running, but fails its readiness probe (${probe}), so Services send it nothing.`,
  readinessFirst: (name, probe) =>
    `Container ${name} is running, but its readiness probe (${probe}) has not succeeded yet.`,
  startup: (name, probe) =>
    `The startup probe of container ${name} (${probe}) has not succeeded yet; until then neither readiness nor liveness is probed.`,
  failedTimes: (n, ago, outcome) => `It failed ${plural(n, 'time')}, last ${ago} ago: ${outcome}.`,
  outcome: {
    status: code => `the answer had the status ${code}, and only 200 to 399 are success`,
    refused: 'nothing listens on that port, so the connection was refused',
    timeout: seconds => `nothing came of it within ${plural(seconds, 'second')} (timeoutSeconds)`,
    command: 'the command ended with an error',
    notTls: 'it asked by HTTPS, and the other side speaks only HTTP',
    other: 'it did not get the answer it wanted',
  },
  notRunning: name => `Container ${name} is not running.`,
  gates: gates => `It has readiness gates, ${gates}, whose conditions are not True.`,
  probe: {
    http: target => `GET ${target}`,
    tcp: port => `TCP port ${port}`,
    exec: command => `running ${command}`,
    grpc: port => `gRPC port ${port}`,
    rhythm: (what, period, failures) => `${what} every ${period} s, failed after ${failures} in a row`,
  },

  nodeLost: (node, since) =>
    `Nothing has been heard of node ${node} for ${since}. The Pod may still run or not: the control plane cannot know.`,
  nodeEvicts: left =>
    `If the node is not back in ${left}, the Pod is evicted, and its controller, if it has one, makes another elsewhere.`,

  terminating: grace =>
    `It has been asked to go: its containers got SIGTERM, and ${plural(grace, 'second')} later at the latest SIGKILL ends them.`,
  terminatingLeft: left => `The grace period ends in ${left}.`,
  terminatingEnded: 'It has been asked to go, and its containers have ended.',
  terminatingLost:
    'It has been asked to go, but with its node out of reach nobody can confirm that its containers have stopped. So it stays: until the node is back, or is deleted, or you delete the Pod by force.',
  stillRunning: names => `Still running: ${names}.`,
  finalizers: names => `It carries the finalizers ${names}, and stays until whoever put them there takes them off.`,

  evicted: 'The node ran short, and the kubelet evicted it to save the node and more important Pods.',
  evictedShort: (node, resource, available, threshold) =>
    `Node ${node} had only ${available} of ${resource} left, less than the ${threshold} below which Pods are evicted, and the kubelet evicted this one to save the node.`,
  evictedMore: (container, resource, used, request) =>
    `Why this one: container ${container} used ${used} of ${resource} and had requested ${request}. Those that use more than they requested go first.`,
  overVolume: (volume, limit) =>
    `More was written to the emptyDir volume ${volume} than its sizeLimit of ${limit}, and the kubelet evicted the Pod.`,
  overStorage: (container, limit) =>
    `Container ${container} wrote more than its limit of ${limit} (ephemeral-storage), and the kubelet evicted the whole Pod.`,
  overPodStorage: limit =>
    `Its containers together wrote more than their limit of ${limit} (ephemeral-storage), and the kubelet evicted it.`,
  deadline: seconds =>
    `It ran longer than the ${plural(seconds, 'second')} of its activeDeadlineSeconds, and was ended.`,
  rejected: (node, why) =>
    `It had been given to node ${node}, but the kubelet there would not take it. The node ${why}.`,
  rejectedOther: node => `It had been given to node ${node}, but the kubelet there would not take it.`,
  pressure: conditions => `was short of resources (${conditions})`,
  failed: name => `Container ${name} ended with an error, and restartPolicy does not let it start again:`,

  fewer: (made, wanted) =>
    `It should have ${plural(wanted, 'Pod')} and has ${made === 0 ? 'none' : made}: the API server refuses the others.`,
  overQuota: (quota, asked, used, most) =>
    `The ResourceQuota ${quota} has no room for it: the limit is ${most}, ${used} are used, and this Pod asks for ${asked} more.`,
  quotaAsks: (quota, fields) =>
    `The ResourceQuota ${quota} wants every container to say what it needs, and this is missing: ${fields}.`,
  fieldOf: (field, containers) => `${field} of ${containers}`,
  outOfRange: (resource, per, bound) =>
    `A LimitRange sets a bound of ${bound} for the ${resource} of each ${per}, and the manifest does not keep to it.`,
  podSecurity: level =>
    `The namespace wants Pods to keep to the security level ${level}, and this one does not. Kubernetes’ own words say in what way.`,
  noAccount: name => `It uses the ServiceAccount ${name}, which does not exist.`,
  noPriority: name => `It uses the PriorityClass ${name}, which does not exist.`,
  refused: 'Kubernetes’ own words say why.',
  jobFailures: limit =>
    `Its Pods failed more often than its backoffLimit (${limit}) allows, and it does not try again.`,
  stalled: seconds =>
    `The rollout made no progress for ${plural(seconds, 'second')} (progressDeadlineSeconds), and counts as failed. The old Pods, if there are any, keep running; see what holds up the new ones.`,
}
