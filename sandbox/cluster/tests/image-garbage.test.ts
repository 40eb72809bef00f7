/** Images that nobody uses, removed when the disk of a node fills. */
import { describe, expect, it } from 'vitest'
import { event as eventKind } from '../../api/kinds/event.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { BUSYBOX, type World, world } from '../testing.ts'

const NGINX = 'nginx:1.27'
const sleeper = (image = BUSYBOX) => ({ containers: [{ name: 'main', image, command: ['sleep', '1d'] }] })
const told = (w: World, reason: string) =>
  w.cluster.client.list(eventKind, { namespace: 'default' }).filter(e => e.reason === reason)
const images = (w: World): string[] =>
  w.cluster.client.get(nodeKind, '', 'node-1').status.images?.flatMap(({ names }) => names ?? []) ?? []
const has = (w: World, image: string): boolean => images(w).some(name => name.includes(image))

/** A node with an image that is used and one that is not any more. */
async function visited() {
  const w = await world({ nodes: ['node-1'] })
  await w.run('filler', sleeper())
  await w.run('guest', sleeper(NGINX), { seconds: 20 })
  w.cluster.client.delete(podKind, 'default', 'guest', { gracePeriodSeconds: 0 })
  await w.wait(330)
  expect([has(w, BUSYBOX), has(w, NGINX)]).toEqual([true, true])
  return w
}

describe('images of a node whose disk fills', () => {
  it('go when nobody uses them, and are pulled again; that it was not enough is told, of the node', async () => {
    const w = await visited()
    await w.exec('filler', 'fallocate -l 53000000000 /big')
    await w.wait(320)
    expect([has(w, BUSYBOX), has(w, NGINX)]).toEqual([true, false])
    const [failed] = told(w, 'FreeDiskSpaceFailed')
    expect(failed).toMatchObject({ type: 'Warning', involvedObject: { kind: 'Node', name: 'node-1' } })
    expect(failed?.message).toMatch(
      /^Insufficient free disk space on the node's image filesystem \(85% of 58\.4 GiB used\)\. Failed to free sufficient space by deleting unused images \(freed \d{7,} bytes\)\. Investigate disk usage, as it could be used by active images, logs, volumes, or other data\.$/,
    )
    expect(told(w, 'ImageGCFailed')).toEqual([])
    await w.wait(300)
    expect(told(w, 'ImageGCFailed').map(e => e.message)).toEqual([
      expect.stringMatching(/\(85% of 58\.4 GiB used\).*\(freed 0 bytes\)/),
    ])
    await w.run('again', sleeper(NGINX), { seconds: 20 })
    expect(told(w, 'Pulling').filter(e => e.involvedObject.name === 'again')).toHaveLength(1)
    expect(w.pod('again').status.phase).toBe('Running')
  })

  it('go before anybody is evicted, with what is left of finished Pods', async () => {
    const w = await visited()
    await w.run('done', {
      ...sleeper(),
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: BUSYBOX, command: ['echo', 'kept'] }],
    })
    await w.wait(100)
    w.cluster.kubelets.get('node-1')!.strain('disk', true)
    await w.wait(25)
    expect(has(w, NGINX)).toBe(false)
    expect(told(w, 'EvictionThresholdMet').map(e => e.message)).toContain('Attempting to reclaim ephemeral-storage')
    expect(w.pod('done').status).toMatchObject({ phase: 'Succeeded' })
  })
})
