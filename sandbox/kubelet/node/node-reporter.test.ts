/** What a kubelet tells of its node: events at its start, and of each change of the node's conditions. */
import { describe, expect, it } from 'vitest'
import { event as eventKind } from '../../api/kinds/event.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import type { Node } from '../../api/types.ts'
import { type TestNode, testNode } from '../testing.ts'

const eventsOf = ({ client }: TestNode, since = 0): string[] =>
  client
    .list(eventKind, { namespace: 'default' })
    .filter(e => e.involvedObject.kind === 'Node' && Date.parse(e.lastTimestamp as string) >= since)
    .map(e => `${e.type} ${e.reason} x${e.count}: ${e.message}`)

const status = (reason: string, count = 1): string => `Normal ${reason} x${count}: Node node-1 status is now: ${reason}`

const cordon = ({ client }: TestNode, unschedulable: boolean): Node =>
  client.patch(nodeKind, '', 'node-1', { spec: { unschedulable: unschedulable || null } })

describe('a kubelet that starts', () => {
  it('tells of itself and its node, which it describes twice before the API knows of it', async () => {
    const node = testNode()
    await node.pass(2)
    expect(eventsOf(node)).toEqual([
      'Normal Starting x1: Starting kubelet.',
      'Warning InvalidDiskCapacity x1: invalid capacity 0 on image filesystem',
      status('NodeHasSufficientMemory', 2),
      status('NodeHasNoDiskPressure', 2),
      status('NodeHasSufficientPID', 2),
      'Normal NodeAllocatableEnforced x1: Updated Node Allocatable limit across pods',
      status('NodeReady'),
    ])
  })

  it('names the node in its events, and no uid, for it has not looked it up', async () => {
    const node = testNode()
    await node.pass(2)
    for (const { involvedObject, source, reportingComponent, reportingInstance } of node.client.list(eventKind)) {
      expect(involvedObject).toEqual({ kind: 'Node', name: 'node-1', apiVersion: 'v1' })
      expect(source).toEqual({ component: 'kubelet', host: 'node-1' })
      expect([reportingComponent, reportingInstance]).toEqual(['kubelet', 'node-1'])
    }
  })

  it('is another process after a restart: what it tells is counted anew, and its node is not ready for a moment', async () => {
    const node = testNode()
    await node.pass(60)
    const restarted = node.clock.now()
    node.kubelet.restart()
    await node.pass(2)
    expect(eventsOf(node, restarted)).toEqual([
      'Normal Starting x1: Starting kubelet.',
      'Warning InvalidDiskCapacity x1: invalid capacity 0 on image filesystem',
      'Normal NodeAllocatableEnforced x1: Updated Node Allocatable limit across pods',
      status('NodeHasSufficientMemory'),
      status('NodeHasNoDiskPressure'),
      status('NodeHasSufficientPID'),
      status('NodeNotReady'),
      status('NodeReady'),
    ])
  })

  it('notices that the machine has been rebooted', async () => {
    const node = testNode()
    await node.pass(60)
    node.kubelet.powerOff()
    await node.pass(5)
    node.kubelet.powerOn()
    const { bootID } = node.kubelet.machine
    await node.pass(2)
    expect(eventsOf(node)).toContain(`Warning Rebooted x1: Node node-1 has been rebooted, boot id: ${bootID}`)
    expect(node.client.get(nodeKind, '', 'node-1').status.nodeInfo?.bootID).toBe(bootID)
  })
})

describe('a node that is cordoned', () => {
  it('is told of when the kubelet next looks at its node, and so is its return', async () => {
    const node = testNode()
    await node.pass(15)
    cordon(node, true)
    expect(eventsOf(node)).not.toContain(status('NodeNotSchedulable'))
    await node.pass(10)
    expect(eventsOf(node).filter(e => e.includes('Schedulable'))).toEqual([status('NodeNotSchedulable')])
    cordon(node, false)
    await node.pass(10)
    expect(eventsOf(node).filter(e => e.includes('Schedulable'))).toEqual([
      status('NodeNotSchedulable'),
      status('NodeSchedulable'),
    ])
  })

  it('is news to a kubelet that starts', async () => {
    const node = testNode()
    await node.pass(15)
    cordon(node, true)
    await node.pass(15)
    const restarted = node.clock.now()
    node.kubelet.restart()
    await node.pass(15)
    expect(eventsOf(node, restarted)).toContain(status('NodeNotSchedulable'))
  })
})

describe('a node that was given up', () => {
  it('is told of condition by condition when its kubelet reports again', async () => {
    const node = testNode()
    await node.pass(15)
    const { status: was, ...rest } = node.client.get(nodeKind, '', 'node-1')
    const conditions = was.conditions?.map(c => ({ ...c, status: 'Unknown' as const }))
    node.kubelet.setConnected(false)
    node.client.updateStatus(nodeKind, { ...rest, status: { ...was, conditions } } as Node)
    await node.pass(60)
    const joined = node.clock.now()
    node.kubelet.setConnected(true)
    await node.pass(1)
    expect(eventsOf(node, joined)).toEqual([
      status('NodeHasSufficientMemory', 3),
      status('NodeHasNoDiskPressure', 3),
      status('NodeHasSufficientPID', 3),
      status('NodeReady', 2),
    ])
  })
})
