import { describe, expect, it } from 'vitest'
import { testNode } from './testing.ts'

describe('a static Pod', () => {
  it('is mirrored in the API, and does not care when the mirror is deleted', async () => {
    const node = testNode()
    const containers = [{ name: 'app', image: 'busybox:1.36' }]
    node.kubelet.staticPods.add({ metadata: { name: 'etcd', namespace: 'default' }, spec: { containers } })
    await node.pass(3)
    const before = node.get('etcd-node-1')
    expect(before.status.phase).toBe('Running')
    node.delete('etcd-node-1')
    await node.pass(3)
    const after = node.get('etcd-node-1')
    expect(after.metadata.uid).not.toBe(before.metadata.uid)
    expect(after.status.containerStatuses?.[0]?.containerID).toBe(before.status.containerStatuses?.[0]?.containerID)
    node.kubelet.staticPods.remove('etcd')
    await node.pass(35)
    expect(node.runtime.find('app').state.state).toBe('exited')
  })
})
