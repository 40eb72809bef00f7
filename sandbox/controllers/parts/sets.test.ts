/** StatefulSets and DaemonSets: their controllers. */
import { describe, expect, it } from 'vitest'
import { controllerRevision } from '../../api/kinds/controllerrevision.ts'
import { daemonSet as daemonSetKind } from '../../api/kinds/daemonset.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { persistentVolumeClaim } from '../../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicationController } from '../../api/kinds/replicationcontroller.ts'
import { statefulSet as statefulSetKind } from '../../api/kinds/statefulset.ts'
import { daemonSetController } from '../daemonset/index.ts'
import { replicationControllerController } from '../replicas/replicationcontroller.ts'
import { statefulSetController } from '../statefulset/index.ts'
import { makeWorld, readyNode, template } from '../testing.ts'

describe('a StatefulSet', () => {
  function world() {
    const w = makeWorld({ controllers: [statefulSetController] })
    const create = (spec: object = {}, image = 'v1') =>
      w.client.create(statefulSetKind, {
        metadata: { name: 'db', namespace: 'default' },
        spec: {
          serviceName: 'db',
          replicas: 3,
          selector: { matchLabels: { app: 'db' } },
          template: template({ app: 'db' }, image),
          ...spec,
        },
      })
    const names = () => w.pods().map(p => p.metadata.name)
    const images = () => w.pods().map(p => p.spec.containers[0]!.image)
    const patch = (spec: object) => w.client.patch(statefulSetKind, 'default', 'db', { spec })
    const status = () => w.client.get(statefulSetKind, 'default', 'db').status
    return { ...w, create, names, images, patch, status }
  }

  it('starts its Pods one after the other, and stops them in reverse', async () => {
    const w = world()
    w.create()
    await w.clock.settle()
    expect(w.names()).toEqual(['db-0'])
    await w.clock.advance(1500)
    expect(w.names()).toEqual(['db-0', 'db-1'])
    await w.clock.advance(3000)
    expect(w.names()).toEqual(['db-0', 'db-1', 'db-2'])
    expect(w.pods()[1]!.spec).toMatchObject({ hostname: 'db-1', subdomain: 'db' })
    expect(w.status()).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      availableReplicas: 3,
      collisionCount: 0,
    })
    w.patch({ replicas: 1 })
    await w.clock.settle()
    expect(
      w
        .pods()
        .filter(p => p.metadata.deletionTimestamp)
        .map(p => p.metadata.name),
    ).toEqual(['db-2'])
    await w.clock.advance(3000)
    expect(w.names()).toEqual(['db-0'])
    expect(w.events('StatefulSet')).toEqual([
      'SuccessfulCreate x1: Create Pod db-0 in StatefulSet db successful',
      'SuccessfulCreate x1: Create Pod db-1 in StatefulSet db successful',
      'SuccessfulCreate x1: Create Pod db-2 in StatefulSet db successful',
      'SuccessfulDelete x1: Delete Pod db-2 in StatefulSet db successful',
      'SuccessfulDelete x1: Delete Pod db-1 in StatefulSet db successful',
    ])
    expect(w.errors).toEqual([])
  })

  it('counts what a look has found, not what it has made of it', async () => {
    const w = world()
    const seen: string[] = []
    w.client.watch(statefulSetKind, {}, ({ object: { status } }) => {
      const { replicas, readyReplicas = 0, currentReplicas = 0, updatedReplicas = 0 } = status
      const counts = [replicas, readyReplicas, currentReplicas, updatedReplicas].join(' ')
      if (seen.at(-1) !== counts) seen.push(counts)
    })
    w.create({ replicas: 2 })
    await w.clock.advance(5000)
    expect(seen).toEqual(['0 0 0 0', '1 0 1 1', '1 1 1 1', '2 1 2 2', '2 2 2 2'])
    seen.length = 0
    w.patch({ replicas: 2, template: template({ app: 'db' }, 'v2') })
    await w.clock.settle()
    // The one that was told to go does not count as current at once; that it is going is seen by the next look.
    expect(seen).toEqual(['2 2 2 2', '2 2 1 0'])
  })

  it('says nothing while a Pod of another has the name of its own', async () => {
    const w = world()
    w.client.create(podKind, {
      metadata: { name: 'db-0', namespace: 'default' },
      spec: { containers: [{ name: 'main', image: 'v1' }] },
    } as never)
    w.create()
    await w.clock.advance(3000)
    expect(w.names()).toEqual(['db-0'])
    expect(w.events('StatefulSet')).toEqual([])
  })

  it('that is Parallel does not wait; one that is stuck does', async () => {
    const parallel = world()
    parallel.create({ podManagementPolicy: 'Parallel' }, 'bad')
    await parallel.clock.settle()
    expect(parallel.names()).toHaveLength(3)
    const stuck = world()
    stuck.create({}, 'bad')
    await stuck.clock.advance(60_000)
    expect(stuck.names()).toEqual(['db-0'])
  })

  it('updates one Pod at a time: the gate of maxUnavailable is closed, so the field is not even kept', async () => {
    const w = world()
    const rolling = (maxUnavailable: number) => ({ updateStrategy: { rollingUpdate: { maxUnavailable } } })
    w.create({ ...rolling(2), podManagementPolicy: 'Parallel' })
    w.patch(rolling(3))
    expect(w.client.get(statefulSetKind, 'default', 'db').spec.updateStrategy?.rollingUpdate).toEqual({ partition: 0 })
    await w.clock.advance(3000)
    w.patch({ template: template({ app: 'db' }, 'v2') })
    await w.clock.settle()
    expect(w.pods().map(p => Boolean(p.metadata.deletionTimestamp))).toEqual([false, false, true])
    await w.clock.advance(9000)
    expect(w.images()).toEqual(['v2', 'v2', 'v2'])
  })

  it('updates from the last down to the partition', async () => {
    const w = world()
    w.create({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } })
    await w.clock.advance(10_000)
    w.patch({ template: template({ app: 'db' }, 'v2') })
    await w.clock.advance(10_000)
    expect(w.images()).toEqual(['v1', 'v1', 'v2'])
    expect(w.status()).toMatchObject({ replicas: 3, currentReplicas: 2, updatedReplicas: 1 })
    w.client.delete(podKind, 'default', 'db-0')
    await w.clock.advance(10_000)
    expect(w.images()).toEqual(['v1', 'v1', 'v2'])
    w.patch({ updateStrategy: { rollingUpdate: { partition: 0 } } })
    await w.clock.advance(20_000)
    expect(w.images()).toEqual(['v2', 'v2', 'v2'])
    expect(w.status().currentRevision).toBe(w.status().updateRevision)
    expect(w.client.list(controllerRevision).map(r => Number(r.revision))).toEqual(expect.arrayContaining([1, 2]))
  })

  it('of strategy OnDelete leaves it to others', async () => {
    const w = world()
    w.create({ updateStrategy: { type: 'OnDelete' } })
    await w.clock.advance(10_000)
    w.patch({ template: template({ app: 'db' }, 'v2') })
    await w.clock.advance(10_000)
    expect(w.images()).toEqual(['v1', 'v1', 'v1'])
    w.client.delete(podKind, 'default', 'db-1')
    await w.clock.advance(10_000)
    expect(w.images()).toEqual(['v1', 'v2', 'v1'])
  })

  it('keeps its claims, unless it is told not to', async () => {
    const w = world()
    w.create({
      replicas: 2,
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    })
    await w.clock.advance(10_000)
    const claims = () => w.client.list(persistentVolumeClaim)
    expect(claims().map(c => [c.metadata.name, c.metadata.labels, c.metadata.ownerReferences])).toEqual([
      ['data-db-0', { app: 'db' }, undefined],
      ['data-db-1', { app: 'db' }, undefined],
    ])
    expect(w.pods()[1]!.spec.volumes).toMatchObject([
      { name: 'data', persistentVolumeClaim: { claimName: 'data-db-1' } },
    ])
    w.patch({ persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } })
    await w.clock.settle()
    expect(claims().map(c => c.metadata.ownerReferences?.[0]?.kind)).toEqual(['StatefulSet', 'StatefulSet'])
    expect(w.errors).toEqual([])
  })

  it('marks a Pod that it adopts as its own, and says so', async () => {
    const w = world()
    const { spec } = template({ app: 'db' }, 'v1')
    w.client.create(podKind, { metadata: { name: 'db-0', namespace: 'default', labels: { app: 'db' } }, spec })
    await w.clock.advance(3000)
    w.create({ replicas: 1, updateStrategy: { type: 'OnDelete' } })
    await w.clock.settle()
    expect(w.pods()[0]!.metadata.labels).toEqual({
      app: 'db',
      'apps.kubernetes.io/pod-index': '0',
      'statefulset.kubernetes.io/pod-name': 'db-0',
    })
    expect(w.events('StatefulSet')).toEqual(['SuccessfulUpdate x1: Update Pod db-0 in StatefulSet db successful'])
  })

  it('waits for a claim that is going, and says why it makes no Pod', async () => {
    const w = world()
    const spec = { accessModes: ['ReadWriteOnce' as const], resources: { requests: { storage: '1Gi' } } }
    const held = { name: 'data-db-0', namespace: 'default', finalizers: ['example.com/held'] }
    w.client.create(persistentVolumeClaim, { metadata: held, spec })
    w.client.delete(persistentVolumeClaim, 'default', 'data-db-0')
    w.create({ replicas: 1, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }] })
    await w.clock.settle()
    expect(w.pods()).toEqual([])
    const [told] = w.events('StatefulSet')
    expect(told).toMatch(
      /^FailedCreate x\d+: Create Pod db-0 in StatefulSet db failed error: pvc data-db-0 is being deleted$/,
    )
  })
})

describe('a DaemonSet', () => {
  function world(nodes = ['n1', 'n2', 'n3']) {
    const w = makeWorld({ controllers: [daemonSetController()], kubelet: false })
    const addNode = (name: string, spec: object = {}) => readyNode(w.client, name, spec)
    for (const name of nodes) addNode(name)
    // A scheduler and kubelet in one: to the node that the Pod is made for, Ready a second later.
    w.client.watch(podKind, {}, ({ type, object }) => {
      if (type === 'DELETED') return
      const { namespace = '', name, uid } = object.metadata
      w.clock.after(500, () => {
        const pod = w.client.find(podKind, namespace, name)
        if (pod?.metadata.uid !== uid) return
        if (pod.metadata.deletionTimestamp) w.client.delete(podKind, namespace, name, { gracePeriodSeconds: 0 })
        else if (!pod.spec.nodeName) {
          const term =
            pod.spec.affinity!.nodeAffinity!.requiredDuringSchedulingIgnoredDuringExecution!.nodeSelectorTerms[0]!
          w.client.bind(namespace, name, term.matchFields![0]!.values![0]!)
        } else if (pod.status.phase === 'Pending') {
          const ready = pod.spec.containers[0]!.image !== 'bad'
          const conditions = [
            { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: w.clock.timestamp() },
          ]
          w.client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase: 'Running', conditions } })
        }
      })
    })
    const create = (spec: object = {}) =>
      w.client.create(daemonSetKind, {
        metadata: { name: 'agent', namespace: 'default' },
        spec: { selector: { matchLabels: { app: 'agent' } }, template: template({ app: 'agent' }, 'v1'), ...spec },
      })
    const status = () => w.client.get(daemonSetKind, 'default', 'agent').status
    const images = () => w.pods().map(p => p.spec.containers[0]!.image)
    return { ...w, addNode, create, status, images }
  }

  it('puts a new daemon in the place of one that has ended and is being deleted, before that is gone', async () => {
    const w = world(['n1'])
    w.create()
    await w.clock.advance(1500)
    const [old] = w.pods()
    w.client.delete(podKind, 'default', old!.metadata.name)
    w.client.updateStatus(podKind, {
      ...w.client.get(podKind, 'default', old!.metadata.name),
      status: { phase: 'Failed', conditions: [{ type: 'Ready', status: 'False' }] },
    } as never)
    await w.clock.settle()
    expect(w.pods().map(pod => pod.status.phase)).toEqual(expect.arrayContaining(['Failed', 'Pending']))
    expect(w.status()).toMatchObject({ currentNumberScheduled: 1, updatedNumberScheduled: 1, numberReady: 0 })
  })

  it('keeps its template as text that clients can compare', async () => {
    const w = world()
    w.create()
    await w.clock.settle()
    const [revision] = w.client.list(controllerRevision)
    const order = (value: unknown): string[] =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [...Object.keys(value), ...Object.values(value).flatMap(order)]
        : []
    const kept = (revision!.data as { spec: { template: { spec: object } } }).spec.template
    expect(Object.keys(kept)).toEqual(['$patch', 'metadata', 'spec'])
    expect(order(kept.spec).slice(0, 3)).toEqual(['containers', 'dnsPolicy', 'restartPolicy'])
  })

  it('has one Pod on every node that it tolerates, also on those that come later', async () => {
    const w = world()
    w.addNode('master', { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] })
    w.create()
    await w.clock.advance(3000)
    expect(
      w
        .pods()
        .map(p => p.spec.nodeName)
        .sort(),
    ).toEqual(['n1', 'n2', 'n3'])
    w.addNode('n4', { unschedulable: true })
    await w.clock.advance(3000)
    expect(w.status()).toMatchObject({
      desiredNumberScheduled: 4,
      currentNumberScheduled: 4,
      numberReady: 4,
      updatedNumberScheduled: 4,
      numberAvailable: 4,
      numberMisscheduled: 0,
    })
    w.client.patch(nodeKind, '', 'n1', { spec: { taints: [{ key: 'x', effect: 'NoExecute' }] } })
    await w.clock.advance(3000)
    expect(w.pods()).toHaveLength(3)
    expect(w.errors).toEqual([])
  })

  it('rolls a new template out one node at a time', async () => {
    const w = world()
    w.create()
    await w.clock.advance(3000)
    w.client.patch(daemonSetKind, 'default', 'agent', { spec: { template: template({ app: 'agent' }, 'v2') } })
    for (let i = 0; i < 30; i++) {
      await w.clock.advance(250)
      expect(w.status().numberUnavailable ?? 0).toBeLessThanOrEqual(1)
    }
    expect(w.images()).toEqual(['v2', 'v2', 'v2'])
    expect(w.errors).toEqual([])
  })

  it('does not count again for a taint that its daemons may live with, until it has another reason to look', async () => {
    const w = world()
    w.create()
    await w.clock.advance(3000)
    w.client.patch(nodeKind, '', 'n1', { spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] } })
    await w.clock.advance(1000)
    expect(w.status()).toMatchObject({ desiredNumberScheduled: 3, numberMisscheduled: 0 })
    w.client.patch(daemonSetKind, 'default', 'agent', { spec: { minReadySeconds: 1 } })
    await w.clock.advance(1000)
    expect(w.status()).toMatchObject({ desiredNumberScheduled: 2, numberMisscheduled: 1 })
    // Misplaced Pods are looked for again.
    w.client.patch(nodeKind, '', 'n1', { spec: { taints: null } })
    await w.clock.advance(1000)
    expect(w.status()).toMatchObject({ desiredNumberScheduled: 3, numberMisscheduled: 0 })
  })

  it('with a surge starts the new before it stops the old', async () => {
    const w = world()
    w.create({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } })
    await w.clock.advance(3000)
    w.client.patch(daemonSetKind, 'default', 'agent', { spec: { template: template({ app: 'agent' }, 'v2') } })
    for (let i = 0; i < 40; i++) {
      await w.clock.advance(250)
      expect(w.status().numberUnavailable ?? 0).toBe(0)
    }
    expect(w.images()).toEqual(['v2', 'v2', 'v2'])
  })
})

it('a ReplicationController keeps its Pods as well', async () => {
  const w = makeWorld({ controllers: [replicationControllerController] })
  w.client.create(replicationController, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 2, selector: { app: 'web' }, template: template({ app: 'web' }) },
  })
  await w.clock.advance(3000)
  expect(w.client.get(replicationController, 'default', 'web').status).toEqual({
    replicas: 2,
    fullyLabeledReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    observedGeneration: 1,
  })
  expect(w.errors).toEqual([])
})
