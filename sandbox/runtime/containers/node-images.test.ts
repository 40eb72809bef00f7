/** Images come to a node by their names, and leave it under all of them. */
import { expect, it } from 'vitest'
import { Clock } from '../../clock/clock.ts'
import { imageSpec } from '../registry/image-store.ts'
import { NodeImages } from './node-images.ts'

const NAMES = ['docker.io/nginxinc/nginx-unprivileged:1.27', 'quay.io/nginx/nginx-unprivileged:1.27'] as const

it('an image that was pulled under two names is one, and its id removes both', async () => {
  const clock = new Clock()
  const images = new NodeImages(clock, imageSpec)
  const pulled: string[] = []
  for (const name of [...NAMES, 'busybox:1.36'])
    images.pull(name, result => pulled.push('image' in result ? result.image.id : result.error.message))
  await clock.advance(60_000)
  expect(pulled).toHaveLength(3)
  expect(pulled[0]).toBe(pulled[1])
  const before = images.all()
  images.remove(pulled[0]!)
  expect(before).toHaveLength(3)
  expect(images.all().map(({ name }) => name)).toEqual(['docker.io/library/busybox:1.36'])
  expect(images.find(NAMES[1])).toBeUndefined()
  expect(images.find(pulled[2]!)?.info.name).toBe('docker.io/library/busybox:1.36')
})
