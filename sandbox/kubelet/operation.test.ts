/** Pods that start or end together on one node: each takes its own time, longer the more there are. */
import { describe, expect, it } from 'vitest'
import { testNode } from './testing.ts'
import type { Pod } from './types.ts'

const spec = {
  volumes: [{ name: 'v', emptyDir: {} }],
  containers: [{ volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
}

type Moments = Record<string, number>

/** When each Pod was ready, and when it was gone, in virtual milliseconds after it was asked to. */
async function lives(count: number, { seed = 'o', steps = [60_000] } = {}) {
  const node = testNode(seed)
  const ready: Moments = {}
  const gone: Moments = {}
  await node.pass(5)
  let began = node.clock.now()
  node.store.watch('pods', {}, ({ type, object }) => {
    const { metadata, status } = object as unknown as Pod
    const at = node.clock.now() - began
    if (type === 'DELETED') gone[metadata.name] = at
    else if (status.conditions?.some(c => c.type === 'Ready' && c.status === 'True')) ready[metadata.name] ??= at
  })
  for (let i = 0; i < count; i++) node.run(`p${i}`, spec)
  for (const ms of steps) await node.clock.advance(ms)
  began = node.clock.now()
  for (let i = 0; i < count; i++) node.delete(`p${i}`)
  for (const ms of steps) await node.clock.advance(ms)
  return { ready: Object.values(ready), gone: Object.values(gone), underWay: node.kubelet.node.operations.underWay }
}

const distinct = (moments: readonly number[]): number => new Set(moments).size

describe('operations of a node', () => {
  it('take a Pod that starts alone half a second, more or less', async () => {
    const alone = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(seed => lives(1, { seed })))
    const moments = alone.flatMap(({ ready }) => ready)
    expect(Math.min(...moments)).toBeGreaterThan(550)
    expect(Math.max(...moments)).toBeLessThan(800)
    expect(distinct(moments)).toBeGreaterThan(3)
  })

  it('let Pods that start together be ready one after the other, later than one alone', async () => {
    const { ready, gone } = await lives(4)
    expect(distinct(ready)).toBe(4)
    expect(Math.max(...ready)).toBeGreaterThan(650)
    expect(Math.max(...ready)).toBeLessThan(1_000)
    expect(distinct(gone)).toBeGreaterThan(2)
  })

  it('slow one another down the more there are', async () => {
    const last = async (count: number): Promise<number> => Math.max(...(await lives(count)).ready)
    const [few, many] = [await last(2), await last(16)]
    expect(many).toBeGreaterThan(2 * few)
    expect(many).toBeLessThan(4_000)
  })

  it('take the same time again for the same seed, in one jump or in steps', async () => {
    const jump = await lives(8)
    expect(await lives(8)).toEqual(jump)
    expect(await lives(8, { steps: Array(600).fill(100) })).toEqual(jump)
    expect((await lives(8, { seed: 'another' })).ready).not.toEqual(jump.ready)
  })

  it('are not under way any more when they are over, or when the kubelet stops in the middle of them', async () => {
    expect((await lives(4)).underWay).toBe(0)
    const node = testNode()
    await node.pass(5)
    for (let i = 0; i < 4; i++) node.run(`p${i}`, {})
    await node.clock.advance(400)
    const { operations } = node.kubelet.node
    expect(operations.underWay).toBe(4)
    node.kubelet.restart()
    expect(operations.underWay).toBe(0)
  })
})
