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
    await w.run('tidy', sleeper({ command, volumeMounts }, { volumes }), { seconds: 60 })
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
    await w.run('greedy', stress('4600M'), { seconds: 60 })
    expect(w.pod('greedy').status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: expect.stringMatching(
        /^The node was low on resource: memory\. Threshold quantity: 100Mi, available: -?\d+Ki\. Container main was using \d+Ki, request is 0, has larger consumption of memory\. $/,
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

describe('a node that runs short of disk', () => {
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
        /^The node was low on resource: ephemeral-storage\. Threshold quantity: 6272562380, available: -?\d+Ki\. Container main was using 37748736Ki, request is 0, has larger consumption of ephemeral-storage\. $/,
      ),
    })
    expect(w.pod('other').status.phase).toBe('Running')
    await w.run('late', sleeper({}, { nodeName: 'node-1' }))
    expect(w.pod('late').status.message).toBe('Pod was rejected: The node had condition: [DiskPressure]. ')
  })
})
