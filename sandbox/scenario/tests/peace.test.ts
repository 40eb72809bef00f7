/** Anything may happen to a cluster, at any time: once it is over, what is wanted is there again, with never a Pod too many. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { daemonSet } from '../../api/kinds/daemonset.ts'
import { deployment } from '../../api/kinds/deployment.ts'
import { job } from '../../api/kinds/job.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { statefulSet } from '../../api/kinds/statefulset.ts'
import type { Pod } from '../../api/types.ts'
import { type Cluster, createCluster } from '../../cluster.ts'
import { loadAll } from '../../parts.ts'
import { applyFault, FAULTS, RESOURCES } from '../faults.ts'

const NODES = ['control-plane', 'worker-1', 'worker-2', 'worker-3']
const WORKERS = NODES.slice(1)

const container = { name: 'main', image: 'busybox:1.36', command: ['sleep', '100000'] }
const template = (app: string, image = 'busybox:1.36', spec: object = {}) => ({
  metadata: { labels: { app } },
  spec: {
    terminationGracePeriodSeconds: 2,
    // Moving away at once, so that virtual hours are not needed.
    tolerations: ['not-ready', 'unreachable'].map(key => ({
      key: `node.kubernetes.io/${key}`,
      operator: 'Exists' as const,
      effect: 'NoExecute' as const,
      tolerationSeconds: 10,
    })),
    containers: [{ ...container, image }],
    ...spec,
  },
})

function deploy({ client }: Cluster): void {
  const of = <S extends object>(name: string, spec: S) => ({
    metadata: { name, namespace: 'default' },
    spec: { selector: { matchLabels: { app: name } }, ...spec },
  })
  client.create(deployment, of('web', { replicas: 4, template: template('web') }))
  client.create(statefulSet, of('db', { replicas: 3, serviceName: 'db', template: template('db') }))
  client.create(daemonSet, of('agent', { template: template('agent') }))
  client.create(job, {
    metadata: { name: 'work', namespace: 'default' },
    spec: {
      completions: 4,
      parallelism: 2,
      backoffLimit: 1000,
      template: {
        spec: { restartPolicy: 'Never', containers: [{ ...container, command: ['sleep', '40'] }] },
      },
    },
  })
}

const podsOf = ({ client }: Cluster, app: string): Pod[] =>
  client
    .list(podKind, { namespace: 'default' })
    .filter(p => (p.metadata.labels?.app ?? p.metadata.labels?.['job-name']) === app)
const isLiving = (pod: Pod): boolean =>
  !pod.metadata.deletionTimestamp && pod.status.phase !== 'Failed' && pod.status.phase !== 'Succeeded'
const living = (cluster: Cluster, app: string): Pod[] => podsOf(cluster, app).filter(isLiving)

/** With its default of a quarter, a Deployment of four may have one more while it rolls. */
function tooMany(cluster: Cluster): string[] {
  const found: string[] = []
  const atMost = (app: string, most: number): void => {
    const n = living(cluster, app).length
    if (n > most) found.push(`${n} Pods of ${app}`)
  }
  atMost('web', 5)
  atMost('db', 3)
  atMost('work', 2)
  const nodes = living(cluster, 'agent').map(
    p =>
      p.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0]
        ?.matchFields?.[0]?.values?.[0],
  )
  if (new Set(nodes).size < nodes.length) found.push(`daemons on ${nodes}`)
  return found
}

const step = fc.record({
  wait: fc.nat(90_000),
  fault: fc.nat(FAULTS.length + 3),
  node: fc.constantFrom(...WORKERS),
  resource: fc.constantFrom(...RESOURCES),
  which: fc.nat(20),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function happen(cluster: Cluster, { fault, node, resource, which }: Step): void {
  const pods = cluster.client.list(podKind, { namespace: 'default' }).filter(p => p.spec.nodeName)
  const pod = pods[which % Math.max(1, pods.length)]
  const found = FAULTS[fault]
  if (found) {
    const values = { NODE: node, RESOURCE: resource, '[NAMESPACE/]POD/CONTAINER': `${pod?.metadata.name}/main` }
    applyFault(cluster, [...found.words, ...found.arguments.map(a => values[a])].join(' '))
  } else if (!cluster.controlPlane.up) return
  else if (fault === FAULTS.length && pod) cluster.client.delete(podKind, 'default', pod.metadata.name)
  else if (fault === FAULTS.length + 1 && pod)
    cluster.client.delete(podKind, 'default', pod.metadata.name, { gracePeriodSeconds: 0 })
  else {
    const spec = { template: template('web', `busybox:1.3${4 + (which % 3)}`) }
    cluster.client.patch(deployment, 'default', 'web', { spec })
  }
}

/** Everything that can be undone is undone. */
function makePeace(cluster: Cluster): void {
  for (const { undo } of FAULTS) {
    const back = FAULTS.find(f => f.id === undo)
    if (!back) continue
    if (!back.arguments.length) applyFault(cluster, back.words.join(' '))
    else
      for (const node of WORKERS)
        for (const resource of back.arguments.includes('RESOURCE') ? RESOURCES : [''])
          applyFault(cluster, [...back.words, node, resource].join(' '))
  }
}

it('reaches the desired state again after any faults', async () => {
  await loadAll()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), fc.nat(1000), async (steps, seed) => {
      const cluster = createCluster({ seed: String(seed), nodes: NODES })
      await cluster.clock.advance(3_000)
      deploy(cluster)
      await cluster.clock.advance(10_000)
      for (const s of steps) {
        happen(cluster, s)
        await cluster.clock.settle()
        expect(tooMany(cluster)).toEqual([])
        await cluster.clock.advance(s.wait)
        expect(tooMany(cluster)).toEqual([])
      }
      makePeace(cluster)
      // Image pulls and crash loops back off for up to five minutes, and nodes come back one by one.
      for (let minute = 0; minute < 20; minute++) {
        await cluster.clock.advance(60_000)
        expect(tooMany(cluster)).toEqual([])
      }
      const { client } = cluster
      const ready = (app: string): number =>
        living(cluster, app).filter(p => p.status.conditions?.some(c => c.type === 'Ready' && c.status === 'True'))
          .length
      expect([ready('web'), ready('db'), ready('agent')]).toEqual([4, 3, 3])
      expect(client.get(deployment, 'default', 'web').status).toMatchObject({ replicas: 4, updatedReplicas: 4 })
      expect(client.get(job, 'default', 'work').status).toMatchObject({ succeeded: 4 })
      expect(podsOf(cluster, 'db').map(p => p.metadata.name)).toEqual(['db-0', 'db-1', 'db-2'])
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 12) },
  )
}, 120_000)
