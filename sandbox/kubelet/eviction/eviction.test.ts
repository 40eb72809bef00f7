/** Evictions for the sake of a node that runs short of memory. */
import { describe, expect, it } from 'vitest'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { testNode } from '../testing.ts'

describe('a node under pressure', () => {
  it('evicts the Pod that is furthest above its request', async () => {
    const node = testNode('e', { memory: '1Gi' })
    node.run('modest', { containers: [{ name: 'modest', resources: { requests: { memory: '500Mi' } } }] })
    node.run('greedy', { containers: [{ name: 'greedy', resources: { requests: { memory: '10Mi' } } }] })
    await node.pass(3)
    node.runtime.find('modest').memoryBytes = 450 * 2 ** 20
    node.runtime.find('greedy').memoryBytes = 550 * 2 ** 20
    await node.pass(15)
    expect(node.get('modest').status.phase).toBe('Running')
    expect(node.get('greedy').status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message:
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 24Mi. Container greedy was using 550Mi, request is 10Mi, has larger consumption of memory. ',
    })
    expect(node.get('greedy').status.conditions?.find(c => c.type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'TerminationByKubelet',
    })
    await node.pass(15)
    expect(node.get('modest').status.phase).toBe('Running')
  })

  it('goes by what is set aside for Pods, neither by what they began with nor by what they wait for', async () => {
    const node = testNode('e', { memory: '1Gi' })
    for (const [name, memory] of [
      ['grown', '100Mi'],
      ['greedy', '10Mi'],
    ] as const)
      node.run(name, { containers: [{ name, resources: { requests: { memory } } }] })
    await node.pass(3)
    const ask = (name: string, memory: string): void => {
      const containers = [{ ...node.get(name).spec.containers[0], resources: { requests: { memory } } }]
      node.client.patch(podKind, 'default', name, { spec: { containers } }, 'resize')
    }
    ask('grown', '500Mi')
    ask('greedy', '900Mi')
    node.runtime.find('grown').memoryBytes = 450 * 2 ** 20
    node.runtime.find('greedy').memoryBytes = 550 * 2 ** 20
    await node.pass(15)
    expect(node.get('greedy').status.message).toContain('greedy was using 550Mi, request is 10Mi')
    node.runtime.find('grown').memoryBytes = 950 * 2 ** 20
    await node.pass(15)
    expect(node.get('grown').status.message).toContain('grown was using 950Mi, request is 500Mi')
  })
})
