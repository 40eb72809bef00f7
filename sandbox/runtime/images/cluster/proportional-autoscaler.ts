/** cluster-proportional-autoscaler: as many replicas as the cluster's nodes and cores want, by the page about scaling DNS. */
import type { Program } from '../../processes/process.ts'
import { type InCluster, inCluster, NOT_IN_CLUSTER } from './api-client.ts'
import { flagsOf, klogLine } from './klog.ts'

interface Linear {
  coresPerReplica?: number
  nodesPerReplica?: number
  min?: number
  max?: number
  preventSinglePointFailure?: boolean
  includeUnschedulableNodes?: boolean
}

interface Ladder {
  coresToReplicas?: readonly (readonly [cores: number, replicas: number])[]
  nodesToReplicas?: readonly (readonly [nodes: number, replicas: number])[]
  includeUnschedulableNodes?: boolean
}

type Params = { linear: Linear } | { ladder: Ladder }

interface Size {
  nodes: number
  cores: number
}

/** Of `4` or `3800m`. */
const coresOf = (cpu = '0'): number => (cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu))

/** How many replicas a cluster of that size wants. */
function replicasFor(params: Params, { nodes, cores }: Size): number {
  if ('ladder' in params) {
    const step = (steps: Ladder['nodesToReplicas'], n: number): number =>
      (steps ?? []).reduce((found, [from, replicas]) => (n >= from ? replicas : found), 0)
    return Math.max(step(params.ladder.coresToReplicas, cores), step(params.ladder.nodesToReplicas, nodes))
  }
  const { coresPerReplica, nodesPerReplica, min = 1, max, preventSinglePointFailure } = params.linear
  const by = (n: number, each: number | undefined): number => (each ? Math.ceil(n / each) : 0)
  const wanted = Math.max(by(cores, coresPerReplica), by(nodes, nodesPerReplica))
  const least = preventSinglePointFailure && nodes > 1 ? Math.max(min, 2) : min
  return Math.max(least, max ? Math.min(wanted, max) : wanted)
}

const KINDS: Readonly<Record<string, string>> = {
  deployment: 'apis/apps/v1',
  replicaset: 'apis/apps/v1',
  statefulset: 'apis/apps/v1',
  replicationcontroller: 'api/v1',
}

interface Target {
  kind: string
  name: string
}

const readTargets = (text: string): Target[] | undefined => {
  const targets = text.split(',').map(one => {
    const [, kind = '', name = ''] = /^([a-z]+)\/([a-z0-9.-]+)$/i.exec(one.trim()) ?? []
    return { kind: kind.toLowerCase(), name }
  })
  return targets.every(({ kind }) => KINDS[kind]) ? targets : undefined
}

export const proportionalAutoscaler: Program = async process => {
  process.memory = 12_000_000
  const flags = flagsOf(process.argv)
  const say = (where: string, text: string, level: 'I' | 'E' | 'F' = 'I'): Promise<void> =>
    process.write(2, klogLine(process, level, where, text))
  const namespace = flags.get('namespace') ?? process.env.MY_POD_NAMESPACE ?? ''
  const wanted = flags.get('target') ?? ''
  const targets = readTargets(wanted)
  if (!targets) {
    await say('autoscaler.go:44', `target format error: ${wanted}`, 'F')
    return 255
  }
  const configMap = flags.get('configmap') ?? ''
  if (!namespace || !configMap) {
    await say('autoscaler.go:44', `${namespace ? '--configmap' : '--namespace'} parameter cannot be empty`, 'F')
    return 255
  }
  const api = inCluster(process, 'cluster-proportional-autoscaler')
  if (!api) {
    await say('autoscaler.go:54', NOT_IN_CLUSTER, 'F')
    return 255
  }
  await say('autoscaler.go:49', `Scaling Namespace: ${namespace}, Target: ${wanted}`)
  for (const signal of ['TERM', 'INT'] as const) process.on(signal, () => process.exit(0))
  const scaler = new Scaler(api, { namespace, configMap, targets, defaults: flags.get('default-params') }, say)
  const pollMs = Number(flags.get('poll-period-seconds') ?? 10) * 1000
  for (;;) {
    await scaler.look()
    await process.sleep(pollMs)
  }
}

interface Work {
  namespace: string
  configMap: string
  targets: readonly Target[]
  defaults: string | undefined
}

type Say = (where: string, text: string, level?: 'I' | 'E' | 'F') => Promise<void>

class Scaler {
  readonly #api: InCluster
  readonly #work: Work
  readonly #say: Say
  #version = ''
  #params: Params | undefined

  constructor(api: InCluster, work: Work, say: Say) {
    this.#api = api
    this.#work = work
    this.#say = say
  }

  /** Once: the parameters, the cluster, and what follows from both. */
  async look(): Promise<void> {
    if (!(await this.#readParams())) return
    const size = await this.#size()
    if (!size) return
    const replicas = replicasFor(this.#params!, size)
    for (const target of this.#work.targets) await this.#scale(target, replicas)
  }

  async #readParams(): Promise<boolean> {
    const { namespace, configMap } = this.#work
    const path = `/api/v1/namespaces/${namespace}/configmaps`
    let got = await this.#api.ask(`${path}/${configMap}`)
    if ('problem' in got && got.problem.endsWith('not found') && this.#work.defaults) {
      await this.#say(
        'autoscaler_server.go:157',
        `ConfigMap not found: ${got.problem}, will create one with default params`,
      )
      const defaults = JSON.parse(this.#work.defaults) as Record<string, unknown>
      const data = Object.fromEntries(Object.entries(defaults).map(([mode, params]) => [mode, JSON.stringify(params)]))
      got = await this.#api.ask(path, {
        method: 'POST',
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: configMap, namespace }, data },
      })
      if ('value' in got)
        await this.#say('k8sclient.go:147', `Created ConfigMap ${configMap} in namespace ${namespace}`)
    }
    if ('problem' in got) {
      await this.#say('autoscaler_server.go:120', got.problem, 'E')
      return false
    }
    const { metadata, data = {} } = got.value as {
      metadata: { resourceVersion: string }
      data?: Record<string, string>
    }
    if (metadata.resourceVersion === this.#version) return this.#params !== undefined
    const mode = ['linear', 'ladder'].find(name => data[name] !== undefined)
    try {
      if (!mode) throw new Error('unable to parse parameters: no mode is found')
      const params = JSON.parse(data[mode]!) as Linear & Ladder
      this.#params = mode === 'linear' ? { linear: params } : { ladder: params }
    } catch (error) {
      await this.#say('autoscaler_server.go:140', `Error parsing params: ${(error as Error).message}`, 'E')
      return false
    }
    await this.#say('plugin.go:50', `Set control mode to ${mode}`)
    await this.#say(
      `${mode}_controller.go:60`,
      `ConfigMap version change (old: ${this.#version} new: ${metadata.resourceVersion}) - rebuilding params`,
    )
    await this.#say(`${mode}_controller.go:61`, `Params from apiserver: \n${data[mode]}`)
    this.#version = metadata.resourceVersion
    return true
  }

  async #size(): Promise<Size | undefined> {
    const got = await this.#api.ask('/api/v1/nodes')
    if ('problem' in got) {
      await this.#say('autoscaler_server.go:108', `Error while getting cluster status: ${got.problem}`, 'E')
      return undefined
    }
    const params = Object.values(this.#params!)[0] as { includeUnschedulableNodes?: boolean }
    const { items } = got.value as {
      items: { spec: { unschedulable?: boolean }; status: { allocatable?: { cpu?: string } } }[]
    }
    const counted = items.filter(({ spec }) => params.includeUnschedulableNodes || !spec.unschedulable)
    const cores = counted.reduce((sum, { status }) => sum + coresOf(status.allocatable?.cpu), 0)
    return { nodes: counted.length, cores: Math.ceil(cores) }
  }

  async #scale({ kind, name }: Target, replicas: number): Promise<void> {
    const path = `/${KINDS[kind]}/namespaces/${this.#work.namespace}/${kind}s/${name}/scale`
    const got = await this.#api.ask(path)
    const failed = (problem: string): Promise<void> =>
      this.#say('autoscaler_server.go:115', `Update failure: ${problem}`, 'E')
    if ('problem' in got) return failed(got.problem)
    const scale = got.value as { spec: { replicas?: number } }
    const now = scale.spec.replicas ?? 0
    if (now === replicas) return
    await this.#say('k8sclient.go:273', `Replicas are not as expected : updating replicas from ${now} to ${replicas}`)
    const put = await this.#api.ask(path, { method: 'PUT', body: { ...scale, spec: { ...scale.spec, replicas } } })
    if ('problem' in put) await failed(put.problem)
  }
}
