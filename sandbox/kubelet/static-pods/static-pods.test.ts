/** Static Pods and their mirror Pods. */
import { describe, expect, it } from 'vitest'
import { event as eventKind } from '../../api/kinds/event.ts'
import { namespace } from '../../api/kinds/namespace.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { type TestNode, testNode } from '../testing.ts'
import { MANIFESTS } from './manifest-folder.ts'

const write = (node: TestNode, file: string, metadata: object, container: object = {}, spec: object = {}): void => {
  const containers = [{ name: 'app', image: 'busybox:1.36', ...container }]
  const pod = { metadata: { namespace: 'default', ...metadata }, spec: { ...spec, containers } }
  node.kubelet.node.disk.host.write(`${MANIFESTS}/${file}`, JSON.stringify(pod))
}
const remove = (node: TestNode, file: string): void => node.kubelet.node.disk.host.remove(`${MANIFESTS}/${file}`)

describe('a file in the folder of manifests', () => {
  it('is a Pod with a mirror in the API, and does not care when the mirror is deleted', async () => {
    const node = testNode()
    await node.pass(2)
    write(
      node,
      'etcd.yaml',
      { name: 'etcd', labels: { tier: 'base' } },
      {},
      { tolerations: [{ key: 'a', operator: 'Exists' }] },
    )
    await node.pass(3)
    const before = node.get('etcd-node-1')
    expect(before.status.phase).toBe('Running')
    expect(before.status.observedGeneration).toBeUndefined()
    expect(before.status.conditions?.some(c => 'observedGeneration' in c)).toBe(false)
    const { labels, annotations, ownerReferences } = before.metadata
    expect(labels).toEqual({ tier: 'base' })
    expect(Object.keys(annotations!).map(key => key.replace('kubernetes.io/config.', ''))).toEqual([
      'hash',
      'mirror',
      'seen',
      'source',
    ])
    expect(ownerReferences).toMatchObject([{ kind: 'Node', name: 'node-1', controller: true }])
    expect(before.spec.tolerations).toEqual([
      { key: 'a', operator: 'Exists' },
      { effect: 'NoExecute', operator: 'Exists' },
    ])
    node.delete('etcd-node-1')
    await node.pass(3)
    const after = node.get('etcd-node-1')
    expect(after.metadata.uid).not.toBe(before.metadata.uid)
    expect(after.status.containerStatuses?.[0]?.containerID).toBe(before.status.containerStatuses?.[0]?.containerID)
  })

  it('ends its Pod with grace when it goes', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web' }, { command: ['run', 'stubborn'] }, { terminationGracePeriodSeconds: 5 })
    await node.pass(3)
    remove(node, 'web.yaml')
    await node.pass(4)
    expect(node.runtime.find('app').state.state, 'as long as its grace lasts').toBe('running')
    expect(node.find('web-node-1')).toBeDefined()
    await node.pass(4)
    expect(node.runtime.find('app').state.state).toBe('exited')
    expect(node.find('web-node-1')).toBeUndefined()
  })

  it('that says something else has its Pod replaced, the new one after the old', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web' })
    await node.pass(3)
    const [old, { uid }] = [node.runtime.find('app'), node.get('web-node-1').metadata]
    write(node, 'web.yaml', { name: 'web' })
    await node.pass(3)
    expect(node.get('web-node-1').metadata.uid, 'the same again is no change').toBe(uid)
    write(node, 'web.yaml', { name: 'web' }, { image: 'busybox:1.37' })
    await node.pass(9)
    expect(old.state).toMatchObject({ state: 'exited', status: { code: 143 } })
    const { status } = node.get('web-node-1')
    expect(status.containerStatuses, 'the mirror stays as it was until the name is looked for again').toMatchObject([
      { image: 'docker.io/library/busybox:1.36', ready: true },
    ])
    await node.pass(9)
    expect(node.get('web-node-1').status.containerStatuses).toMatchObject([
      { image: 'docker.io/library/busybox:1.37', restartCount: 0 },
    ])
    expect(node.get('web-node-1').metadata.uid).not.toBe(uid)
  })

  it('counts as before while it makes no sense, but not for long; what is hidden never counts', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web' })
    write(node, '.swp', { name: 'hidden' })
    await node.pass(3)
    node.kubelet.node.disk.host.write(`${MANIFESTS}/web.yaml`, 'apiVersion')
    await node.pass(10)
    expect(node.runtime.find('app').state.state).toBe('running')
    await node.pass(12)
    expect(node.runtime.find('app').state.state).toBe('exited')
    expect([node.find('web-node-1'), node.find('hidden-node-1')]).toEqual([undefined, undefined])
  })

  it('outlives the process of the kubelet, and is compared with what runs when that comes back', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'stays.yaml', { name: 'stays' }, { name: 'stays' })
    write(node, 'goes.yaml', { name: 'goes' }, { name: 'goes' })
    await node.pass(3)
    const { containerID } = node.state('stays-node-1', 'stays')
    node.kubelet.stop()
    remove(node, 'goes.yaml')
    await node.pass(5)
    expect(node.runtime.find('goes').state.state).toBe('running')
    node.kubelet.start()
    await node.pass(5)
    expect(node.runtime.find('goes').state.state).toBe('exited')
    expect(node.state('stays-node-1', 'stays').containerID).toBe(containerID)
  })

  it('alone says what runs, whatever is written into the mirror', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web' })
    await node.pass(3)
    const mirror = node.get('web-node-1')
    node.client.update(podKind, { ...mirror, spec: { ...mirror.spec, activeDeadlineSeconds: 2 } })
    await node.pass(10)
    expect(node.get('web-node-1').status.phase).toBe('Running')
  })

  it('has its mirror back only at its next sync when that was forced to go', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web' })
    await node.pass(3)
    node.delete('web-node-1', 0)
    await node.pass(55)
    expect(node.find('web-node-1')).toBeUndefined()
    expect(node.runtime.find('app').state.state).toBe('running')
    await node.pass(40)
    expect(node.get('web-node-1').status.phase).toBe('Running')
  })

  it('goes on while another file has a Pod of its name, which takes its place when it goes', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web' })
    await node.pass(3)
    for (const file of ['a.yaml', 'z.yaml']) write(node, file, { name: 'web' }, { image: 'busybox:1.37' })
    await node.pass(20)
    const image = () => node.state('web-node-1').image
    expect(image()).toMatch(/1\.36$/)
    remove(node, 'web.yaml')
    await node.pass(20)
    expect(image()).toMatch(/1\.37$/)
  })

  it('waits for its namespace', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web', namespace: 'later' })
    await node.pass(5)
    node.client.create(namespace, { metadata: { name: 'later' }, spec: {} })
    await node.pass(25)
    expect(node.runtime.find('app').state.state).toBe('running')
  })

  it('leaves a Pod of the API alone that has the name of its mirror', async () => {
    const node = testNode()
    await node.pass(2)
    node.run('web-node-1', {
      containers: [{ name: 'other', command: ['run', 'stubborn'] }],
      terminationGracePeriodSeconds: 5,
    })
    write(node, 'web.yaml', { name: 'web' })
    await node.pass(3)
    expect(node.runtime.find('other').state.state).toBe('running')
    node.delete('web-node-1')
    await node.pass(3)
    expect(node.runtime.find('other').state.state, 'it goes with grace, as any').toBe('running')
    await node.pass(25)
    expect(node.runtime.find('app').state.state).toBe('running')
  })

  it('is what events are about, under its own name', async () => {
    const node = testNode()
    await node.pass(2)
    write(node, 'web.yaml', { name: 'web' })
    await node.pass(3)
    const { annotations } = node.get('web-node-1').metadata
    const told = node.client.list(eventKind, { namespace: 'default' }).filter(e => e.reason === 'Started')
    expect(told.map(e => e.involvedObject.uid)).toEqual([annotations?.['kubernetes.io/config.hash']])
  })
})
