/** kubectl logs: of a container, of all of a Pod's, or of the Pods that a selector finds. */

import { readExactTime } from '../../api/schema/go-time.ts'
import type { Query } from '../client/client.ts'
import { ApiError, isNotFound, KubectlError } from '../errors.ts'
import type { ApiResponse } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { containerOf, podsOf } from '../pods/podof.ts'
import { byLogs, goTypeName } from '../pods/selectors.ts'
import { infos, namesOf } from '../resources/resources.ts'

interface Source {
  pod: Obj
  container: string
}

function logQuery(k: Kubectl, selecting: boolean): Query {
  const { flags } = k
  const since = flags.num('since')
  if (flags.str('since-time') && since)
    throw new KubectlError('at most one of `sinceTime` or `sinceSeconds` may be specified')
  if (since < 0) throw new KubectlError('--since must be greater than 0')
  const at = flags.str('since-time')
  const { fault } = at ? readExactTime(at) : {}
  if (fault) throw new KubectlError(fault)
  const tail = flags.num('tail')
  if (tail < -1) throw new KubectlError('--tail must be greater than or equal to -1')
  const limit = flags.num('limit-bytes')
  if (limit < 0) throw new KubectlError('--limit-bytes must be greater than 0')
  return {
    follow: flags.bool('follow'),
    previous: flags.bool('previous'),
    timestamps: flags.bool('timestamps'),
    sinceTime: flags.str('since-time') || undefined,
    sinceSeconds: since ? Math.ceil(since / 1000) : undefined,
    limitBytes: limit || undefined,
    tailLines: tail !== -1 ? tail : selecting && !flags.bool('follow') && !flags.changed('tail') ? 10 : undefined,
    insecureSkipTLSVerifyBackend: flags.bool('insecure-skip-tls-verify-backend'),
  }
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const selector = flags.str('selector')
  const allPods = flags.bool('all-pods')
  if (!k.args.length && !selector)
    k.usage(
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    )
  if (k.args.length && selector) k.usage('only a selector (-l) or a POD name is allowed')
  if (k.args.length > 2)
    k.usage(
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    )
  let name = flags.str('container')
  if (k.args.length === 2) {
    if (name) k.usage('only one of -c or an inline [CONTAINER] arg is allowed')
    name = k.args[1]!
  }
  const all = flags.bool('all-containers')
  if (all && name) throw new KubectlError(`--all-containers=true should not be specified with container name ${name}`)
  if (flags.num('pod-running-timeout') <= 0) throw new KubectlError('--pod-running-timeout must be higher than zero')
  const query = logQuery(k, !!selector)
  const pods = await findPods(k, selector, allPods)
  if (!pods.length) {
    await k.err(`No resources found in ${await k.namespace()} namespace.\n`)
    return
  }
  const sources: Source[] = []
  for (const pod of pods) {
    if (all) {
      for (const c of [
        ...(pod.spec.initContainers ?? []),
        ...(pod.spec.containers ?? []),
        ...(pod.spec.ephemeralContainers ?? []),
      ])
        sources.push({ pod, container: c.name })
    } else {
      const container = await containerOf(k, pod, name, allPods, (n, p) => `container ${n} is not valid for pod ${p}`)
      sources.push({ pod, container: container.name })
    }
  }
  const limit = flags.num('max-log-requests')
  if (flags.bool('follow') && sources.length > 1) {
    if (sources.length > limit)
      throw new KubectlError(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${limit}, use --max-log-requests to increase the limit`,
      )
    return followAll(k, sources, query)
  }
  for (const source of sources) await print(k, source, query, flags.bool('ignore-errors'))
}

async function findPods(k: Kubectl, selector: string, allPods: boolean): Promise<Obj[]> {
  if (selector) {
    const found = await infos(k, { args: ['pods'], selector, latest: true })
    return found.infos.map(i => i.object!)
  }
  const target = k.args[0]!
  let object: Obj
  try {
    const found = await infos(k, { args: namesOf('pods', [target]), latest: true })
    object = found.infos[0]!.object
  } catch (e) {
    if (isNotFound(e))
      throw new KubectlError(
        `error from server (NotFound): ${e.message} in namespace ${JSON.stringify(await k.namespace())}`,
      )
    throw e
  }
  if (object.kind === 'Pod') return [object]
  const pods = (
    await podsOf(k, object).catch(e => {
      throw new KubectlError(`cannot get the logs from ${goTypeName(object)}: ${(e as Error).message}`)
    })
  ).sort(byLogs)
  if (!pods.length) throw new KubectlError('timed out waiting for the condition')
  if (allPods) return pods
  if (pods.length > 1) await k.err(`Found ${pods.length} pods, using pod/${pods[0].metadata.name}\n`)
  return [pods[0]]
}

function prefix(k: Kubectl, { pod, container }: Source): string {
  return k.flags.bool('prefix') || k.flags.bool('all-pods') ? `[pod/${pod.metadata.name}/${container}] ` : ''
}

async function print(k: Kubectl, source: Source, query: Query, ignoreErrors: boolean): Promise<void> {
  const { pod, container } = source
  const client = await k.client()
  const before = prefix(k, source)
  try {
    const response = await client.call(
      'GET',
      `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/log`,
      { query: { ...query, container }, accept: '*/*' },
    )
    const timer = query.follow && client.timeoutSeconds ? endAfter(k, client.timeoutSeconds, response) : undefined
    let rest = ''
    for await (const chunk of response.chunks()) {
      if (!before) {
        await k.out(chunk)
        continue
      }
      rest += chunk
      const end = rest.lastIndexOf('\n') + 1
      if (end) await k.out(rest.slice(0, end).replace(/^(?=.)/gm, before))
      rest = rest.slice(end)
    }
    if (rest) await k.out(before + rest)
    await timer?.stop()
    if (timer?.late)
      throw new KubectlError('net/http: request canceled (Client.Timeout or context cancellation while reading body)')
  } catch (e) {
    if (!ignoreErrors || !(e instanceof ApiError)) throw e
    await k.out(`error: ${e.message}\n`)
  }
}

/** @returns whether the time was over before the log was, and how to stop waiting for that */
function endAfter(k: Kubectl, seconds: number, response: ApiResponse): { late: boolean; stop(): Promise<void> } {
  const timer = { late: false, stop: () => waiting.stop() }
  const waiting = k.io.background(async io => {
    await io.sleep(seconds * 1000)
    timer.late = true
    response.cancel()
  })
  return timer
}

async function followAll(k: Kubectl, sources: readonly Source[], query: Query): Promise<void> {
  const errors: Error[] = []
  const jobs = sources.map(source =>
    k.io.background(async io => {
      try {
        await print(k.beside(io), source, query, k.flags.bool('ignore-errors'))
      } catch (e) {
        errors.push(e as Error)
      }
    }),
  )
  for (const job of jobs) await job.done()
  // The first that fails is the one that is told.
  if (errors.length) throw errors[0]
}
