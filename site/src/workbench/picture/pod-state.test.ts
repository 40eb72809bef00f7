/** The state of a Pod as the picture sums it up. */
import { expect, test } from 'vitest'
import { age, type Pod, podState, readyCount, reasonOf, tally } from './pod-state.ts'

const pod = (status: object, spec: object = {}, metadata: object = {}): Pod =>
  ({
    metadata: { name: 'web', uid: 'u', ...metadata },
    spec: { nodeName: 'n', containers: [{ name: 'c', image: 'i' }], ...spec },
    status,
  }) as unknown as Pod
const one = (state: object, more: object = {}) => ({
  containerStatuses: [{ name: 'c', ready: false, restartCount: 0, state, ...more }],
})
const running = { running: {} }
/** A container that has ended once more. */
function again(kind: 'init' | 'sidecar' | 'main', exitCode: number, spec: object = {}, restartCount = 2): Pod {
  const state = { terminated: { exitCode } }
  if (kind === 'main') return pod({ phase: 'Running', ...one(state, { restartCount }) }, spec)
  return pod(
    { phase: 'Pending', initContainerStatuses: [{ name: 'i', restartCount, state }] },
    { initContainers: [{ name: 'i', ...(kind === 'sidecar' && { restartPolicy: 'Always' }) }], ...spec },
  )
}

test.each([
  ['unscheduled', pod({ phase: 'Pending' }, { nodeName: undefined })],
  ['creating', pod({ phase: 'Pending', ...one({ waiting: { reason: 'ContainerCreating' } }) })],
  ['imageFailed', pod({ phase: 'Pending', ...one({ waiting: { reason: 'ImagePullBackOff' } }) })],
  ['configFailed', pod({ phase: 'Pending', ...one({ waiting: { reason: 'CreateContainerConfigError' } }) })],
  ['running', pod({ phase: 'Running', ...one(running, { ready: true }) })],
  ['unready', pod({ phase: 'Running', ...one(running) })],
  ['crashing', pod({ phase: 'Running', ...one({ waiting: { reason: 'CrashLoopBackOff' } }) })],
  ['succeeded', pod({ phase: 'Succeeded' })],
  ['failed', pod({ phase: 'Failed' })],
  ['terminating', pod({ phase: 'Running', ...one(running, { ready: true }) }, {}, { deletionTimestamp: 'now' })],
  [
    'initializing',
    pod(
      { phase: 'Pending', initContainerStatuses: [{ name: 'i', restartCount: 0, state: running }] },
      { initContainers: [{ name: 'i' }] },
    ),
  ],
  // Ended, and started before: until the kubelet says so, the back-off is not told.
  ['crashing', again('main', 1)],
  ['crashing', again('main', 0)],
  ['crashing', again('main', 1, { restartPolicy: 'OnFailure' })],
  ['unready', again('main', 0, { restartPolicy: 'OnFailure' })],
  ['unready', again('main', 1, { restartPolicy: 'Never' })],
  ['unready', again('main', 1, {}, 0)],
  ['crashing', again('init', 1)],
  ['initializing', again('init', 1, { restartPolicy: 'Never' })],
  ['crashing', again('sidecar', 1, { restartPolicy: 'Never' })],
  ['crashing', again('sidecar', 0, { restartPolicy: 'Never' })],
  ['creating', again('init', 0)],
])('a Pod is %s', (state, it) => {
  expect(podState(it as Pod)).toBe(state)
})

test('of many Pods those with something wrong are told first', () => {
  const named = (uid: string, status: object, spec = {}) => pod(status, spec, { uid })
  const pods = [
    named('a', { phase: 'Running', ...one(running, { ready: true }) }),
    named('b', { phase: 'Pending', ...one({ waiting: { reason: 'ContainerCreating' } }) }),
    named('c', { phase: 'Pending', ...one({ waiting: { reason: 'ImagePullBackOff' } }) }),
    named('d', { phase: 'Running', ...one(running, { ready: true }) }),
    named('e', { phase: 'Pending', ...one({ waiting: { reason: 'ContainerCreating' } }) }),
  ]
  expect(tally(pods, new Set(['e']))).toEqual([
    ['imageFailed', ['c']],
    ['creating', ['b']],
    ['pulling', ['e']],
    ['running', ['a', 'd']],
  ])
})

test('the reason is what Kubernetes says', () => {
  expect(reasonOf(pod(one({ waiting: { reason: 'ErrImagePull', message: 'no such image' } })))).toBe('c: no such image')
  expect(reasonOf(pod({ conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes' }] }))).toBe(
    '0/3 nodes',
  )
  expect(readyCount(pod(one(running, { ready: true })))).toBe('1/1')
})

test.each([
  [0, '0s'],
  [119_000, '119s'],
  [120_000, '2m'],
  [125_000, '2m5s'],
  [3 * 3600_000, '3h'],
])('%i ms is %s', (ms, text) => {
  expect(age(ms)).toBe(text)
})
