/** Digests of images. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf, tagOf } from './digest.ts'
import { imageSpec } from './image-store.ts'

const tag = fc.stringMatching(/^\w[\w.-]{0,23}$/)
const nginx = (tag: string): string => `nginx@${digestOf('docker.io/library/nginx', tag)}`

test('a digest looks like one, and leads back to its tag in its own repository only', () => {
  fc.assert(
    fc.property(tag, tag, (one, other) => {
      const digest = digestOf('docker.io/library/nginx', one)
      expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
      expect(tagOf('docker.io/library/nginx', digest)).toBe(one)
      expect(tagOf('docker.io/library/httpd', digest)).toBeUndefined()
      if (one !== other) expect(digestOf('docker.io/library/nginx', other)).not.toBe(digest)
    }),
  )
})

test('an image that is pulled by its digest is the one that has it, whatever tag stands beside', () => {
  const pinned = imageSpec(nginx('1.26'))
  expect(pinned.info.digest).toBe(imageSpec('nginx:1.26').info.digest)
  expect(pinned.env.NGINX_VERSION).toBe(imageSpec('nginx:1.26').env.NGINX_VERSION)
  expect(imageSpec(nginx('1.26').replace('@', ':1.27@')).env.NGINX_VERSION).toBe(pinned.env.NGINX_VERSION)
})

test('a registry has no content for a digest that is nobody’s, or another repository’s', () => {
  const invented = `sha256:${'0123456789abcdef'.repeat(4)}`
  expect(() => imageSpec(`nginx@${invented}`)).toThrow(`docker.io/library/nginx@${invented}: not found`)
  expect(() => imageSpec(`httpd@${digestOf('docker.io/library/nginx', '1.27')}`)).toThrow(/not found$/)
  // Digests of the real images are not known; with a tag, it is clear what is meant.
  expect(imageSpec(`nginx:1.27@${invented}`).info.digest).toBe(`docker.io/library/nginx@${invented}`)
})
