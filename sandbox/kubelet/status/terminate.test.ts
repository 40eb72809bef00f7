/** The last status of a Pod of which nothing runs any more. */
import { describe, expect, it } from 'vitest'
import { testNode } from '../testing.ts'
import type { ContainerState, ContainerStatus, Pod, PodStatus } from '../types.ts'
import { terminatePod } from './terminate.ts'

const waiting: ContainerState = { waiting: { reason: 'PodInitializing' } }
const done: ContainerState = { terminated: { exitCode: 0 } }
const status = (name: string, state: ContainerState, lastState: ContainerState = {}): ContainerStatus =>
  ({ name, state, lastState }) as ContainerStatus

/** The states after the end, a word for each container. */
function ends(init: readonly ContainerStatus[], regular: readonly ContainerStatus[]): string[] {
  const pod = { metadata: {}, spec: { initContainers: init.map(({ name }) => ({ name })) } } as unknown as Pod
  const before = { phase: 'Pending', containerStatuses: regular, initContainerStatuses: init } as unknown as PodStatus
  const after = terminatePod(pod, before)
  expect(after.phase).toBe('Failed')
  return [...(after.initContainerStatuses ?? []), ...(after.containerStatuses ?? [])].map(
    s => s.state?.terminated?.reason ?? (s.state?.terminated ? 'ended' : 'waiting'),
  )
}

describe('the last status of a Pod', () => {
  it.each<[string, ContainerStatus[], ContainerStatus[], string[]]>([
    [
      'of a Pod without init containers',
      [],
      [status('a', waiting), status('b', done)],
      ['ContainerStatusUnknown', 'ended'],
    ],
    [
      'of a Pod whose first init container has not begun',
      [status('i', waiting), status('j', waiting)],
      [status('a', waiting)],
      ['ContainerStatusUnknown', 'waiting', 'waiting'],
    ],
    [
      'of a Pod whose second init container crashes',
      [status('i', done), status('j', waiting, done), status('k', waiting)],
      [status('a', waiting)],
      ['ended', 'ContainerStatusUnknown', 'waiting', 'waiting'],
    ],
    ['of a Pod that has initialized', [status('i', done)], [status('a', waiting)], ['ended', 'ContainerStatusUnknown']],
  ])('%s', (_, init, regular, expected) => {
    expect(ends(init, regular)).toEqual(expected)
  })

  it('knows no end of a container that waited for its next start when the deadline came', async () => {
    const t = testNode()
    t.run('late', { activeDeadlineSeconds: 80, containers: [{ command: ['x', 'exit', '1', '1000'] }] })
    await t.pass(80)
    expect(t.state('late').state?.waiting?.reason).toBe('CrashLoopBackOff')
    await t.pass(10)
    expect(t.get('late').status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' })
    expect(t.state('late')).toMatchObject({
      state: {
        terminated: {
          exitCode: 137,
          reason: 'ContainerStatusUnknown',
          message: 'The container could not be located when the pod was terminated',
          startedAt: null,
          finishedAt: null,
        },
      },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
  })
})
