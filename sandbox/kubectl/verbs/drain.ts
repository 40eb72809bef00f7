/** kubectl cordon, uncordon and drain. */
import { parseLabelSelector } from '../../api/selectors.ts'
import { resourcePath } from '../client.ts'
import { Aggregate, ApiError, isNotFound, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { dryRunSuffix } from '../print/done.ts'
import { type Info, infos } from '../resources.ts'

async function nodesOf(k: Kubectl): Promise<Info[]> {
  const selector = k.flags.str('selector')
  if (!k.args.length && !selector) k.usage(`USAGE: ${k.path.replace('kubectl ', '')} NODE [flags]`)
  if (k.args.length && selector) k.usage('error: cannot specify both a node name and a --selector option')
  const found = await infos(k, {
    args: selector ? ['nodes'] : ['nodes', ...k.args.map(a => a.replace(/^nodes?\//, ''))],
    selector,
    continueOnError: true,
    latest: true,
  })
  if (found.errors.length) throw found.errors[0]
  return found.infos
}

async function schedulable(k: Kubectl, nodes: readonly Info[], unschedulable: boolean): Promise<void> {
  const [done, verb] = unschedulable ? ['cordoned', 'cordon'] : ['uncordoned', 'uncordon']
  for (const info of nodes) {
    if (!!info.object.spec.unschedulable === unschedulable) {
      await k.out(`node/${info.name} already ${done}${dryRunSuffix(k)}\n`)
      continue
    }
    if (k.dryRun() !== 'client')
      await (await k.client()).patch(
        info.mapping,
        '',
        info.name,
        'strategic',
        { spec: { unschedulable: unschedulable || null } },
        { dryRun: k.dryRun() === 'server' ? 'All' : undefined, fieldManager: `kubectl-${verb}` },
      )
    await k.out(`node/${info.name} ${done}${dryRunSuffix(k)}\n`)
  }
}

export const cordon = async (k: Kubectl): Promise<void> => schedulable(k, await nodesOf(k), true)
export const uncordon = async (k: Kubectl): Promise<void> => schedulable(k, await nodesOf(k), false)

const RETRY_MS = 5000

const owner = (pod: Obj): Obj | undefined => (pod.metadata.ownerReferences ?? []).find((r: Obj) => r.controller)
const name = (pod: Obj): string => `${pod.metadata.namespace}/${pod.metadata.name}`

/** Which Pods leave, which stay, and what forbids it. */
function sortOut(k: Kubectl, pods: readonly Obj[]): { leaving: Obj[]; warnings: string[]; errors: string[] } {
  const { flags } = k
  const leaving: Obj[] = []
  const warnings = new Map<string, string[]>()
  const errors = new Map<string, string[]>()
  const note = (map: Map<string, string[]>, words: string, pod: Obj): void =>
    void map.set(words, [...(map.get(words) ?? []), name(pod)])
  for (const pod of pods) {
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror']) continue
    const ended = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'
    const controller = owner(pod)
    if (controller?.kind === 'DaemonSet' && !ended) {
      if (flags.bool('ignore-daemonsets')) note(warnings, 'ignoring DaemonSet-managed Pods', pod)
      else note(errors, 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)', pod)
      continue
    }
    if (!ended && (pod.spec.volumes ?? []).some((v: Obj) => v.emptyDir)) {
      if (!flags.bool('delete-emptydir-data')) {
        note(errors, 'Pods with local storage (use --delete-emptydir-data to override)', pod)
        continue
      }
      note(warnings, 'deleting Pods with local storage', pod)
    }
    if (!controller && !ended) {
      if (!flags.bool('force')) {
        note(errors, 'cannot delete Pods that declare no controller (use --force to override)', pod)
        continue
      }
      note(warnings, 'deleting Pods that declare no controller', pod)
    }
    leaving.push(pod)
  }
  const words = (map: Map<string, string[]>): string[] => [...map].map(([w, names]) => `${w}: ${names.join(', ')}`)
  return { leaving, warnings: words(warnings), errors: words(errors).map(w => `cannot delete ${w}`) }
}

export async function drain(k: Kubectl): Promise<void> {
  const nodes = await nodesOf(k)
  try {
    parseLabelSelector(k.flags.str('pod-selector'))
  } catch {
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector')
  }
  await schedulable(k, nodes, true)
  const failures: Error[] = []
  const pending: string[] = []
  for (const node of nodes) {
    try {
      await drainOne(k, node)
      await k.out(`node/${node.name} drained${dryRunSuffix(k)}\n`)
    } catch (e) {
      const error = e as Error
      await k.err(
        `error: unable to drain node ${JSON.stringify(node.name)} due to error: ${error.message}, continuing command...\n`,
      )
      failures.push(error)
      pending.push(node.name)
    }
  }
  if (!pending.length) return
  await k.err(`There are pending nodes to be drained:\n${pending.map(p => ` ${p}\n`).join('')}`)
  throw new Aggregate(failures)
}

async function drainOne(k: Kubectl, node: Info): Promise<void> {
  const { flags } = k
  const client = await k.client()
  const mapping = await k.resource('pods')
  const list = await client.list(mapping, '', {
    query: { fieldSelector: `spec.nodeName=${node.name}`, labelSelector: flags.str('pod-selector') },
  })
  const { leaving, warnings, errors } = sortOut(k, list.items)
  if (errors.length) throw new Aggregate(errors.map(words => new KubectlError(words)))
  if (warnings.length) await k.err(`Warning: ${warnings.join('; ')}\n`)
  const grace = flags.num('grace-period')
  const evict = !flags.bool('disable-eviction')
  const deadline = flags.num('timeout') > 0 ? k.now() + flags.num('timeout') : Number.POSITIVE_INFINITY
  const options = {
    ...(grace >= 0 && { gracePeriodSeconds: grace }),
    ...(k.dryRun() === 'server' && { dryRun: ['All'] }),
  }
  const leave = async ({ metadata: { name, namespace } }: Obj): Promise<void> => {
    if (evict)
      await client.json('POST', resourcePath(mapping, namespace, name, 'eviction'), {
        body: {
          kind: 'Eviction',
          apiVersion: 'policy/v1',
          metadata: { name, namespace, creationTimestamp: null },
          deleteOptions: options,
        },
      })
    else await client.delete(mapping, namespace, name, { kind: 'DeleteOptions', apiVersion: 'v1', ...options })
  }
  const going: Obj[] = []
  const failures: string[] = []
  /** All are asked; those that a budget holds back are asked again together. */
  for (let asked = leaving, again = false; asked.length; again = true) {
    if (again) {
      await k.io.sleep(RETRY_MS)
      for (const pod of [...going]) if (await isGone(k, mapping, pod)) await farewell(pod)
    }
    const refused: Obj[] = []
    for (const pod of asked) {
      if (evict || k.dryRun() === 'client') await k.out(`evicting pod ${name(pod)}${dryRunSuffix(k)}\n`)
      if (k.dryRun() === 'client') continue
      const trouble = `error when evicting pods/${JSON.stringify(pod.metadata.name)} -n ${JSON.stringify(pod.metadata.namespace)}`
      if (again && k.now() >= deadline) {
        failures.push(`${trouble}: global timeout reached: ${flags.num('timeout') / 1000}s`)
        continue
      }
      try {
        await leave(pod)
        going.push(pod)
      } catch (e) {
        if (isNotFound(e)) continue
        if (e instanceof ApiError && e.reason === 'TooManyRequests') {
          await k.err(`${trouble} (will retry after 5s): ${e.message}\n`)
          refused.push(pod)
        } else failures.push(`${trouble}: ${(e as Error).message}`)
      }
    }
    asked = refused
  }
  if (k.dryRun() !== 'none') return
  const { waitForDeletion } = await import('./delete.ts')
  for (const pod of [...going]) {
    await waitForDeletion(
      k,
      [
        {
          info: { mapping, namespace: pod.metadata.namespace, name: pod.metadata.name, source: '' },
          uid: pod.metadata.uid,
        },
      ],
      Number.isFinite(deadline) ? Math.max(1, deadline - k.now()) : 0,
    )
    await farewell(pod)
  }
  if (failures.length) throw new KubectlError(failures.length === 1 ? failures[0]! : `[${failures.join(', ')}]`)

  async function farewell(pod: Obj): Promise<void> {
    going.splice(going.indexOf(pod), 1)
    await k.out(`pod/${pod.metadata.name} ${evict ? 'evicted' : 'deleted'}\n`)
  }
}

async function isGone(k: Kubectl, mapping: Info['mapping'], { metadata }: Obj): Promise<boolean> {
  try {
    const found = await (await k.client()).json('GET', resourcePath(mapping, metadata.namespace, metadata.name))
    return (found as Obj).metadata.uid !== metadata.uid
  } catch (e) {
    if (isNotFound(e)) return true
    throw e
  }
}
