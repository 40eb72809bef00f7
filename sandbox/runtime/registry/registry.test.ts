/** Names of images: how references are parsed and normalized. */
import { expect, test } from 'vitest'
import { imageSpec } from './image-store.ts'

test.each([
  ['registry.corp.test/app:1', 'dial tcp: lookup registry.corp.test on 127.0.0.53:53: no such host'],
  ['localhost:5000/app:1', 'dial tcp [::1]:5000: connect: connection refused'],
  ['localhost/app:1', 'dial tcp [::1]:443: connect: connection refused'],
  ['127.0.0.1:5000/app:1', 'dial tcp 127.0.0.1:5000: connect: connection refused'],
  ['10.0.0.9:5000/app:1', 'dial tcp 10.0.0.9:5000: i/o timeout'],
])('nobody is found at the registry of %s', (name, why) => {
  const domain = name.split('/')[0]
  expect(() => imageSpec(name)).toThrow(
    `failed to pull and unpack image "${name}": failed to resolve image: failed to do request: Head "https://${domain}/v2/app/manifests/1": ${why}`,
  )
})

test.each([
  [
    'ghcr.io/acme/app:1',
    'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fapp%3Apull&service=ghcr.io: 403 Forbidden',
  ],
  [
    'quay.io/acme/app:1',
    'unexpected status from HEAD request to https://quay.io/v2/acme/app/manifests/1: 401 UNAUTHORIZED',
  ],
  [
    'dockerproxy.com/acme/app:1',
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    'acme/app:1',
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
])('a registry refuses %s in its own words', (name, why) => {
  expect(() => imageSpec(name)).toThrow(`: failed to resolve image: ${why}`)
})
