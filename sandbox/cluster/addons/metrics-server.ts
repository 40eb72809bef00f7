/**
 * A metrics server, for clusters that have one: every quarter of a minute it asks the kubelets what their containers have
 * used, and serves what that makes in between as metrics.k8s.io.
 */
import { defineKind, type KindDef } from '../../api/kind.ts'
import { name } from '../../api/kinds/columns.ts'
import { makeQuantity } from '../../api/resources/quantity.ts'
import type { KubeObject, Pod } from '../../api/types.ts'
import type { Clock } from '../../clock/clock.ts'
import type { ContainerUse } from '../../controllers/hpa/calculator.ts'
import type { Kubelet } from '../../kubelet/kubelet.ts'
import { runningInstances } from '../../kubelet/pods/instances.ts'

const RESOLUTION_MS = 15_000
/** A container that has run for so long is measured from its start, when it was not there the last time. */
const FRESH_MS = 10_000

/** Counters of one container at one instant. */
interface Sample {
  container: string
  id: string
  at: number
  cpuMs: number
  memoryBytes: number
}

interface PodSamples {
  pod: Pod
  now: readonly Sample[]
  /** By id, what each was the last time, or when it started. */
  before: ReadonlyMap<string, { at: number; cpuMs: number }>
}

interface Usage {
  cpu: string
  memory: string
}

interface Metrics extends KubeObject {
  timestamp: string
  window: string
}
type PodMetrics = Metrics & { containers: readonly { name: string; usage: Usage }[] }
type NodeMetrics = Metrics & { usage: Usage }

export interface MetricsServer {
  /** What is served while it runs. */
  kinds: readonly KindDef[]
  /** What the autoscaler asks. */
  podMetrics(pod: Pod): readonly ContainerUse[] | undefined
}

export function startMetricsServer(clock: Clock, kubelets: ReadonlyMap<string, Kubelet>): MetricsServer {
  let nodes = new Map<string, ReadonlyMap<string, PodSamples>>()

  const scrape = (): void => {
    const scraped = new Map<string, ReadonlyMap<string, PodSamples>>()
    for (const [node, kubelet] of kubelets) {
      if (kubelet.isRunning && kubelet.isConnected) scraped.set(node, samplesOf(kubelet, clock.now(), nodes.get(node)))
    }
    nodes = scraped
    clock.after(RESOLUTION_MS, scrape, { quiet: true })
  }
  clock.after(RESOLUTION_MS, scrape, { quiet: true })

  const measured = function* () {
    for (const pods of nodes.values())
      for (const samples of pods.values()) {
        const use = useOf(samples)
        if (use) yield { samples, use }
      }
  }
  const podMetrics = defineKind<PodMetrics>({
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    kind: 'PodMetrics',
    plural: 'pods',
    singular: 'pod',
    namespaced: true,
    verbs: ['get', 'list'],
    columns: [
      name,
      { name: 'cpu', cell: m => total(m.containers.map(c => c.usage)).cpu },
      { name: 'memory', cell: m => total(m.containers.map(c => c.usage)).memory },
      { name: 'Window', cell: m => m.window },
    ],
    computed: {
      called: 'podmetrics',
      list: () =>
        [...measured()].map(({ samples, use }) => ({
          ...head('PodMetrics', samples.pod, clock),
          ...timeOf(samples, clock),
          containers: use.map(c => ({ name: c.name, usage: usage(c.cpuMillis, c.memoryBytes) })),
        })),
    },
  })
  const nodeMetrics = defineKind<NodeMetrics>({
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    kind: 'NodeMetrics',
    plural: 'nodes',
    singular: 'node',
    namespaced: false,
    verbs: ['get', 'list'],
    columns: [
      name,
      { name: 'cpu', cell: m => m.usage.cpu },
      { name: 'memory', cell: m => m.usage.memory },
      { name: 'Window', cell: m => m.window },
    ],
    computed: {
      called: 'nodemetrics',
      list: () =>
        [...nodes].map(([node, pods]) => {
          const all = [...pods.values()]
          const use = all.flatMap(samples => useOf(samples) ?? [])
          const sum = (of: (c: ContainerUse) => number): number => use.reduce((n, c) => n + of(c), 0)
          return {
            ...head('NodeMetrics', { metadata: { name: node } }, clock),
            timestamp: clock.timestamp(),
            window: `${RESOLUTION_MS / 1000}s`,
            usage: usage(
              sum(c => c.cpuMillis),
              sum(c => c.memoryBytes),
            ),
          }
        }),
    },
  })
  return {
    kinds: [podMetrics, nodeMetrics],
    podMetrics(pod) {
      const samples = nodes.get(pod.spec.nodeName ?? '')?.get(pod.metadata.uid)
      return samples && useOf(samples)
    },
  }
}

function samplesOf(
  kubelet: Kubelet,
  at: number,
  last: ReadonlyMap<string, PodSamples> | undefined,
): ReadonlyMap<string, PodSamples> {
  const found = new Map<string, PodSamples>()
  for (const { pod, runtime } of kubelet.workers()) {
    const now: Sample[] = []
    const before = new Map<string, { at: number; cpuMs: number }>()
    const known = last?.get(pod.metadata.uid)
    for (const run of runningInstances(runtime)) {
      const { cpuMs, memoryBytes } = run.container.usage()
      const { id } = run.container
      now.push({ container: run.name, id, at, cpuMs, memoryBytes })
      const earlier = known?.now.find(s => s.id === id)
      if (earlier) before.set(id, earlier)
      else if (at - run.startedAt >= FRESH_MS) before.set(id, { at: run.startedAt, cpuMs: 0 })
    }
    if (now.length) found.set(pod.metadata.uid, { pod, now, before })
  }
  return found
}

/** A Pod is measured when all of its containers are. */
function useOf({ now, before }: PodSamples): ContainerUse[] | undefined {
  const use: ContainerUse[] = []
  for (const { container, id, at, cpuMs, memoryBytes } of now) {
    const earlier = before.get(id)
    if (!earlier) return undefined
    use.push({ name: container, cpuMillis: ((cpuMs - earlier.cpuMs) * 1000) / (at - earlier.at), memoryBytes })
  }
  return use
}

const usage = (cpuMillis: number, memoryBytes: number): Usage => ({
  cpu: cpuMillis ? `${Math.round(cpuMillis * 1e6)}n` : '0',
  memory: `${Math.ceil(memoryBytes / 1024)}Ki`,
})

function total(all: readonly Usage[]): Usage {
  const nano = all.reduce((n, u) => n + (Number.parseInt(u.cpu, 10) || 0), 0)
  const kib = all.reduce((n, u) => n + (Number.parseInt(u.memory, 10) || 0), 0)
  return {
    cpu: makeQuantity(BigInt(nano), 'DecimalSI').text,
    memory: makeQuantity(BigInt(kib) * 1024n * 1_000_000_000n, 'BinarySI').text,
  }
}

const head = (kind: string, { metadata }: { metadata: Partial<Pod['metadata']> & { name: string } }, clock: Clock) => ({
  kind,
  apiVersion: 'metrics.k8s.io/v1beta1',
  metadata: {
    name: metadata.name,
    ...(metadata.namespace && { namespace: metadata.namespace }),
    creationTimestamp: clock.timestamp(),
    ...(metadata.labels && { labels: metadata.labels }),
  } as KubeObject['metadata'],
})

function timeOf({ now, before }: PodSamples, clock: Clock): { timestamp: string; window: string } {
  const [first] = now
  const since = first && before.get(first.id)
  return {
    timestamp: clock.timestamp(first?.at),
    window: `${((first?.at ?? 0) - (since?.at ?? 0)) / 1000}s`,
  }
}
