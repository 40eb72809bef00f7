/** The words of “Why?” in English. */
import type { whyZh } from './why-zh.ts'

const s = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

export const whyEn: typeof whyZh = {
  heading: 'Why?',
  original: 'In Kubernetes’ own words',
  skip: wait => `Skip ${wait}`,
  nodes: 'Node by node',
  asking: 'Asking the scheduler…',
  and: '; ',
  between: ' ',

  notSeen: 'The scheduler has not looked at it yet; it will as soon as time passes.',
  gated: gates => `It carries scheduling gates: ${gates}. As long as they are there, the scheduler leaves it alone.`,
  otherScheduler: name =>
    `It wants to be placed by the scheduler ${name} (spec.schedulerName), and no such scheduler runs here.`,
  noNode: n => `The scheduler looked at ${n === 1 ? 'the only node' : `all ${n} nodes`}, and none would take it.`,
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
  volumeElsewhere: 'cannot reach the volume that the Pod uses',
  noVolume: 'has no persistent volume that could be bound',
  claimMissing: claim => `the PersistentVolumeClaim ${claim}, which the Pod uses, does not exist`,
  claimUnbound: 'the Pod’s PersistentVolumeClaim is not bound to a volume yet',

  imageMissing: image => `The registry has no ${image}. Is its name or tag misspelt?`,
  imageDenied: image =>
    `The registry will not hand out ${image}: either it does not exist, or it takes a login (imagePullSecrets).`,
  imageName: image => `${image} is not a valid image name.`,
  imageNever: image => `imagePullPolicy is Never, and ${image} is not on the node.`,
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
  volumeOther: 'A volume is not mounted yet, and the containers wait for it.',
  sandbox: 'The Pod’s sandbox (its network) cannot be set up; the kubelet tries again.',
  pulling: 'The node is downloading the image; the container starts when that is done.',
  preparing: 'The kubelet is preparing volumes, network and containers.',

  initRunning: (name, nth, of) =>
    `Init container ${name} (${nth} of ${of}) has not finished. They must succeed one after another before the main containers start.`,
  sidecarStarting: name => `The sidecar ${name} has not started yet, and what comes after it waits.`,
  initFailed: name => `Init container ${name} has failed, so the main containers never start.`,

  crash: (name, times) => `Container ${name} has been restarted ${s(times, 'time')}. This is how it ended last:`,
  crashFirst: name => `Container ${name} ended:`,
  backoff: wait =>
    `Before each restart the kubelet waits a little longer, this time at least ${wait} (CrashLoopBackOff).`,
  retryAt: left => `It will be started again in about ${left}.`,
  exitOk:
    'Exit code 0: the program finished properly. But restartPolicy wants it to run for ever, so it was started again. A service should not end by itself.',
  exitOkDone: 'Exit code 0: the program finished properly.',
  exitOom: limit =>
    `It used more memory than its limit of ${limit} (resources.limits.memory), and the kernel killed it (OOMKilled). Exit code 137 = 128 + 9 (SIGKILL).`,
  exitOomNode: 'The node ran out of memory, and the kernel killed it (OOMKilled). Exit code 137 = 128 + 9 (SIGKILL).',
  exitSignal: (code, signal, meaning) =>
    `Exit code ${code} = 128 + ${code - 128}: ended by the signal ${signal}, ${meaning}.`,
  exit126: 'Exit code 126: the file to run is there, but cannot be run (permissions, or not a program).',
  exit127: 'Exit code 127: command not found. Check command, args, and whether the image holds that program.',
  exit128: 'The program could not be started. Is the file named in command in the image?',
  exitError: code =>
    `Exit code ${code}: the program itself reports an error. What it said is in its log (kubectl logs --previous).`,
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
  failedTimes: (n, ago) => `It failed ${s(n, 'time')}, last ${ago} ago:`,
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
    `It has been asked to go: its containers got SIGTERM, and ${s(grace, 'second')} later at the latest SIGKILL ends them.`,
  terminatingLeft: left => `${left} of the grace period are left.`,
  stillRunning: names => `Still running: ${names}.`,
  finalizers: names => `It carries the finalizers ${names}, and stays until whoever put them there takes them off.`,

  evicted: 'The node ran short, and the kubelet evicted it to save the node and more important Pods.',
  deadline: 'It ran longer than its activeDeadlineSeconds allow, and was ended.',
  rejected:
    'The scheduler chose this node, but its kubelet would not take the Pod: there was no room for it, or it did not fit.',
  failed: name => `Container ${name} ended with an error, and restartPolicy does not let it start again:`,
}
