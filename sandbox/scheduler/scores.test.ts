/** The choice among nodes that fit, against a slow reference: sums by the default weights, worked out from the objects alone. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { quantityMilliValue, quantityValue } from '../api/resources/quantity.ts'
import type { Node, Pod } from '../api/types.ts'
import { makeCluster } from './testing.ts'

const WEIGHTS = { taints: 3, affinity: 2, fit: 1, balance: 1 }

type Requests = { cpu?: string; memory?: string }
const requestsOf = (pod: Pod): Requests => (pod.spec.containers[0]!.resources?.requests ?? {}) as Requests
const cpuOf = (pod: Pod, least: number): number => {
  const { cpu } = requestsOf(pod)
  return cpu === undefined ? least : quantityMilliValue(cpu)
}
const memoryOf = (pod: Pod, least: number): number => {
  const { memory } = requestsOf(pod)
  return memory === undefined ? least : quantityValue(memory)
}
const sum = (pods: readonly Pod[], of: (pod: Pod) => number): number => pods.reduce((n, pod) => n + of(pod), 0)

function fitScore(pod: Pod, node: Node, there: readonly Pod[]): number {
  const all = [...there, pod]
  const score = (used: number, capacity: number): number =>
    used > capacity ? 0 : Math.floor(((capacity - used) * 100) / capacity)
  const { cpu, memory } = node.status.allocatable as { cpu: string; memory: string }
  const cpuScore = score(
    sum(all, p => cpuOf(p, 100)),
    quantityMilliValue(cpu),
  )
  const memoryScore = score(
    sum(all, p => memoryOf(p, 200 * 2 ** 20)),
    quantityValue(memory),
  )
  return Math.floor((cpuScore + memoryScore) / 2)
}

function balanceScore(pod: Pod, node: Node, there: readonly Pod[]): number {
  if (!cpuOf(pod, 0) && !memoryOf(pod, 0)) return 0
  const { cpu, memory } = node.status.allocatable as { cpu: string; memory: string }
  const even = (pods: readonly Pod[]): number => {
    const a = Math.min(1, sum(pods, p => cpuOf(p, 0)) / quantityMilliValue(cpu))
    const b = Math.min(1, sum(pods, p => memoryOf(p, 0)) / quantityValue(memory))
    return Math.trunc((1 - Math.abs((a - b) / 2)) * 100)
  }
  return 50 + Math.trunc((50 + even([...there, pod]) - even(there)) / 2)
}

/** The most is 100, or turned about: nothing is 100. */
function normalized(raw: readonly number[], reverse: boolean): number[] {
  const most = Math.max(...raw)
  if (!most) return raw.map(() => (reverse ? 100 : 0))
  return raw.map(n => (reverse ? 100 - Math.trunc((n * 100) / most) : Math.trunc((n * 100) / most)))
}

function bestNodes(pod: Pod, nodes: readonly Node[], on: (name: string) => readonly Pod[]): string[] {
  const tolerated = new Set(pod.spec.tolerations?.map(t => t.key))
  const dislikes = nodes.map(
    n => (n.spec.taints ?? []).filter(t => t.effect === 'PreferNoSchedule' && !tolerated.has(t.key)).length,
  )
  const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const liked = nodes.map(n =>
    preferred
      .filter(({ preference }) =>
        preference.matchExpressions?.every(e => e.values?.includes(n.metadata.labels?.[e.key] ?? '')),
      )
      .reduce((total, { weight }) => total + weight, 0),
  )
  const taintScores = normalized(dislikes, true)
  const affinityScores = preferred.length ? normalized(liked, false) : liked
  const totals = nodes.map((node, i) => {
    const there = on(node.metadata.name)
    return (
      WEIGHTS.taints * taintScores[i]! +
      WEIGHTS.affinity * affinityScores[i]! +
      WEIGHTS.fit * fitScore(pod, node, there) +
      WEIGHTS.balance * balanceScore(pod, node, there)
    )
  })
  const most = Math.max(...totals)
  return nodes.filter((_, i) => totals[i] === most).map(n => n.metadata.name)
}

const requests = fc.record(
  { cpu: fc.constantFrom('50m', '130m', '400m'), memory: fc.constantFrom('64Mi', '300Mi', '1Gi') },
  { requiredKeys: [] },
)
const nodeShape = fc.record({
  cpu: fc.constantFrom('2', '3', '8'),
  memory: fc.constantFrom('4Gi', '6Gi', '16Gi'),
  zone: fc.constantFrom('a', 'b', 'c'),
  taints: fc.subarray(['slow', 'old']),
})
const podShape = fc.record({
  requests,
  tolerates: fc.subarray(['slow', 'old']),
  likes: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 100 }), zone: fc.constantFrom('a', 'b', 'c') }), {
    maxLength: 2,
  }),
})

it('goes to a node with the highest sum', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(nodeShape, { minLength: 2, maxLength: 6 }),
      fc.array(podShape, { minLength: 1, maxLength: 12 }),
      async (nodes, pods) => {
        const c = makeCluster()
        for (const [i, { cpu, memory, zone, taints }] of nodes.entries())
          c.addNode(`n${i}`, {
            cpu,
            memory,
            labels: { zone },
            taints: taints.map(key => ({ key, effect: 'PreferNoSchedule' })),
          })
        for (const [i, { requests, tolerates, likes }] of pods.entries()) {
          const before = c.client.list(podKind)
          c.addPod(`p${i}`, {
            containers: [{ name: 'app', image: 'nginx', resources: { requests } }],
            ...(tolerates.length && { tolerations: tolerates.map(key => ({ key, operator: 'Exists' })) }),
            ...(likes.length && {
              affinity: {
                nodeAffinity: {
                  preferredDuringSchedulingIgnoredDuringExecution: likes.map(({ weight, zone }) => ({
                    weight,
                    preference: { matchExpressions: [{ key: 'zone', operator: 'In', values: [zone] }] },
                  })),
                },
              },
            }),
          })
          await c.clock.settle()
          const placed = c.placed(`p${i}`)
          if (!placed) continue
          const fitting = c.client.list(nodeKind).filter(n => {
            const there = before.filter(p => p.spec.nodeName === n.metadata.name)
            const { cpu, memory } = n.status.allocatable as { cpu: string; memory: string }
            const pod = c.pod(`p${i}`)
            const all = [...there, pod]
            return (
              (!cpuOf(pod, 0) || sum(all, p => cpuOf(p, 0)) <= quantityMilliValue(cpu)) &&
              (!memoryOf(pod, 0) || sum(all, p => memoryOf(p, 0)) <= quantityValue(memory))
            )
          })
          const best = bestNodes(c.pod(`p${i}`), fitting, name => before.filter(p => p.spec.nodeName === name))
          expect(best).toContain(placed)
        }
        expect(c.errors).toEqual([])
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 60) },
  )
})
