/** Evictions of a node that is short of memory or disk, and how an evicted Pod ends. */
import { describe, expect, it } from 'vitest'
import { event as eventKind } from '../../api/kinds/event.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { BUSYBOX, world } from '../testing.ts'

const sleeper = (container: object = {}, spec: object = {}) => ({
  containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '1d'], ...container }],
  ...spec,
})
const stress = (bytes: string, container: object = {}) => ({
  containers: [
    {
      name: 'main',
      image: 'polinux/stress',
      command: ['stress', '--vm', '1', '--vm-bytes', bytes, '--vm-hang', '0'],
      ...container,
    },
  ],
})

describe('a Pod that is evicted', () => {
  it('has succeeded all the same when its programs end well', async () => {
    const w = await world()
    const command = ['sh', '-c', 'trap "exit 0" TERM; dd if=/dev/zero of=/v/big bs=1M count=4; sleep 1d & wait']
    const volumeMounts = [{ name: 'v', mountPath: '/v' }]
    const volumes = [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }]
    await w.run('tidy', sleeper({ command, volumeMounts }, { volumes }), { seconds: 90 })
    const { status } = w.pod('tidy')
    expect(status.phase).toBe('Succeeded')
    expect([status.reason, status.message]).toEqual([undefined, undefined])
  })
})

describe('the end of a Pod', () => {
  it('is told in one piece: no container has ended while the Pod still runs', async () => {
    const w = await world()
    const told: string[] = []
    w.cluster.client.watch(podKind, { namespace: 'default' }, ({ object }) => {
      const { phase, containerStatuses = [] } = object.status
      if (containerStatuses.some(s => s.state?.terminated)) told.push(phase ?? '')
    })
    await w.run('brief', { ...sleeper(), restartPolicy: 'Never', terminationGracePeriodSeconds: 1 })
    w.cluster.client.delete(podKind, 'default', 'brief')
    await w.wait(10)
    expect(new Set(told)).toEqual(new Set(['Failed']))
  })
})

describe('a hook that takes longer than the Pod may', () => {
  it('fails when its container is killed', async () => {
    const w = await world()
    const preStop = { exec: { command: ['sleep', '60'] } }
    await w.run('slow', sleeper({ lifecycle: { preStop } }, { terminationGracePeriodSeconds: 3 }))
    w.cluster.client.delete(podKind, 'default', 'slow')
    await w.wait(10)
    const told = w.cluster.client.list(eventKind, { namespace: 'default' }).map(e => `${e.reason}: ${e.message}`)
    expect(told).toContain('FailedPreStopHook: PreStopHook failed')
  })
})

describe('a node that runs short of memory', () => {
  it('evicts who holds more than was asked for, says so for five minutes, and refuses what asks for nothing', async () => {
    const w = await world({ nodes: ['node-1'] })
    const resources = { requests: { memory: '4Gi' } }
    await w.run('modest', stress('3500M', { resources }))
    await w.run('greedy', stress('4380M'), { seconds: 60 })
    expect(w.pod('greedy').status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: expect.stringMatching(
        /^The node was low on resource: memory\. Threshold quantity: 100Mi, available: \d+Ki\. Container main was using \d+Ki, request is 0, has larger consumption of memory\. $/,
      ),
    })
    const told = w.cluster.client.list(eventKind, { namespace: 'default' }).find(e => e.reason === 'Evicted')
    expect(told?.metadata.annotations).toEqual({
      offending_containers: 'main',
      offending_containers_usage: expect.stringMatching(/^\d+Ki$/),
      starved_resource: 'memory',
    })
    expect(w.pod('modest').status.phase).toBe('Running')
    const pressure = () => {
      const { status } = w.cluster.client.get(nodeKind, '', 'node-1')
      return status.conditions?.find(c => c.type === 'MemoryPressure')?.status
    }
    expect(pressure()).toBe('True')
    await w.run('best-effort', sleeper({}, { nodeName: 'node-1' }))
    expect(w.pod('best-effort').status).toMatchObject({
      reason: 'Evicted',
      message: 'Pod was rejected: The node had condition: [MemoryPressure]. ',
    })
    await w.run('burstable', sleeper({ resources: { requests: { memory: '1Mi' } } }, { nodeName: 'node-1' }))
    expect(w.pod('burstable').status.phase).toBe('Running')
    await w.wait(330)
    expect(pressure()).toBe('False')
  })
})

describe('a node that has no memory left', () => {
  it('kills what is largest among those that asked for nothing, before anybody is evicted, and tells of it', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('modest', stress('4000M', { resources: { requests: { memory: '4Gi' } } }))
    await w.run('greedy', stress('5000M'), { seconds: 3 })
    const { state, lastState } = w.pod('greedy').status.containerStatuses![0]!
    expect(state?.terminated ?? lastState?.terminated).toMatchObject({ reason: 'OOMKilled', exitCode: 137 })
    expect(w.pod('modest').status.phase).toBe('Running')
    const told = w.cluster.client.list(eventKind, { namespace: 'default' }).filter(e => e.reason === 'SystemOOM')
    expect(told[0]).toMatchObject({
      type: 'Warning',
      involvedObject: { kind: 'Node', name: 'node-1' },
      message: expect.stringMatching(/^System OOM encountered, victim process: stress, pid: \d+$/),
    })
  })
})

describe('a node that runs short of disk', () => {
  it('is short where no room is left for images, before what Pods write is short of room', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('filler', sleeper())
    await w.exec('filler', 'fallocate -l 50G /big')
    await w.wait(20)
    expect(w.pod('filler').status.message).toMatch(
      /^The node was low on resource: ephemeral-storage\. Threshold quantity: 9408843945, available: \d+Ki\. /,
    )
  })

  it('evicts who fills it, and takes no Pod meanwhile', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('other', sleeper())
    await w.run(
      'filler',
      sleeper({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }, { volumes: [{ name: 'data', emptyDir: {} }] }),
    )
    const dd = await w.exec(
      'filler',
      'dd if=/dev/zero of=/data/a bs=1M count=20480; fallocate -l 36G /big; ls -l /big /data',
    )
    expect(dd.out).toMatch(/38654705664 .* \/big\n/)
    await w.wait(20)
    expect(w.pod('filler').status).toMatchObject({
      reason: 'Evicted',
      message: expect.stringMatching(
        /^The node was low on resource: ephemeral-storage\. Threshold quantity: 6272562474, available: \d+Ki\. Container main was using 36Gi, request is 0, has larger consumption of ephemeral-storage\. $/,
      ),
    })
    expect(w.pod('other').status.phase).toBe('Running')
    await w.run('late', sleeper({}, { nodeName: 'node-1' }))
    expect(w.pod('late').status.message).toBe('Pod was rejected: The node had condition: [DiskPressure]. ')
  })
})

describe('evictions one upon the other', () => {
  const told = (w: Awaited<ReturnType<typeof world>>) =>
    w.cluster.client.list(eventKind, { namespace: 'default' }).filter(e => e.reason === 'Evicted')

  it('go on as soon as the one before is cleared away, for as long as the node is short', async () => {
    const w = await world({ nodes: ['node-1'] })
    for (const name of ['a', 'b', 'c']) await w.run(name, sleeper())
    w.cluster.kubelets.get('node-1')!.strain('memory', true)
    await w.wait(25)
    expect(told(w)).toHaveLength(3)
    const [first, second] = told(w).map(e => Date.parse(e.firstTimestamp as unknown as string))
    expect(second! - first!).toBeLessThan(6_000)
    const thresholds = w.cluster.client.list(eventKind, { namespace: 'default' })
    expect(thresholds.find(e => e.reason === 'EvictionThresholdMet')).toMatchObject({
      type: 'Warning',
      message: 'Attempting to reclaim memory',
    })
  })

  it('are of all that hold more than they may, before anybody goes for the node', async () => {
    const w = await world({ nodes: ['node-1'] })
    const command = ['sh', '-c', 'dd if=/dev/zero of=/v/big bs=1M count=4; sleep 1d']
    const volumeMounts = [{ name: 'v', mountPath: '/v' }]
    const volumes = [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }]
    for (const name of ['a', 'b']) await w.run(name, sleeper({ command, volumeMounts }, { volumes }))
    await w.wait(75)
    expect(told(w).map(e => [e.involvedObject.name, e.message, e.metadata.annotations])).toEqual(
      ['a', 'b'].map(name => [name, 'Usage of EmptyDir volume "v" exceeds the limit "1Mi". ', undefined]),
    )
  })

  it('say that a Pod takes too long, whose container is held up by its hook', async () => {
    const w = await world({ nodes: ['node-1'] })
    const postStart = { exec: { command: ['sleep', '40'] } }
    const limits = { 'ephemeral-storage': '1Mi' }
    const command = ['sh', '-c', 'dd if=/dev/zero of=/big bs=1M count=4; sleep 1d']
    await w.run('slow', sleeper({ command, lifecycle: { postStart }, resources: { limits } }))
    await w.wait(60)
    const events = w.cluster.client.list(eventKind, { namespace: 'default' })
    const [evicted, late] = ['Evicted', 'ExceededGracePeriod'].map(reason => events.find(e => e.reason === reason))
    expect(late).toMatchObject({
      type: 'Warning',
      message: 'Container runtime did not kill the pod within specified grace period.',
    })
    const at = (e: typeof late): number => Date.parse(e!.firstTimestamp as unknown as string)
    expect(at(late) - at(evicted)).toBe(10_000)
    expect(w.pod('slow').status).toMatchObject({ phase: 'Failed', reason: 'Evicted' })
  })
})

describe('limits of ephemeral storage', () => {
  it('count the directories of what a container has written', async () => {
    const w = await world({ nodes: ['node-1'] })
    const command = ['sh', '-c', 'head -c 1048576 /dev/zero > /tmp/f; sleep 1d']
    await w.run('writer', sleeper({ command, resources: { limits: { 'ephemeral-storage': '1Mi' } } }), { seconds: 25 })
    expect(w.pod('writer').status.message).toBe(
      'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ',
    )
  })

  it('count what a container has logged', async () => {
    const w = await world({ nodes: ['node-1'] })
    const command = ['sh', '-c', 'head -c 2000000 /dev/zero | tr "\\000" x | fold -w 100; sleep 1d']
    await w.run('talker', sleeper({ command, resources: { limits: { 'ephemeral-storage': '1Mi' } } }))
    await w.wait(25)
    expect(w.pod('talker').status.message).toBe(
      'Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ',
    )
  })

  it('hold for a Pod as a whole, even if only one of its containers has one', async () => {
    const w = await world({ nodes: ['node-1'] })
    const limits = { 'ephemeral-storage': '2M' }
    const container = (name: string, more: object) => ({ ...sleeper().containers[0]!, name, ...more })
    const writes = { command: ['sh', '-c', 'dd if=/dev/zero of=/big bs=1M count=4; sleep 1d'] }
    await w.run('two', { containers: [container('bounded', { resources: { limits } }), container('free', writes)] })
    await w.wait(25)
    expect(w.pod('two').status.message).toBe(
      'Pod ephemeral local storage usage exceeds the total limit of containers 2M. ',
    )
  })
})

describe('what volumes hold', () => {
  const writes = (script: string, emptyDir: object) => [
    sleeper({ command: ['sh', '-c', `${script}; sleep 1d`], volumeMounts: [{ name: 'v', mountPath: '/v' }] }),
    { volumes: [{ name: 'v', emptyDir }] },
  ]
  const run = async (script: string, seconds = 0, emptyDir: object = { sizeLimit: '1Mi' }) => {
    const w = await world({ nodes: ['node-1'] })
    const [spec, volumes] = writes(script, emptyDir)
    await w.run('writer', { ...spec, ...volumes }, { seconds })
    return w
  }
  const evictedAt = (w: Awaited<ReturnType<typeof world>>): number => {
    const event = w.cluster.client.list(eventKind, { namespace: 'default' }).find(e => e.reason === 'Evicted')
    return (
      (Date.parse(event!.firstTimestamp as unknown as string) - Date.parse(w.pod('writer').status.startTime!)) / 1000
    )
  }

  it('is measured first at the next minute of the kubelet, and seen at the look after that', async () => {
    const w = await run('dd if=/dev/zero of=/v/big bs=1M count=4')
    await w.wait(40)
    expect(w.pod('writer').status.phase).toBe('Running')
    await w.wait(40)
    expect(w.pod('writer').status.message).toBe('Usage of EmptyDir volume "v" exceeds the limit "1Mi". ')
    expect(evictedAt(w)).toBeLessThanOrEqual(70)
  })

  it('is measured again one to two minutes later', async () => {
    const w = await run('sleep 65; dd if=/dev/zero of=/v/big bs=1M count=4', 100)
    expect(w.pod('writer').status.phase).toBe('Running')
    await w.wait(100)
    expect(w.pod('writer').status.reason).toBe('Evicted')
    expect(evictedAt(w)).toBeGreaterThan(105)
  })

  it.each([
    [1024, 'Failed'],
    [1020, 'Running'],
  ])('is counted in blocks with the directory itself: %i Ki make a Pod %s', async (ki, phase) => {
    const w = await run(`dd if=/dev/zero of=/v/f bs=1K count=${ki}`, 90)
    expect(w.pod('writer').status.phase).toBe(phase)
  })

  it('in memory has no other limit than the volume itself', async () => {
    const w = await run('dd if=/dev/zero of=/v/f bs=1K count=2000', 200, { sizeLimit: '1Mi', medium: 'Memory' })
    expect(w.pod('writer').status.phase).toBe('Running')
  })
})
