/** Critical Pods that preempt others on their node. */
import { describe, expect, it } from 'vitest'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { testNode } from '../testing.ts'
import type { Pod } from '../types.ts'
import { chooseToPutOut } from './preemption.ts'

const cpu = (requests: string, limits?: string) => ({
  containers: [
    {
      resources: {
        requests: { cpu: requests, memory: '64Mi' },
        ...(limits && { limits: { cpu: limits, memory: '64Mi' } }),
      },
    },
  ],
})

const PREEMPTED = 'Preempting: Preempted in order to admit critical pod'

/** A critical Pod that needs the room of two others, of which the first is being stopped and takes its time. */
async function slowToGo() {
  const node = testNode()
  await node.pass(1)
  const slow = (requests: string) => ({
    terminationGracePeriodSeconds: 10,
    containers: cpu(requests).containers.map(c => ({ ...c, command: ['x', 'stubborn'] })),
  })
  node.run('first', slow('1900m'))
  node.run('second', slow('1800m'))
  await node.pass(5)
  node.run('vital', { ...cpu('3500m'), priority: 2_000_001_000 })
  await node.pass(2)
  expect(node.events('first')).toContain(PREEMPTED)
  return node
}

describe('a critical Pod that the node has no room for', () => {
  it('is taken when others have gone, those that were promised least first', async () => {
    const node = testNode()
    await node.pass(1)
    node.run('promised', cpu('2', '2'))
    node.run('small', cpu('500m'))
    node.run('large', cpu('1200m'))
    await node.pass(5)
    node.run('vital', { ...cpu('1'), priority: 2_000_001_000 })
    await node.pass(10)
    expect(node.get('vital').status.phase).toBe('Running')
    expect(['promised', 'small', 'large'].map(name => node.get(name).status.phase)).toEqual([
      'Running',
      'Running',
      'Failed',
    ])
    const { status } = node.get('large')
    expect([status.reason, status.message]).toEqual(['Preempting', 'Preempted in order to admit critical pod'])
    expect(status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'TerminationByKubelet',
        message: 'Pod was preempted by Kubelet to accommodate a critical pod.',
      }),
    )
    expect(node.events('large')).toContain(PREEMPTED)
  })

  it('has the room that was made for it, whoever comes meanwhile', async () => {
    const node = testNode()
    await node.pass(1)
    node.run('large', cpu('3'))
    await node.pass(5)
    node.run('vital', { ...cpu('3'), priority: 2_000_001_000 })
    const late = Array.from({ length: 40 }, (_, i) => `late-${i}`)
    for (const name of late) {
      node.run(name, cpu('3'))
      await node.pass(0.1)
    }
    await node.pass(10)
    expect(node.get('large').status.reason).toBe('Preempting')
    expect(node.get('vital').status.phase).toBe('Running')
    expect(new Set(late.map(name => node.get(name).status.reason))).toEqual(new Set(['OutOfcpu']))
  })

  it('begins when there is room, whatever is heard of it meanwhile, and so do those behind it', async () => {
    const node = testNode()
    await node.pass(1)
    const [container] = cpu('3').containers
    node.run('large', { terminationGracePeriodSeconds: 5, containers: [{ ...container, command: ['x', 'stubborn'] }] })
    await node.pass(5)
    node.run('vital', { ...cpu('3'), priority: 2_000_001_000 })
    await node.pass(0.1)
    node.run('late', cpu('500m'))
    await node.pass(0.1)
    expect(node.get('large').status.phase).toBe('Running')
    for (const name of ['vital', 'late'])
      node.client.patch(podKind, 'default', name, { metadata: { labels: { heard: 'of' } } })
    node.kubelet.setConnected(false)
    node.kubelet.setConnected(true)
    await node.pass(1)
    expect(['vital', 'late'].map(name => node.get(name).status.startTime)).toEqual([undefined, undefined])
    await node.pass(10)
    expect(['vital', 'late'].map(name => node.get(name).status.phase)).toEqual(['Running', 'Running'])
  })

  it('gets the room of several, one after the other, whatever is heard of the next meanwhile', async () => {
    const node = await slowToGo()
    node.client.patch(podKind, 'default', 'second', { metadata: { labels: { heard: 'of' } } })
    expect(node.events('second')).not.toContain(PREEMPTED)
    await node.pass(30)
    expect(['first', 'second'].map(name => node.get(name).status.reason)).toEqual(['Preempting', 'Preempting'])
    expect(node.get('vital').status.phase).toBe('Running')
  })

  it('counts on what is set aside for others, not on what they wait for', async () => {
    const node = testNode()
    await node.pass(1)
    node.run('big', cpu('3'))
    node.run('waiting', cpu('100m'))
    await node.pass(5)
    const [container] = node.get('waiting').spec.containers
    const containers = [{ ...container, resources: { requests: { cpu: '2800m', memory: '64Mi' } } }]
    node.client.patch(podKind, 'default', 'waiting', { spec: { containers } }, 'resize')
    await node.pass(3)
    node.run('vital', { ...cpu('3500m'), priority: 2_000_001_000 })
    await node.pass(10)
    expect(['big', 'waiting', 'vital'].map(name => node.get(name).status.phase)).toEqual([
      'Failed',
      'Running',
      'Running',
    ])
  })

  it('does not go on having others put out by a kubelet that has stopped', async () => {
    const node = await slowToGo()
    node.kubelet.stop()
    await node.pass(30)
    expect(node.events('second')).not.toContain(PREEMPTED)
    node.kubelet.start()
    await node.pass(60)
    expect(node.get('vital').status.phase).toBe('Running')
  })

  it('counts Pods that were taken at the same instant', async () => {
    const node = testNode()
    await node.pass(1)
    for (const name of ['first', 'second']) node.run(name, cpu('3'))
    await node.pass(10)
    expect(node.get('first').status.phase).toBe('Running')
    expect(node.get('second').status.reason).toBe('OutOfcpu')
  })

  it('is refused when nobody may be put out for it, or when it is not for want of room', async () => {
    const node = testNode()
    await node.pass(1)
    node.run('equal', { ...cpu('3'), priority: 2_000_001_000 })
    await node.pass(5)
    node.run('vital', { ...cpu('2'), priority: 2_000_001_000 })
    node.run('elsewhere', { ...cpu('2'), priority: 2_000_001_000, nodeSelector: { disk: 'ssd' } })
    await node.pass(2)
    expect(node.get('vital').status.reason).toBe('UnexpectedAdmissionError')
    expect(node.get('vital').status.message).toMatch(
      /^Pod was rejected: Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: \[\(res: cpu, q: \d+\), \]$/,
    )
    expect(node.get('elsewhere').status.reason).toBe('NodeAffinity')
    expect(node.get('equal').status.phase).toBe('Running')
  })

  it('puts out no more than it needs', () => {
    const pod = (name: string, milli: number, priority = 0) =>
      ({
        metadata: { name },
        spec: { priority, containers: [{ name: 'c', resources: { requests: { cpu: `${milli}m` } } }] },
      }) as unknown as Pod
    const vital = pod('vital', 1000, 2_000_000_000)
    const others = [pod('a', 300), pod('b', 700), pod('c', 250), pod('d', 900, 2_000_000_000)]
    const names = (milli: bigint) =>
      chooseToPutOut(vital, others, [{ resource: 'cpu', amount: milli * 1_000_000n }])?.map(p => p.metadata.name)
    expect(names(200n)).toEqual(['c'])
    expect(names(600n)).toEqual(['b'])
    expect(names(900n)).toEqual(['b', 'c'])
    expect(names(1250n)).toEqual(['b', 'a', 'c'])
    expect(names(1300n)).toBeUndefined()
  })
})
