/** Starting one container: image, configuration, creation, start, postStart hook. */
import type { Container, ContainerConfig, Mount } from '../../runtime/cri.ts'
import type { Volume } from '../../runtime/files/fs.ts'
import type { ExitStatus } from '../../runtime/processes/process.ts'
import { ensureImage } from '../images/images.ts'
import { errorMessage, type NodeContext } from '../node-context.ts'
import { operation } from '../operation.ts'
import type { Instance, PodRuntime } from '../pods/instances.ts'
import { endingReason, latest } from '../pods/instances.ts'
import { killContainer } from '../pods/kill.ts'
import { hostnameOf, hostsFile } from '../sandbox/hosts.ts'
import { sleep, type Task } from '../task.ts'
import { TIMINGS } from '../timings.ts'
import type { ContainerKind, ContainerSpec, Pod, Refusal } from '../types.ts'
import { podDirectory, volumeDirectory } from '../volumes/pod-directory.ts'
import { makeEnvironment } from './env.ts'
import { expandAll } from './expansion.ts'
import { runHook } from './hooks.ts'
import { type Limits, limitAmounts } from './limits.ts'
import { makeMounts } from './mounts.ts'
import { oomScoreAdj } from './oom-score.ts'
import { effectiveSecurity, runAs, statusUser, verifyRunAsNonRoot } from './security.ts'
import { decodeTermination } from './termination.ts'

export interface StartRequest {
  node: NodeContext
  pod: Pod
  runtime: PodRuntime
  kind: ContainerKind
  container: ContainerSpec
  /** Told when the run ends. */
  onExit(run: Instance): void
}

export function* startContainer(request: StartRequest): Task<Refusal | undefined> {
  const { node, pod, runtime, kind, container } = request
  const { clock } = node
  const event = (type: 'Normal' | 'Warning', reason: string, message: string): void =>
    node.containerEvent(pod, kind, container.name, type, reason, message)
  const fail = (reason: string, error: unknown): Refusal => {
    const message = errorMessage(error)
    event('Warning', 'Failed', `Error: ${message}`)
    return { reason, message }
  }

  const missing = runtime.imageVolumes.size && missingVolume(container, runtime)
  if (missing) {
    event('Warning', 'Failed', `Error: ${missing.reason}`)
    return missing
  }
  const ensured = yield* ensureImage(node, pod, event, container.image ?? '', container.imagePullPolicy)
  if ('refusal' in ensured) {
    event('Warning', 'Failed', `Error: ${ensured.refusal.reason}`)
    return ensured.refusal
  }
  const { image } = ensured
  const attempt = (latest(runtime, container.name)?.attempt ?? -1) + 1

  let config: ContainerConfig
  try {
    config = configure(request, attempt)
    verifyRunAsNonRoot(pod, container, image)
  } catch (error) {
    return fail('CreateContainerConfigError', error)
  }

  yield sleep(clock, TIMINGS.createContainer)
  if (!runtime.sandbox || !runtime.sandboxReady) return fail('CreateContainerError', new Error('sandbox is not ready'))
  let made: Container
  try {
    made = node.runtime.createContainer(runtime.sandbox, config)
  } catch (error) {
    return fail('CreateContainerError', error)
  }
  event('Normal', 'Created', 'Container created')
  const run: Instance = {
    name: container.name,
    kind,
    id: `containerd://${made.id}`,
    attempt,
    createdAt: clock.now(),
    spec: container,
    container: made,
    user: statusUser(pod, container, image, made.user),
    state: 'created',
    startedAt: 0,
    waiters: [],
  }
  runtime.instances.push(run)

  yield operation(node, TIMINGS.startContainer)
  try {
    run.startedAt = clock.now()
    run.state = 'running'
    followRun(run, clock, request.onExit)
    made.start()
  } catch (error) {
    run.state = 'exited'
    run.ending = {
      exitCode: 128,
      reason: 'StartError',
      message: errorMessage(error),
      startedAt: 0,
      finishedAt: clock.now(),
    }
    return fail('RunContainerError', error)
  }
  event('Normal', 'Started', 'Container started')

  const postStart = container.lifecycle?.postStart
  if (!postStart) return undefined
  const problem = yield* runHook(node, pod, run, runtime.ips, postStart)
  if (!problem) return undefined
  event('Warning', 'FailedPostStartHook', 'PostStartHook failed')
  yield* killContainer(node, pod, runtime.ips, run, { message: 'FailedPostStartHook', reason: 'FailedPostStartHook' })
  return { reason: 'PostStartHookError', message: problem }
}

/** Why the image of a volume that it mounts is not there, where one is not. */
const missingVolume = ({ volumeMounts }: ContainerSpec, { imageVolumes }: PodRuntime): Refusal | undefined =>
  volumeMounts?.map(mount => imageVolumes.get(mount.name)).find(Boolean)

/** Stands apart from the start, whose Pod the handler would otherwise hold for as long as the container lives. */
function followRun(run: Instance, clock: NodeContext['clock'], onExit: StartRequest['onExit']): void {
  run.container.onExit(status => {
    endRun(run, status, clock.now())
    onExit(run)
  })
}

function endRun(run: Instance, status: ExitStatus, now: number): void {
  if (run.ending) return
  run.state = 'exited'
  run.ending = {
    exitCode: status.code,
    reason: endingReason(status),
    message: decodeTermination(run, status.code),
    startedAt: run.startedAt,
    finishedAt: now,
  }
  for (const waiter of run.waiters.splice(0)) waiter()
}

/** @throws Error with the text of a CreateContainerConfigError */
function configure({ node, pod, runtime, container }: StartRequest, attempt: number): ContainerConfig {
  const { volumes } = runtime
  const env = makeEnvironment(pod, container, {
    ...node.sources,
    hostIP: node.ip,
    podIPs: pod.spec.hostNetwork ? [node.ip] : runtime.ips,
    allocatable: node.allocatable,
    volumeFile: (name, path) => {
      const mounted = volumes.get(name)
      const nodePath = `${mounted?.nodePath ?? volumeDirectory(pod, name)}/${path}`
      return mounted && { text: mounted.volume.root.read(path), nodePath }
    },
  })
  const mounts = makeMounts(pod, container, volumes, env)
  const hosts = etcHosts(node, pod, runtime, container)
  if (hosts) mounts.push(hosts)
  const security = effectiveSecurity(pod, container)
  const limits = limitsOf(pod, container)
  const user = runAs(pod, container)
  const target = (container as { targetContainerName?: string }).targetContainerName
  if (target && !runtime.instances.some(r => r.name === target))
    throw new Error(`unable to find target container ${target}`)
  // What may be absent is set one by one: a literal with parts that may be absent is slow.
  const config: ContainerConfig = {
    name: container.name,
    attempt,
    podDirectory: podDirectory(pod),
    image: container.image ?? '',
    env,
    mounts,
    stdin: container.stdin ?? false,
    stdinOnce: container.stdinOnce ?? false,
    tty: container.tty ?? false,
    readOnlyRootFilesystem: security.readOnlyRootFilesystem,
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    privileged: security.privileged,
    capabilities: security.capabilities,
    noNewPrivileges: security.noNewPrivileges,
    seccomp: security.seccomp,
    appArmor: security.appArmor,
    oomScoreAdj: oomScoreAdj(pod, container, node.allocatable),
  }
  if (container.command?.length) config.command = expandAll(container.command, env)
  if (container.args?.length) config.args = expandAll(container.args, env)
  if (container.workingDir) config.workingDir = container.workingDir
  if (user) config.user = user
  if (target) config.targetContainer = target
  return Object.assign(config, limits)
}

/** The Pod's /etc/hosts, one file for all its containers, unless the container brings its own. */
function etcHosts(node: NodeContext, pod: Pod, runtime: PodRuntime, container: ContainerSpec): Mount | undefined {
  if (container.volumeMounts?.some(m => m.mountPath === '/etc/hosts')) return undefined
  const text = hostsFile(pod.spec, runtime.ips, hostnameOf(pod, node.dns.clusterDomain), node)
  const present = runtime.etcHosts
  if (!present) runtime.etcHosts = volumeOfHosts(node.disk.create(), text)
  else if (present.root.read(HOSTS) !== text()) present.root.write(HOSTS, text())
  return { containerPath: '/etc/hosts', volume: runtime.etcHosts!, subPath: HOSTS, isFile: true, readOnly: false }
}

const HOSTS = 'hosts'

function volumeOfHosts(volume: Volume, text: () => string): Volume {
  volume.fillLater(() => volume.root.write(HOSTS, text()))
  return volume
}

/** The container's own limits; without them, those of the Pod as a whole. */
function limitsOf(pod: Pod, container: ContainerSpec): Limits {
  type Amounts = Record<string, string | number> | undefined
  const own = container.resources?.limits as Amounts
  const whole = pod.spec.resources?.limits as Amounts
  return limitAmounts({ ...whole, ...own }, container.resources?.requests as Amounts)
}
