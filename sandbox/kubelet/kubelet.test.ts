import { describe, expect, it } from 'vitest'
import { node as nodeKind, pod as podKind } from '../api/kinds/index.ts'
import { RuntimeError } from '../runtime/cri.ts'
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
      ] as never,
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
      initContainers: [{ name: 'check', command: ['x', 'exit', '4'] }] as never,
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
      ] as never,
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

  it('goes on with less patience when the deletion is asked for again with a shorter time', async () => {
    const node = testNode()
    node.run('web', { terminationGracePeriodSeconds: 600, containers: [{ command: ['x', 'stubborn'] }] })
    await node.pass(3)
    node.delete('web')
    await node.pass(3)
    node.delete('web', 20)
    await node.pass(18)
    expect(node.runtime.find('app').state.state).toBe('running')
    await node.pass(5)
    expect(node.find('web')).toBeUndefined()
    expect(node.kubelet.workers()).toHaveLength(0)
  })

  it('kills soon what a forced deletion finds in its grace period', async () => {
    const node = testNode()
    node.run('web', { terminationGracePeriodSeconds: 600, containers: [{ command: ['x', 'stubborn'] }] })
    await node.pass(3)
    node.delete('web')
    await node.pass(60)
    node.delete('web', 0)
    await node.pass(5)
    expect(node.runtime.find('app').state.state).toBe('exited')
    expect(node.kubelet.workers()).toHaveLength(0)
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

describe('images', () => {
  it('says what the registry says, and backs off', async () => {
    const node = testNode()
    node.runtime.registry = () => new RuntimeError('NotFound', 'nginx:9.99: not found')
    node.run('web', { containers: [{ image: 'nginx:9.99' }] })
    await node.pass(3)
    expect(node.state('web').state?.waiting).toEqual({
      reason: 'ErrImagePull',
      message: 'rpc error: code = NotFound desc = nginx:9.99: not found',
    })
    await node.pass(20)
    expect(node.state('web').state?.waiting?.reason).toBe('ImagePullBackOff')
    expect(node.state('web').state?.waiting?.message).toBe(
      'Back-off pulling image "nginx:9.99": ErrImagePull: rpc error: code = NotFound desc = nginx:9.99: not found',
    )
  })

  it('refuses a name that is none', async () => {
    const node = testNode()
    node.run('web', { containers: [{ image: 'Nginx:1.27' }] })
    await node.pass(3)
    expect(node.state('web').state?.waiting).toEqual({
      reason: 'InvalidImageName',
      message:
        'Failed to apply default image tag "Nginx:1.27": couldn\'t parse image name "Nginx:1.27": invalid reference format: repository name (library/Nginx) must be lowercase',
    })
  })
})

describe('probes', () => {
  it('make a Pod ready when they succeed, and unready after enough failures', async () => {
    const node = testNode()
    const readinessProbe = {
      exec: { command: ['cat', '/ready'] },
      periodSeconds: 1,
      failureThreshold: 2,
      timeoutSeconds: 1,
      successThreshold: 1,
    }
    node.run('web', { containers: [{ readinessProbe }] })
    await node.pass(4)
    expect(node.state('web').ready).toBe(false)
    expect(node.events('web')).toContain(
      "Unhealthy: Readiness probe failed: cat: can't open '/ready': No such file or directory\n",
    )
    node.runtime.find('app').files.set('/ready', '')
    await node.pass(2)
    expect(node.state('web').ready).toBe(true)
    node.runtime.find('app').files.clear()
    await node.pass(3)
    expect(node.state('web').ready).toBe(false)
  })

  it('restart a container that is no longer alive', async () => {
    const node = testNode()
    const livenessProbe = {
      httpGet: { port: 80, path: '/' },
      periodSeconds: 2,
      failureThreshold: 2,
      timeoutSeconds: 1,
      successThreshold: 1,
    }
    node.run('web', { containers: [{ livenessProbe }] })
    await node.pass(5)
    node.runtime.dial = { ok: true, status: 500 }
    await node.pass(6)
    expect(node.state('web').restartCount).toBe(1)
    expect(node.events('web')).toContain('Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500')
    expect(node.events('web')).toContain('Killing: Container app failed liveness probe, will be restarted')
  })

  it('wait for the startup probe', async () => {
    const node = testNode()
    const probe = { periodSeconds: 1, failureThreshold: 30, timeoutSeconds: 1, successThreshold: 1 }
    node.run('web', {
      containers: [
        {
          startupProbe: { ...probe, exec: { command: ['cat', '/up'] } },
          readinessProbe: { ...probe, exec: { command: ['true'] } },
        },
      ],
    })
    await node.pass(5)
    expect(node.state('web')).toMatchObject({ started: false, ready: false })
    node.runtime.find('app').files.set('/up', '')
    await node.pass(3)
    expect(node.state('web')).toMatchObject({ started: true, ready: true })
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
})

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

describe('in-place resize', () => {
  it('changes the limits of a running container, when the node has room', async () => {
    const node = testNode()
    node.run('web', { containers: [{ resources: { requests: { cpu: '1' }, limits: { cpu: '1' } } }] })
    await node.pass(3)
    const resize = (cpu: string) => {
      const pod = node.get('web')
      const resources = { requests: { cpu }, limits: { cpu } }
      node.client.patch(
        podKind,
        'default',
        'web',
        { spec: { containers: [{ ...pod.spec.containers[0], resources }] } },
        'resize' as never,
      )
    }
    resize('2')
    await node.pass(3)
    expect(node.state('web')).toMatchObject({
      restartCount: 0,
      resources: { limits: { cpu: '2' } },
      allocatedResources: { cpu: '2' },
    })
    resize('9')
    await node.pass(3)
    expect(node.state('web').allocatedResources).toEqual({ cpu: '2' })
    expect(node.get('web').status.conditions?.find(c => c.type === 'PodResizePending')).toMatchObject({
      reason: 'Infeasible',
      message: "Node didn't have enough capacity: cpu, requested: 9000, capacity: 4000",
    })
  })

  it('takes no memory away that is in use', async () => {
    const node = testNode()
    const memory = (amount: string) => ({ requests: { memory: amount }, limits: { memory: amount } })
    node.run('web', { containers: [{ resources: memory('64Mi') }] })
    await node.pass(3)
    node.runtime.find('app').memoryBytes = 21_512_192
    const resources = memory('8Mi')
    const containers = [{ ...node.get('web').spec.containers[0], resources }]
    node.client.patch(podKind, 'default', 'web', { spec: { containers } }, 'resize' as never)
    await node.pass(3)
    const message =
      'cannot decrease memory limits: [attempting to set pod memory limit (8388608) below current usage (21512192), attempting to set container "app" memory limit (8388608) below current usage (21512192)]'
    expect(node.get('web').status.conditions?.find(c => c.type === 'PodResizeInProgress')).toMatchObject({
      status: 'True',
      reason: 'Error',
      message,
    })
    expect(node.state('web').resources).toEqual({ limits: { memory: '64Mi' }, requests: { memory: '64Mi' } })
    const part = '"containers":[{"name":"app","resources":{"limits":{"memory":"8Mi"},"requests":{"memory":"8Mi"}}}]'
    expect(node.events('web').slice(-2)).toEqual([
      `ResizeStarted: Pod resize started: {${part},"generation":2}`,
      `ResizeError: Pod resize error: {${part},"generation":2,"error":${JSON.stringify(message)}}`,
    ])
    node.runtime.find('app').memoryBytes = 1024
    await node.pass(90)
    expect(node.state('web').resources).toEqual({ limits: { memory: '8Mi' }, requests: { memory: '8Mi' } })
  })
})
