/** Why a Pod gets no node, node by node. */
import { expect, it } from 'vitest'
import { askNodes } from './ask-nodes.ts'
import { asking, makeCluster } from './testing.ts'

it('each node gives its own reason, in the order of their names, and nothing is placed', async () => {
  const { client, clock, addNode, addPod, pod, message } = makeCluster()
  addNode('small', { cpu: '1' })
  addNode('kept', { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] })
  addNode('closed', { unschedulable: true })
  addPod('big', asking({ cpu: '3' }))
  await clock.settle()
  expect(askNodes(client, pod('big'))).toEqual([
    { node: 'closed', reasons: ['node(s) were unschedulable'] },
    { node: 'kept', reasons: ['node(s) had untolerated taint(s)'] },
    { node: 'small', reasons: ['Insufficient cpu'] },
  ])
  expect(message('big')).toContain('0/3 nodes are available')
  addNode('roomy')
  expect(askNodes(client, pod('big')).find(a => a.node === 'roomy')).toEqual({ node: 'roomy', reasons: [] })
})

it('a fault of the Pod itself is the reason of every node', async () => {
  const { client, clock, addNode, addPod, pod } = makeCluster()
  addNode('one')
  addPod('claims', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'none' } }] })
  await clock.settle()
  expect(askNodes(client, pod('claims'))).toEqual([
    { node: 'one', reasons: ['persistentvolumeclaim "none" not found'] },
  ])
})
