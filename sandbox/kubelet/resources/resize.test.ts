/** Resizing a running Pod in place. */
import { describe, expect, it } from 'vitest'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { testNode } from '../testing.ts'

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
        'resize',
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

  it('measures room by what is set aside for others, whatever they wait for', async () => {
    const node = testNode()
    const ask = (name: string, cpu: string) => {
      const containers = [{ ...node.get(name).spec.containers[0], resources: { requests: { cpu } } }]
      node.client.patch(podKind, 'default', name, { spec: { containers } }, 'resize')
    }
    for (const [name, cpu] of [
      ['big', '3'],
      ['greedy', '100m'],
      ['modest', '100m'],
    ] as const)
      node.run(name, { containers: [{ resources: { requests: { cpu } } }] })
    await node.pass(3)
    ask('greedy', '3500m')
    await node.pass(3)
    const pending = (name: string) => node.get(name).status.conditions?.find(c => c.type === 'PodResizePending')
    expect(pending('greedy')?.message).toBe(
      "Node didn't have enough resource: cpu, requested: 3500, used: 3100, capacity: 4000",
    )
    ask('modest', '500m')
    await node.pass(3)
    expect([pending('modest'), node.state('modest').allocatedResources]).toEqual([undefined, { cpu: '500m' }])
  })

  it('takes no memory away that is in use', async () => {
    const node = testNode()
    const memory = (amount: string) => ({ requests: { memory: amount }, limits: { memory: amount } })
    node.run('web', { containers: [{ resources: memory('64Mi') }] })
    await node.pass(3)
    node.runtime.find('app').memoryBytes = 21_512_192
    const resources = memory('8Mi')
    const containers = [{ ...node.get('web').spec.containers[0], resources }]
    node.client.patch(podKind, 'default', 'web', { spec: { containers } }, 'resize')
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
