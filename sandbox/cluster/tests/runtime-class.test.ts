/** Pods that name a RuntimeClass. */
import { describe, expect, it } from 'vitest'
import { runtimeClass } from '../../api/kinds/runtimeclass.ts'
import { sent } from '../../api/testing.ts'
import { AGNHOST, type World, world } from '../testing.ts'

const POD = { containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }] }

const withClass = (w: World, handler: string, more: object = {}): void => {
  w.cluster.client.create(runtimeClass, { metadata: { name: 'special' }, handler, ...more })
}

describe('a Pod that names a RuntimeClass', () => {
  it('is refused when there is no such class', async () => {
    const w = await world()
    await expect(w.run('lost', { ...POD, runtimeClassName: 'special' })).rejects.toThrow(
      'pods "lost" is forbidden: pod rejected: RuntimeClass "special" not found',
    )
  })

  it('runs when the runtime knows the handler', async () => {
    const w = await world()
    withClass(w, 'runc')
    expect((await w.run('known', { ...POD, runtimeClassName: 'special' })).status.phase).toBe('Running')
  })

  it('waits for its sandbox when the runtime does not', async () => {
    const w = await world()
    withClass(w, 'gvisor')
    const { status } = await w.run('unknown', { ...POD, runtimeClassName: 'special' })
    expect(status.phase).toBe('Pending')
    expect(status.containerStatuses?.[0]?.state).toEqual({ waiting: { reason: 'ContainerCreating' } })
    expect(w.events('unknown').find(e => e.startsWith('Failed'))).toMatch(
      /^FailedCreatePodSandBox: Failed to create pod sandbox: rpc error: code = Unknown desc = unable to get OCI runtime for sandbox "[0-9a-f]{64}": no runtime for "gvisor" is configured$/,
    )
  })

  it('waits for its class, when that has been deleted in the meantime', async () => {
    const w = await world()
    withClass(w, 'runc')
    await w.run('late', { ...POD, runtimeClassName: 'special' }, { seconds: 0 })
    w.cluster.client.delete(runtimeClass, '', 'special')
    await w.wait(5)
    expect(w.events('late')).toContain(
      'FailedCreatePodSandBox: Failed to create pod sandbox: runtimeclass.node.k8s.io "special" not found',
    )
    withClass(w, 'runc')
    await w.wait(120)
    expect(w.pod('late').status.phase).toBe('Running')
  })

  it('gets the overhead of the class and is scheduled by it', async () => {
    const w = await world()
    withClass(w, 'runc', {
      overhead: { podFixed: { cpu: '1', memory: '64Mi' } },
      scheduling: {
        nodeSelector: { 'kubernetes.io/hostname': 'node-2' },
        tolerations: [{ key: 'special', operator: 'Exists' }],
      },
    })
    const made = await w.run('heavy', {
      ...POD,
      runtimeClassName: 'special',
      tolerations: [{ key: 'special', operator: 'Equal', value: 'yes', effect: 'NoSchedule' }],
    })
    expect(made.spec).toMatchObject({
      overhead: { cpu: '1', memory: '64Mi' },
      nodeSelector: { 'kubernetes.io/hostname': 'node-2' },
      nodeName: 'node-2',
    })
    // The Pod's own toleration is part of the class's.
    expect(made.spec.tolerations?.filter(t => t.key === 'special')).toEqual([{ key: 'special', operator: 'Exists' }])
    await w.run('greedy', {
      runtimeClassName: 'special',
      containers: [{ ...POD.containers[0], resources: { requests: { cpu: '2900m' } } }],
    })
    expect(w.events('greedy')[0]).toMatch('Insufficient cpu')
  })

  it('may claim neither other overhead, nor other nodes, nor overhead without a class', async () => {
    const w = await world()
    withClass(w, 'runc', {
      overhead: { podFixed: { cpu: '1' } },
      scheduling: { nodeSelector: { disk: 'fast' } },
    })
    const refusal = (more: object): Promise<unknown> => w.run('p', { ...POD, ...more }).catch((e: Error) => e.message)
    expect(await refusal({ runtimeClassName: 'special', overhead: { cpu: '2' } })).toBe(
      "pods \"p\" is forbidden: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
    )
    expect(await refusal({ overhead: { cpu: '1' } })).toBe(
      'pods "p" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    )
    expect(await refusal({ runtimeClassName: 'special', nodeSelector: { disk: 'slow' } })).toBe(
      'pods "p" is forbidden: conflict: runtimeClass.scheduling.nodeSelector[disk] = fast; pod.spec.nodeSelector[disk] = slow',
    )
    expect(
      await refusal({ runtimeClassName: 'special', overhead: { cpu: '1000m' }, nodeName: 'node-1' }),
    ).toMatchObject({
      spec: { overhead: { cpu: '1' } },
    })
  })
})

describe('a RuntimeClass', () => {
  it('is checked: handler, overhead, tolerations', async () => {
    const w = await world()
    const wrong = (spec: object): Promise<unknown> =>
      Promise.resolve()
        .then(() => w.cluster.client.create(runtimeClass, sent({ metadata: { name: 'x' }, ...spec })))
        .catch((e: Error) => e.message)
    expect(await wrong({})).toMatch('handler: Required value')
    expect(await wrong({ handler: 'runc', overhead: { podFixed: { cpu: '-1' } } })).toMatch(
      'must be greater than or equal to 0',
    )
    const twice = { key: 'a', operator: 'Exists' }
    expect(await wrong({ handler: 'runc', scheduling: { tolerations: [twice, twice] } })).toMatch(
      'scheduling.tolerations[1]: Duplicate value',
    )
  })
})
