/** Stopping a Pod: grace periods, hooks, forced deletions, deadlines. */
import { describe, expect, it } from 'vitest'
import { event as eventKind } from '../../api/kinds/event.ts'
import { testNode } from '../testing.ts'

describe('stopping', () => {
  it('asks with TERM, waits for the grace period, then kills', async () => {
    const node = testNode()
    node.run('web', { terminationGracePeriodSeconds: 5, containers: [{ command: ['x', 'stubborn'] }] })
    await node.pass(3)
    node.delete('web')
    await node.pass(4)
    expect(node.get('web').metadata.deletionTimestamp).toBeTruthy()
    expect(node.get('web').status.phase).toBe('Running')
    await node.pass(2)
    expect(node.find('web')).toBeUndefined()
    expect(node.events('web')).toContain('Killing: Stopping container app')
  })

  it('begins only when a postStart hook is done: the hook is part of a sync, which a deletion does not break off', async () => {
    const node = testNode()
    const lifecycle = { postStart: { sleep: { seconds: 20 } } }
    node.run('web', { containers: [{ command: ['x', 'stubborn'], lifecycle }] })
    await node.pass(3)
    node.delete('web', 5)
    await node.pass(15)
    expect(node.events('web')).not.toContain('Killing: Stopping container app')
    await node.pass(7)
    expect(node.events('web')).toContain('Killing: Stopping container app')
    expect(node.runtime.find('app').state.state, 'its whole grace is still to come').toBe('running')
    await node.pass(5)
    expect(node.find('web')).toBeUndefined()
  })

  it('lets a forced deletion vanish from the API at once, and cleans up behind it', async () => {
    const node = testNode()
    node.run('web', { containers: [{ command: ['x', 'stubborn'] }] })
    await node.pass(3)
    node.delete('web', 0)
    expect(node.find('web')).toBeUndefined()
    await node.pass(5)
    expect(node.runtime.find('app').state.state).toBe('exited')
    expect(node.kubelet.workers()).toHaveLength(0)
  })

  it.each([
    ['asked for again with a shorter time', 1],
    ['forced', 0],
  ])('gives a Pod the time it was told at first, although its deletion is %s meanwhile', async (_, grace) => {
    const node = testNode()
    node.run('web', { terminationGracePeriodSeconds: 60, containers: [{ command: ['x', 'stubborn'] }] })
    await node.pass(3)
    node.delete('web')
    await node.pass(3)
    node.delete('web', grace)
    expect(node.find('web') === undefined, 'the API forgets what is forced').toBe(grace === 0)
    await node.pass(55)
    expect(node.runtime.find('app').state.state).toBe('running')
    await node.pass(5)
    expect(node.runtime.find('app').state.state).toBe('exited')
    expect(node.find('web')).toBeUndefined()
    expect(node.kubelet.workers()).toHaveLength(0)
    expect(node.client.list(eventKind, { namespace: 'default' }).find(e => e.reason === 'Killing')?.count).toBe(1)
  })

  it('ends a Pod that was active for too long', async () => {
    const node = testNode()
    node.run('limited', { activeDeadlineSeconds: 6 })
    await node.pass(5)
    expect(node.get('limited').status.phase).toBe('Running')
    await node.pass(5)
    expect(node.get('limited').status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    })
  })
})
