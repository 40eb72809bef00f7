/** From what a command line names to one Pod: itself, or the first of a workload. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { byActivity, goTypeName, podsSelector } from './selectors.ts'

/** @throws KubectlError */
export async function podsOf(k: Kubectl, object: Obj): Promise<Obj[]> {
  const client = await k.client()
  const pods = await k.resource('pods')
  const list = await client.list(pods, object.metadata.namespace, { query: { labelSelector: podsSelector(object) } })
  return list.items.map((p: Obj) => ({ apiVersion: 'v1', kind: 'Pod', ...p }))
}

/** The Pod to attach to; waits for one to be made if there is none yet. */
export async function attachablePod(k: Kubectl, object: Obj, timeoutMs: number): Promise<Obj> {
  if (object.kind === 'Pod') return object
  try {
    podsSelector(object)
  } catch (e) {
    throw new KubectlError(`cannot attach to ${goTypeName(object)}: ${(e as Error).message}`)
  }
  const deadline = k.now() + timeoutMs
  for (;;) {
    const pods = (await podsOf(k, object)).sort(byActivity)
    if (pods.length) return pods[0]
    if (k.now() >= deadline) throw new KubectlError('timed out waiting for the condition')
    await k.io.sleep(1000)
  }
}

/** How long to wait for a Pod, in milliseconds. */
export function runningTimeout(k: Kubectl): number {
  const timeout = k.flags.num('pod-running-timeout')
  if (timeout <= 0) k.usage('--pod-running-timeout must be higher than zero')
  return timeout
}

const allContainers = (pod: Obj): Obj[] => [
  ...(pod.spec.containers ?? []),
  ...(pod.spec.initContainers ?? []),
  ...(pod.spec.ephemeralContainers ?? []),
]

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

/** The container meant; where several could be, says which was taken. @throws KubectlError */
export async function containerOf(
  k: Kubectl,
  pod: Obj,
  name: string,
  quiet = false,
  notFound = (n: string, p: string) => `container ${n} not found in pod ${p}`,
): Promise<Obj> {
  const containers = allContainers(pod)
  if (name) {
    const found = containers.find(c => c.name === name)
    if (!found) throw new KubectlError(notFound(name, pod.metadata.name))
    return found
  }
  const annotated = pod.metadata.annotations?.[DEFAULT_CONTAINER]
  if (annotated) {
    const found = containers.find(c => c.name === annotated)
    if (found) return found
    await k.err(`Default container name "${annotated}" not found in pod ${pod.metadata.name}\n`)
  }
  const first = pod.spec.containers?.[0]
  if (!first) throw new KubectlError(`no containers found in pod ${pod.metadata.name}`)
  if (!quiet && containers.length > 1)
    await k.err(`Defaulted container "${first.name}" out of: ${containerNames(pod)}\n`)
  return first
}

function containerNames(pod: Obj): string {
  return [
    ...(pod.spec.containers ?? []).map((c: Obj) => c.name),
    ...(pod.spec.ephemeralContainers ?? []).map((c: Obj) => `${c.name} (ephem)`),
    ...(pod.spec.initContainers ?? []).map((c: Obj) => `${c.name} (init)`),
  ].join(', ')
}

/** What a remote command's status says: its exit code, or why there is none. */
export function remoteExit(text: string): number {
  if (!text) return 0
  let status: Obj
  try {
    status = JSON.parse(text)
  } catch {
    throw new KubectlError(text)
  }
  if (status.status === 'Success') return 0
  const code = (status.details?.causes ?? []).find((c: Obj) => c.reason === 'ExitCode')?.message
  if (status.reason === 'NonZeroExitCode' && code) return Number(code)
  throw new KubectlError(status.message ?? 'unknown error')
}
