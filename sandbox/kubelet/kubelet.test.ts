/** The kubelet as a whole: the life of a Pod on its node. */
import { describe, expect, it } from 'vitest'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { testNode } from './testing.ts'

const conditions = (pod: { status: { conditions?: { type: string; status: string; reason?: string }[] } }) =>
  Object.fromEntries((pod.status.conditions ?? []).map(c => [c.type, c.reason ? `${c.status} ${c.reason}` : c.status]))

describe('the life of a Pod', () => {
  it('goes from Pending over ContainerCreating to Running and Ready', async () => {
    const node = testNode()
    await node.pass(1)
    node.run('web', {})
    await node.pass(0.1)
    expect(node.get('web').status.phase).toBe('Pending')
    expect(node.state('web').state).toEqual({ waiting: { reason: 'ContainerCreating' } })
    expect(conditions(node.get('web'))).toEqual({
      PodReadyToStartContainers: 'False',
      Initialized: 'True',
      Ready: 'False ContainersNotReady',
      ContainersReady: 'False ContainersNotReady',
      PodScheduled: 'True',
    })
    await node.pass(2)
    const { status } = node.get('web')
    expect(status.phase).toBe('Running')
    expect(status.podIP).toBe('10.244.0.1')
    expect(status.qosClass).toBe('BestEffort')
    expect(node.state('web')).toMatchObject({
      ready: true,
      started: true,
      restartCount: 0,
      containerID: 'containerd://c0',
    })
    expect(conditions(node.get('web')).Ready).toBe('True')
    expect(node.events('web')).toEqual([
      'Pulled: Container image "busybox:1.36" already present on machine and can be accessed by the pod',
      'Created: Container created',
      'Started: Container started',
    ])
  })

  it('ends in Succeeded or Failed when nothing is to be restarted', async () => {
    const node = testNode()
    node.run('good', { restartPolicy: 'Never', containers: [{ command: ['x', 'exit', '0', '500'] }] })
    node.run('bad', { restartPolicy: 'Never', containers: [{ command: ['x', 'exit', '3', '500', 'message', 'why'] }] })
    await node.pass(5)
    expect(node.get('good').status.phase).toBe('Succeeded')
    expect(conditions(node.get('good'))).toMatchObject({
      PodReadyToStartContainers: 'False',
      Initialized: 'True PodCompleted',
      Ready: 'False PodCompleted',
    })
    expect(node.get('bad').status.phase).toBe('Failed')
    expect(node.state('bad').state?.terminated).toMatchObject({ exitCode: 3, reason: 'Error', message: 'why' })
    expect(conditions(node.get('bad')).Ready).toBe('False PodFailed')
  })

  it('says that a crash waits for its turn at once where another one is noticed with it', async () => {
    const node = testNode()
    const command = ['x', 'exit', '7', '500']
    node.run('alone', { containers: [{ name: 'a', command }] })
    node.run('both', { containers: ['a', 'b'].map(name => ({ name, command })) })
    await node.pass(5)
    const states = (name: string) => node.get(name).status.containerStatuses?.map(c => Object.keys(c.state ?? {})[0])
    expect(states('alone')).toEqual(['terminated'])
    expect(states('both')).toEqual(['waiting', 'waiting'])
  })

  it('restarts a container that crashes: at once, then after 10 s, 20 s …', async () => {
    const node = testNode()
    node.run('crash', { containers: [{ command: ['x', 'exit', '7', '1000'] }] })
    await node.pass(5)
    expect(node.state('crash')).toMatchObject({ restartCount: 1, state: { terminated: { exitCode: 7 } } })
    const seen: string[] = []
    for (let i = 0; i < 600; i++) {
      await node.pass(0.1)
      const { state } = node.state('crash')
      if (state?.waiting?.message && seen.at(-1) !== state.waiting.message) seen.push(state.waiting.message)
    }
    const { uid } = node.get('crash').metadata
    expect(seen.slice(0, 2)).toEqual([
      `back-off 10s restarting failed container=app pod=crash_default(${uid})`,
      `back-off 20s restarting failed container=app pod=crash_default(${uid})`,
    ])
    expect(node.get('crash').status.phase).toBe('Running')
    expect(node.events('crash')).toContain(
      `BackOff: Back-off restarting failed container app in pod crash_default(${uid})`,
    )
  })

  it('runs init containers one after the other', async () => {
    const node = testNode()
    node.run('web', {
      initContainers: [
        { name: 'first', command: ['x', 'exit', '0', '2000'] },
        { name: 'second', command: ['x', 'exit', '0', '2000'] },
      ],
    })
    await node.pass(2)
    expect(node.state('web', 'first').state?.running).toBeTruthy()
    expect(node.state('web', 'second').state?.waiting?.reason).toBe('PodInitializing')
    await node.pass(10)
    expect(node.state('web').ready).toBe(true)
    expect(node.state('web', 'first')).toMatchObject({ ready: true, started: false })
  })

  it('fails for good when an init container fails and nothing is restarted', async () => {
    const node = testNode()
    node.run('once', {
      restartPolicy: 'Never',
      initContainers: [{ name: 'check', command: ['x', 'exit', '4'] }],
    })
    await node.pass(5)
    expect(node.get('once').status.phase).toBe('Failed')
    expect(node.state('once').state?.waiting?.reason).toBe('PodInitializing')
  })

  it('starts sidecars before, and stops them after, the others in reverse order', async () => {
    const node = testNode()
    const ended: string[] = []
    node.run('web', {
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always' },
        { name: 'logs', restartPolicy: 'Always' },
      ],
    })
    await node.pass(5)
    expect(node.get('web').status.phase).toBe('Running')
    for (const c of node.runtime.containers) c.onExit(() => ended.push(c.config.name))
    node.delete('web')
    await node.pass(5)
    expect(ended).toEqual(['app', 'logs', 'proxy'])
    expect(node.find('web')).toBeUndefined()
  })
})

describe('a node that fails', () => {
  it('forgets nothing when its kubelet restarts', async () => {
    const node = testNode()
    node.run('web', {})
    await node.pass(5)
    const before = node.get('web')
    node.kubelet.restart()
    await node.pass(5)
    expect(node.get('web')).toEqual(before)
    expect(node.runtime.containers).toHaveLength(1)
  })

  it('starts its Pods anew, in a new sandbox, when it comes back', async () => {
    const node = testNode()
    node.run('web', {})
    await node.pass(5)
    node.kubelet.powerOff()
    await node.pass(20)
    expect(node.get('web').status.phase).toBe('Running')
    node.kubelet.powerOn()
    await node.pass(5)
    expect(node.state('web')).toMatchObject({
      ready: true,
      restartCount: 1,
      lastState: { terminated: { exitCode: 255, reason: 'Unknown' } },
    })
    expect(node.get('web').status.podIP).toBe('10.244.0.2')
    expect(node.events('web')).toContain('SandboxChanged: Pod sandbox changed, it will be killed and re-created.')
  })

  it('tells what happened once it is connected again', async () => {
    const node = testNode()
    node.run('web', { restartPolicy: 'Never', containers: [{ command: ['x', 'exit', '0', '4000'] }] })
    await node.pass(2)
    node.kubelet.setConnected(false)
    await node.pass(10)
    expect(node.get('web').status.phase).toBe('Running')
    node.kubelet.setConnected(true)
    await node.pass(2)
    expect(node.get('web').status.phase).toBe('Succeeded')
  })
})

describe('a status that somebody else has written', () => {
  it('is put right at the next round of the kubelet', async () => {
    const node = testNode()
    await node.pass(3)
    node.run('web', {})
    await node.pass(3)
    const pod = node.get('web')
    const conditions = pod.status.conditions!.map(c => (c.type === 'Ready' ? { ...c, status: 'False' } : c))
    node.client.updateStatus(podKind, { ...pod, status: { ...pod.status, conditions } })
    await node.pass(11)
    expect(node.get('web').status.conditions).toEqual(pod.status.conditions)
  })

  it('ends the Pod when it is a phase to end with', async () => {
    const node = testNode()
    await node.pass(3)
    node.run('web', {})
    await node.pass(3)
    const pod = node.get('web')
    node.client.updateStatus(podKind, { ...pod, status: { ...pod.status, phase: 'Failed' } })
    await node.pass(60)
    expect(node.get('web').status.phase).toBe('Failed')
    expect(node.state('web').state?.terminated).toBeDefined()
  })
})

describe('a node', () => {
  it('keeps the resources that somebody else has put on it, and gives all of them to Pods', async () => {
    const node = testNode()
    await node.pass(3)
    const { name } = node.kubelet
    node.client.patch(nodeKind, '', name, { status: { capacity: { 'example.com/gpu': '4' } } }, 'status')
    await node.pass(15)
    const { capacity, allocatable } = node.client.get(nodeKind, '', name).status
    expect([capacity!['example.com/gpu'], allocatable!['example.com/gpu']]).toEqual(['4', '4'])
    expect(allocatable!.cpu).toBe('4')
  })

  it('holds Pods against what it last knew of itself when nobody knows of it any more', async () => {
    const node = testNode()
    await node.pass(3)
    const { name } = node.kubelet
    const come = async (pod: string, nodeSelector: Record<string, string>) => {
      node.run(pod, { nodeSelector })
      await node.pass(3)
      return node.get(pod).status.reason ?? node.get(pod).status.phase
    }
    node.client.delete(nodeKind, '', name)
    expect(await come('own', { 'kubernetes.io/hostname': name })).toBe('Running')
    expect(await come('never', { disk: 'ssd' })).toBe('NodeAffinity')
    node.kubelet.stop()
    node.kubelet.start()
    await node.pass(3)
    node.client.patch(nodeKind, '', name, { metadata: { labels: { disk: 'ssd' } } })
    expect(await come('before', { disk: 'ssd' })).toBe('Running')
    node.client.delete(nodeKind, '', name)
    expect(await come('after', { disk: 'ssd' })).toBe('Running')
  })
})
