/** Strategic patches, made and applied. */
import { describe, expect, it } from 'vitest'
import { applyStrategicPatch } from './strategic-apply.ts'
import { threeWayPatch, twoWayPatch } from './strategic-diff.ts'

describe('strategic patches', () => {
  const pod = (containers: object[]): object => ({ spec: { containers } })
  it('merge lists by their keys and keep what others added', () => {
    const last = pod([
      {
        name: 'web',
        image: 'nginx:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
    ])
    const live = pod([
      {
        name: 'web',
        image: 'nginx:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      { name: 'injected', image: 'x' },
    ])
    const next = pod([{ name: 'web', image: 'nginx:2', env: [{ name: 'A', value: '1' }] }])
    const patch = threeWayPatch('Pod', last, next, live)
    expect(applyStrategicPatch('Pod', live, patch)).toEqual(
      pod([
        { name: 'web', image: 'nginx:2', env: [{ name: 'A', value: '1' }] },
        { name: 'injected', image: 'x' },
      ]),
    )
  })
  it('between two versions lead from one to the other', () => {
    const a = { spec: { replicas: 1, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } }
    const b = { spec: { replicas: 2, strategy: { type: 'Recreate' } } }
    const patch = twoWayPatch('Deployment', a, b)
    expect(patch.spec.strategy.$retainKeys).toEqual(['type'])
    expect(applyStrategicPatch('Deployment', a, patch)).toEqual(b)
  })
})
