/** The garbage collector: background, foreground, orphans. */
import { expect, it } from 'vitest'
import { createRecorder } from '../api/events/events.ts'
import { configMap as configMapKind } from '../api/kinds/configmap.ts'
import { deployment as deploymentKind } from '../api/kinds/deployment.ts'
import { event as eventKind } from '../api/kinds/event.ts'
import { kinds } from '../api/kinds/index.ts'
import { namespace as namespaceKind } from '../api/kinds/namespace.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { replicaSet as replicaSetKind } from '../api/kinds/replicaset.ts'
import type { Deployment } from '../api/types.ts'
import { deploymentController } from './deployment/index.ts'
import { startGarbageCollector } from './garbage-collector.ts'
import { namespaceController } from './namespaces/namespace.ts'
import { rootCAController } from './namespaces/root-ca.ts'
import { serviceAccountController } from './namespaces/serviceaccount.ts'
import { newControllerRef } from './owners.ts'
import { replicaSetController } from './replicas/replicaset.ts'
import { makeWorld, template } from './testing.ts'

function world() {
  const w = makeWorld({
    controllers: [
      deploymentController,
      replicaSetController,
      namespaceController(() => kinds),
      serviceAccountController,
      rootCAController('PEM'),
    ],
  })
  const { client, clock } = w
  const events = createRecorder({ client, clock, kind: eventKind, component: 'garbage-collector-controller' })
  startGarbageCollector({
    client,
    clock,
    events,
    kinds: () => [...w.server.registry.all()],
    onError: e => w.errors.push(e),
  })
  const create = (namespace = 'default'): Deployment =>
    client.create(deploymentKind, {
      metadata: { name: 'web', namespace },
      spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template: template({ app: 'web' }) },
    })
  return { ...w, create }
}

it('deletes the dependents of a Deployment in the background', async () => {
  const w = world()
  w.create()
  await w.clock.advance(3000)
  w.client.delete(deploymentKind, 'default', 'web')
  expect(w.client.list(deploymentKind)).toEqual([])
  await w.clock.advance(3000)
  expect([w.client.list(replicaSetKind), w.pods()]).toEqual([[], []])
  expect(w.errors).toEqual([])
})

it('in the foreground the owner goes last', async () => {
  const w = world()
  w.create()
  await w.clock.advance(3000)
  w.client.delete(deploymentKind, 'default', 'web', { propagationPolicy: 'Foreground' })
  await w.clock.settle()
  expect(w.client.list(deploymentKind)).toHaveLength(1)
  expect(w.client.list(replicaSetKind)[0]!.metadata.finalizers).toEqual(['foregroundDeletion'])
  expect(w.pods().every(p => p.metadata.deletionTimestamp)).toBe(true)
  await w.clock.advance(3000)
  expect([w.client.list(deploymentKind), w.client.list(replicaSetKind), w.pods()]).toEqual([[], [], []])
})

it('in the foreground only a dependent that itself waits for others is let go of by the ones below it', async () => {
  const w = world()
  const kind = configMapKind
  const make = (name: string, owner: ReturnType<typeof newControllerRef> | undefined, finalizers: string[] = []) =>
    w.client.create(kind, {
      metadata: { name, namespace: 'default', finalizers, ...(owner && { ownerReferences: [owner] }) },
    })
  const top = make('top', undefined)
  const middle = make('middle', newControllerRef(top, kind))
  make('low', newControllerRef(middle, kind), ['example.com/wait'])
  w.client.delete(kind, 'default', 'low')
  w.client.delete(kind, 'default', 'top', { propagationPolicy: 'Foreground' })
  await w.clock.settle()
  const blocks = (name: string) => w.client.get(kind, 'default', name).metadata.ownerReferences?.[0]?.blockOwnerDeletion
  expect([blocks('middle'), blocks('low')]).toEqual([true, true])
  const low = w.client.get(kind, 'default', 'low')
  w.client.patch(kind, 'default', low.metadata.name, { metadata: { finalizers: null } })
  await w.clock.settle()
  expect(w.client.list(kind, { namespace: 'default' }).map(c => c.metadata.name)).toEqual(['kube-root-ca.crt'])
})

it('orphans live on, and are taken in by another that selects them', async () => {
  const w = world()
  w.create()
  await w.clock.advance(3000)
  w.client.delete(deploymentKind, 'default', 'web', { propagationPolicy: 'Orphan' })
  await w.clock.advance(3000)
  expect(w.client.list(deploymentKind)).toEqual([])
  expect(w.client.list(replicaSetKind)[0]!.metadata.ownerReferences).toBeUndefined()
  expect(w.pods()).toHaveLength(2)
  const uid = w.create().metadata.uid
  await w.clock.advance(3000)
  expect(w.client.list(replicaSetKind).map(rs => rs.metadata.ownerReferences?.[0]?.uid)).toEqual([uid])
  expect(w.pods()).toHaveLength(2)
})

it('an object whose owner has never been there goes, one with another living owner stays', async () => {
  const w = world()
  const owner = w.client.create(configMapKind, { metadata: { name: 'owner', namespace: 'default' } })
  const ghost = { ...newControllerRef(owner, configMapKind), uid: 'no-such-uid', name: 'ghost', controller: false }
  const living = { ...newControllerRef(owner, configMapKind), controller: false }
  w.client.create(configMapKind, { metadata: { name: 'a', namespace: 'default', ownerReferences: [ghost] } })
  w.client.create(configMapKind, { metadata: { name: 'b', namespace: 'default', ownerReferences: [ghost, living] } })
  await w.clock.settle()
  const names = w.client.list(configMapKind, { namespace: 'default' }).map(c => c.metadata.name)
  expect(names).toEqual(['b', 'kube-root-ca.crt', 'owner'])
  expect(w.client.get(configMapKind, 'default', 'b').metadata.ownerReferences).toHaveLength(1)
})

it('an owner is meant by its kind and name, too; who cannot be asked for is not given up', async () => {
  const w = world()
  const owner = w.client.create(configMapKind, { metadata: { name: 'owner', namespace: 'default' } })
  const ref = { ...newControllerRef(owner, configMapKind), controller: false, blockOwnerDeletion: false }
  for (const [name, change] of Object.entries({
    right: {},
    name: { name: 'zzz' },
    kind: { kind: 'Foo' },
    group: { apiVersion: 'x/v9' },
  }))
    w.client.create(configMapKind, {
      metadata: { name, namespace: 'default', ownerReferences: [{ ...ref, ...change }] },
    })
  await w.clock.settle()
  const names = () => w.client.list(configMapKind, { namespace: 'default' }).map(c => c.metadata.name)
  expect(names()).toEqual(['group', 'kind', 'kube-root-ca.crt', 'owner', 'right'])
  w.client.delete(configMapKind, 'default', 'owner', { propagationPolicy: 'Foreground' })
  await w.clock.settle()
  expect(names()).toEqual(['group', 'kind', 'kube-root-ca.crt'])
})

it('a namespace has its account and certificate, and goes when it has been emptied', async () => {
  const w = world()
  w.client.create(namespaceKind, { metadata: { name: 'shop' }, spec: {} })
  await w.clock.settle()
  w.create('shop')
  await w.clock.advance(3000)
  expect(w.client.list(configMapKind, { namespace: 'shop' })[0]!.data).toEqual({ 'ca.crt': 'PEM' })
  w.client.delete(namespaceKind, '', 'shop')
  await w.clock.advance(4900)
  // For five seconds nothing happens but that nothing new is let in.
  const pods = () => w.client.list(podKind, { namespace: 'shop' })
  expect(w.client.get(namespaceKind, '', 'shop').status).toEqual({ phase: 'Terminating' })
  expect(pods().every(pod => !pod.metadata.deletionTimestamp)).toBe(true)
  await w.clock.advance(100)
  const { status } = w.client.get(namespaceKind, '', 'shop')
  expect(pods().every(pod => pod.metadata.deletionTimestamp)).toBe(true)
  // Pods go first. Until they have, nothing else is touched, and nothing is said of what is left.
  const remaining = () =>
    w.client.get(namespaceKind, '', 'shop').status.conditions!.find(c => c.type === 'NamespaceContentRemaining')
  expect(status.conditions).toHaveLength(5)
  expect(remaining()).toMatchObject({ status: 'False', reason: 'ContentRemoved' })
  expect(w.client.list(configMapKind, { namespace: 'shop' })).toHaveLength(1)
  await w.clock.advance(30_000)
  expect(w.client.find(namespaceKind, '', 'shop')).toBeUndefined()
  expect(w.errors).toEqual([])
})
