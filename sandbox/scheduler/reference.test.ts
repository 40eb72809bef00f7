/** The scheduler against a slow reference that knows nothing of caches: it lists everything and tries every node. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { quantityMilliValue } from '../api/resources/quantity.ts'
import type { Node, Pod } from '../api/types.ts'
import { makeCluster } from './testing.ts'

type Cluster = ReturnType<typeof makeCluster>

const cpuOf = (pod: Pod): number =>
  pod.spec.containers.reduce(
    (n, c) => n + quantityMilliValue((c.resources?.requests?.cpu as string | undefined) ?? 0),
    0,
  )
const hostPortOf = (pod: Pod): number | undefined => pod.spec.containers[0]!.ports?.[0]?.hostPort
const avoids = (pod: Pod): boolean => pod.spec.affinity?.podAntiAffinity !== undefined
const inGroup = (pod: Pod): boolean => pod.metadata.labels?.group === 'apart'

/** Whether a Pod may go to a node on which `there` are. */
function fits(pod: Pod, node: Node, there: readonly Pod[]): boolean {
  const taints = node.spec.taints ?? []
  const tolerated = pod.spec.tolerations?.some(t => t.key === 'special') ?? false
  if (taints.some(t => t.key === 'special') && !tolerated) return false
  const disk = pod.spec.nodeSelector?.disk
  if (disk && node.metadata.labels?.disk !== disk) return false
  const capacity = quantityMilliValue(node.status.allocatable!.cpu as string)
  if (there.length + 1 > Number(node.status.allocatable!.pods)) return false
  if (there.reduce((n, p) => n + cpuOf(p), cpuOf(pod)) > capacity && cpuOf(pod) > 0) return false
  const port = hostPortOf(pod)
  if (port && there.some(p => hostPortOf(p) === port)) return false
  return !there.some(p => (avoids(pod) && inGroup(p)) || (avoids(p) && inGroup(pod)))
}

const podSpec = fc.record({
  cpu: fc.constantFrom<number>(0, 100, 400, 900),
  priority: fc.constant<number>(0),
  disk: fc.constantFrom(undefined, undefined, 'ssd'),
  tolerates: fc.boolean(),
  port: fc.constantFrom(undefined, undefined, undefined, 80),
  group: fc.boolean(),
  avoid: fc.constantFrom(false, false, true),
})
type Spec = typeof podSpec extends fc.Arbitrary<infer T> ? T : never

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), pod: podSpec }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('node' as const),
      cpu: fc.constantFrom('500m', '1', '2'),
      special: fc.boolean(),
      ssd: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), which: fc.nat(9) }) },
)

function create(c: Cluster, name: string, spec: Spec): void {
  c.addPod(
    name,
    {
      priority: spec.priority,
      ...(spec.disk && { nodeSelector: { disk: spec.disk } }),
      ...(spec.tolerates && { tolerations: [{ key: 'special', operator: 'Exists' }] }),
      ...(spec.avoid && {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { group: 'apart' } } },
            ],
          },
        },
      }),
      containers: [
        {
          name: 'app',
          image: 'nginx',
          resources: { requests: { cpu: `${spec.cpu}m` } },
          ...(spec.port && { ports: [{ containerPort: 80, hostPort: spec.port }] }),
        },
      ],
    },
    spec.group ? { group: 'apart' } : {},
  )
}

it('places a Pod exactly when some node can take it, and only there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async steps => {
      const c = makeCluster()
      let serial = 0
      const addNode = (cpu: string, special: boolean, ssd: boolean): void =>
        c.addNode(`n${serial++}`, {
          cpu,
          pods: '4',
          ...(ssd && { labels: { disk: 'ssd' } }),
          ...(special && { taints: [{ key: 'special', effect: 'NoSchedule' }] }),
        })
      addNode('1', false, false)
      for (const s of steps) {
        const before = new Map(c.client.list(podKind).map(p => [p.metadata.uid, p]))
        const bound = [...before.values()].filter(p => p.spec.nodeName)
        if (s.do === 'create') create(c, `p${serial++}`, s.pod)
        else if (s.do === 'node') addNode(s.cpu, s.special, s.ssd)
        else if (s.do === 'delete' && before.size) {
          const pod = [...before.values()][s.which % before.size]!
          c.client.delete(podKind, 'default', pod.metadata.name, { gracePeriodSeconds: 0 })
        } else if (s.do === 'drop') {
          const empty = c.client.list(nodeKind).filter(n => !bound.some(p => p.spec.nodeName === n.metadata.name))
          const node = empty[s.which % Math.max(1, empty.length)]
          if (node) c.client.delete(nodeKind, '', node.metadata.name)
        }
        await c.clock.settle()
        const nodes = c.client.list(nodeKind)
        const pods = c.client.list(podKind)
        const on = (name: string): Pod[] => pods.filter(p => p.spec.nodeName === name)
        for (const pod of pods) {
          if (!pod.spec.nodeName) {
            const possible = nodes.filter(n => fits(pod, n, on(n.metadata.name))).map(n => n.metadata.name)
            expect([pod.metadata.name, possible]).toEqual([pod.metadata.name, []])
          } else if (!before.get(pod.metadata.uid)?.spec.nodeName) {
            const node = nodes.find(n => n.metadata.name === pod.spec.nodeName)!
            expect(
              fits(
                pod,
                node,
                on(pod.spec.nodeName).filter(p => p !== pod),
              ),
            ).toBe(true)
          }
        }
        expect(c.errors).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})

it('never evicts a Pod that could have stayed, nor one that is as important', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(100, 200, 400, 700), fc.nat(3)), { minLength: 1, maxLength: 14 }),
      fc.tuple(fc.constantFrom(300, 600, 900), fc.integer({ min: 1, max: 4 })),
      async (filling, [cpu, priority]) => {
        const c = makeCluster()
        for (const n of ['a', 'b']) c.addNode(n, { cpu: '1' })
        const nothing = { disk: undefined, tolerates: false, port: undefined, group: false, avoid: false }
        for (const [i, [size, rank]] of filling.entries()) {
          create(c, `p${i}`, { ...nothing, cpu: size, priority: rank })
          await c.clock.settle()
        }
        // What was evicted on the way is not what is asked about.
        for (const pod of c.client.list(podKind)) {
          if (pod.metadata.deletionTimestamp || !pod.spec.nodeName)
            c.client.delete(podKind, 'default', pod.metadata.name, { gracePeriodSeconds: 0 })
        }
        await c.clock.advance(60_000)
        create(c, 'vip', { ...nothing, cpu, priority })
        await c.clock.settle()
        const pods = c.client.list(podKind)
        const victims = pods.filter(p => p.metadata.deletionTimestamp)
        const vip = pods.find(p => p.metadata.name === 'vip')!
        if (vip.spec.nodeName) expect(victims).toEqual([])
        const node = vip.status.nominatedNodeName
        const stay = pods
          .filter(p => p.spec.nodeName === node && !p.metadata.deletionTimestamp)
          .reduce((n, p) => n + cpuOf(p), 0)
        for (const victim of victims) {
          expect(victim.spec.nodeName).toBe(node)
          expect(victim.spec.priority!).toBeLessThan(priority)
          expect(stay + cpuOf(victim) + cpu).toBeGreaterThan(1000)
        }
        if (victims.length) expect(stay + cpu).toBeLessThanOrEqual(1000)
        expect(c.errors).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
})
