/** kubectl cordon, uncordon and drain. */

import { goDuration } from '../../api/formats/duration.ts'
import { goQuote } from '../../api/formats/go-escapes.ts'
import { parseLabelSelector } from '../../api/requests/selectors.ts'
import { resourcePath } from '../client/client.ts'
import { Aggregate, ApiError, isNotFound, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { dryRunSuffix } from '../print/done.ts'
import { type Info, infos, namesOf } from '../resources/resources.ts'
import { isLongGone, type Leaving, leavingOf, podName } from './leaving.ts'

async function nodesOf(k: Kubectl): Promise<Info[]> {
  const selector = k.flags.str('selector')
  if (!k.args.length && !selector) k.usage(`USAGE: ${k.path.replace('kubectl ', '')} NODE [flags]`)
  if (k.args.length && selector) k.usage('error: cannot specify both a node name and a --selector option')
  k.dryRun()
  if (k.flags.has('pod-selector')) checkPodSelector(k.flags.str('pod-selector'))
  const found = await infos(k, {
    args: selector ? ['nodes'] : namesOf('nodes', k.args),
    selector,
    continueOnError: true,
    latest: true,
  })
  if (found.errors.length) throw found.errors[0]
  const other = found.infos.find(({ mapping: { group, plural } }) => group || plural !== 'nodes')
  if (other) {
    const { group, version, plural } = other.mapping
    throw new KubectlError(
      `error: expected resource of type node, got {${[group, version, plural].map(goQuote).join(' ')}}`,
    )
  }
  return found.infos
}

function checkPodSelector(text: string): void {
  try {
    parseLabelSelector(text)
  } catch {
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector')
  }
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
const POLL_MS = 1000

export async function drain(k: Kubectl): Promise<void> {
  const nodes = await nodesOf(k)
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
  const { leaving, warnings, errors } = await podsOn(k, node)
  if (errors.length) throw new Aggregate(errors.map(words => new KubectlError(words)))
  if (warnings.length) await k.err(`Warning: ${warnings.join('; ')}\n`)
  if (k.dryRun() === 'client') {
    for (const pod of leaving) await k.out(`evicting pod ${podName(pod)} (dry run)\n`)
    return
  }
  try {
    await (k.flags.bool('disable-eviction') ? deletePods : evictPods)(k, leaving)
  } catch (e) {
    const still = (await podsOn(k, node)).leaving
    if (still.length)
      await k.err(
        `There are pending pods in node ${JSON.stringify(node.name)} when an error occurred: ${(e as Error).message}\n${still
          .map(pod => `pod/${pod.metadata.name}\n`)
          .join('')}`,
      )
    throw e
  }
}

async function podsOn(k: Kubectl, node: Info): Promise<Leaving> {
  const list = await (await k.client()).list(await k.resource('pods'), '', {
    query: { fieldSelector: `spec.nodeName=${node.name}`, labelSelector: k.flags.str('pod-selector') },
  })
  return leavingOf(k, list.items)
}

const deadlineOf = (k: Kubectl): number =>
  k.flags.num('timeout') > 0 ? k.now() + k.flags.num('timeout') : Number.POSITIVE_INFINITY

function deleteOptions(k: Kubectl): Obj {
  const grace = k.flags.num('grace-period')
  return {
    ...(grace >= 0 && { gracePeriodSeconds: grace }),
    ...(k.dryRun() === 'server' && { dryRun: ['All'] }),
  }
}

/** All are asked; those that a budget holds back are asked again together. */
async function evictPods(k: Kubectl, pods: readonly Obj[]): Promise<void> {
  const client = await k.client()
  const mapping = await k.resource('pods')
  const deadline = deadlineOf(k)
  const going = new Set<Obj>()
  const failures: Error[] = []
  const evict = ({ metadata: { name, namespace } }: Obj): Promise<unknown> =>
    client.json('POST', resourcePath(mapping, namespace, name, 'eviction'), {
      body: {
        kind: 'Eviction',
        apiVersion: 'policy/v1',
        metadata: { name, namespace, creationTimestamp: null },
        deleteOptions: deleteOptions(k),
      },
    })
  for (let asked = pods, again = false; asked.length; again = true) {
    if (again) {
      await k.io.sleep(RETRY_MS)
      await seeOff(k, going, 'evicted')
    }
    const refused: Obj[] = []
    for (const pod of asked) {
      await k.out(`evicting pod ${podName(pod)}${dryRunSuffix(k)}\n`)
      const trouble = `error when evicting pods/${JSON.stringify(pod.metadata.name)} -n ${JSON.stringify(pod.metadata.namespace)}`
      if (k.now() >= deadline) {
        failures.push(new KubectlError(`${trouble}: global timeout reached: ${goDuration(k.flags.num('timeout'))}`))
        continue
      }
      try {
        await evict(pod)
        going.add(pod)
      } catch (e) {
        if (isNotFound(e)) continue
        if (e instanceof ApiError && e.reason === 'TooManyRequests') {
          await k.err(`${trouble} (will retry after 5s): ${e.message}\n`)
          refused.push(pod)
        } else failures.push(new KubectlError(`${trouble}: ${(e as Error).message}`))
      }
    }
    asked = refused
  }
  if (k.dryRun() === 'none' && !(await allSeenOff(k, going, 'evicted', deadline)))
    for (const { metadata } of going)
      failures.push(
        new KubectlError(
          `error when waiting for pod ${JSON.stringify(metadata.name)} in namespace ${JSON.stringify(metadata.namespace)} to terminate: context deadline exceeded`,
        ),
      )
  if (failures.length) throw new Aggregate(failures)
}

async function deletePods(k: Kubectl, pods: readonly Obj[]): Promise<void> {
  const client = await k.client()
  const mapping = await k.resource('pods')
  const deadline = deadlineOf(k)
  const options = { kind: 'DeleteOptions', apiVersion: 'v1', ...deleteOptions(k) }
  for (const { metadata } of pods)
    try {
      await client.delete(mapping, metadata.namespace, metadata.name, options)
    } catch (e) {
      if (!isNotFound(e)) throw e
    }
  if (k.dryRun() === 'none' && !(await allSeenOff(k, new Set(pods), 'deleted', deadline)))
    throw new KubectlError('context deadline exceeded')
}

/** Waits until they are gone; whether they were in time. */
async function allSeenOff(k: Kubectl, going: Set<Obj>, how: string, deadline: number): Promise<boolean> {
  for (;;) {
    await seeOff(k, going, how)
    if (!going.size) return true
    if (k.now() >= deadline) return false
    await k.io.sleep(Math.min(POLL_MS, deadline - k.now()))
  }
}

/** Tells of those that have gone, and leaves them out from now on. */
async function seeOff(k: Kubectl, going: Set<Obj>, how: string): Promise<void> {
  const mapping = await k.resource('pods')
  for (const pod of going) {
    const { name, uid } = pod.metadata
    const found = await podNow(k, mapping, pod)
    if (found?.metadata.uid === uid) {
      if (!isLongGone(k, found)) continue
      await k.out(
        `pod ${JSON.stringify(name)} has DeletionTimestamp older than ${k.flags.num('skip-wait-for-delete-timeout')} seconds, skipping\n`,
      )
    } else await k.out(`pod/${name} ${how}\n`)
    going.delete(pod)
  }
}

async function podNow(k: Kubectl, mapping: Info['mapping'], { metadata }: Obj): Promise<Obj | undefined> {
  try {
    return await (await k.client()).json('GET', resourcePath(mapping, metadata.namespace, metadata.name))
  } catch (e) {
    if (isNotFound(e)) return undefined
    throw e
  }
}
