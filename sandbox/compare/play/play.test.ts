/** Scenes for a real control plane, played on ours. */
import { expect, it } from 'vitest'
import { differences } from './differ.ts'
import { Kubelets } from './kubelets.ts'
import { ownPlane } from './plane.node.ts'
import { Stage } from './stage.ts'

it('a scene is played with kubelets that do what an image is called', async () => {
  const plane = ownPlane(Date.UTC(2026, 0, 5, 9))
  const stage = new Stage(plane, new Kubelets(plane), 'play', true)
  await stage.kubelets.addNode('node-1')
  await stage.call('POST', '/api/v1/namespaces', { metadata: { name: 'play' } })
  await stage.wait(1)
  for (const image of ['run', 'unready', 'ok', 'fail7', 'hold'])
    await stage.make(
      `{ apiVersion: v1, kind: Pod, metadata: { name: ${image} }, spec: { restartPolicy: Never, containers: [{ name: main, image: '${image}:1' }] } }`,
    )
  await stage.wait(2)
  const pods = await stage.list('Pod')
  expect(pods.map(p => [p.metadata.name, p.status.phase])).toEqual([
    ['fail7', 'Failed'],
    ['hold', 'Pending'],
    ['ok', 'Succeeded'],
    ['run', 'Running'],
    ['unready', 'Running'],
  ])
  expect(stage.seen.refused).toBeUndefined()
})

it('what differs between any two runs is no difference', () => {
  const pod = (name: string, uid: string, phase: string) => ({
    kind: 'Pod',
    metadata: { name, uid },
    status: { phase },
  })
  const uid = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-000000000000`
  const real = [pod('web-bcdfg', uid('1'), 'Running')]
  expect(differences(real, [pod('web-xz245', uid('2'), 'Running')])).toEqual([])
  expect(differences(real, [pod('web-xz245', uid('2'), 'Failed')])).toEqual([
    '  Pod web-*',
    '    .status.phase: real "Running", ours "Failed"',
  ])
  expect(differences(real, [])).toEqual(['  only real: Pod web-*'])
})
