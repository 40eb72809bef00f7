/** oom_score_adj by the Pod's QoS class. */
import { expect, it } from 'vitest'
import type { ContainerSpec, Pod } from '../types.ts'
import { oomScoreAdj } from './oom-score.ts'

const GIB = 1024 ** 3
/** Of a node with eight of them. */
const allocatable = { memory: String(8 * GIB - 100 * 1024 ** 2) }

const asking = (name: string, memory?: string, more: object = {}): ContainerSpec =>
  ({ name, resources: { requests: memory ? { memory } : {} }, ...more }) as ContainerSpec
const scores = (spec: object): number[] => {
  const pod = { spec } as Pod
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(c => oomScoreAdj(pod, c, allocatable))
}

it('spares who is guaranteed, and first takes who has asked for nothing', () => {
  const resources = { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } }
  expect(scores({ containers: [{ name: 'a', resources }] })).toEqual([-997])
  expect(scores({ containers: [asking('a')] })).toEqual([1000])
  expect(scores({ containers: [asking('a')], priorityClassName: 'system-node-critical' })).toEqual([-997])
})

it('takes the others by the share of the memory that they have asked for', () => {
  expect(scores({ containers: [asking('a', '2Gi'), asking('b', '1'), asking('c', '8Gi')] })).toEqual([750, 999, 3])
})

it('takes a sidecar no sooner than those that it serves', () => {
  const sidecar = asking('s', '1Mi', { restartPolicy: 'Always' })
  expect(scores({ initContainers: [sidecar], containers: [asking('a', '2Gi'), asking('b', '4Gi')] })).toEqual([
    750, 750, 500,
  ])
})

it('shares among containers what the Pod asks for beyond them', () => {
  const resources = { requests: { memory: '4Gi' } }
  expect(scores({ containers: [asking('a', '2Gi'), asking('b')], resources })).toEqual([625, 875])
  // An init container may ask for more at its time than the others do together, and counts as one of them.
  const first = asking('i', '3Gi')
  expect(scores({ initContainers: [first], containers: [asking('a', '2Gi')], resources })).toEqual([563, 688])
})
