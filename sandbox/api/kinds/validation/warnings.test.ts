/** Warnings with which the API server accepts an object. */
import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../base64.ts'
import {
  accountWarnings,
  claimWarnings,
  ingressWarnings,
  runtimeClassWarnings,
  secretWarnings,
  serviceWarnings,
  storageClassWarnings,
  volumeWarnings,
} from './warnings.ts'

const metadata = { name: 'a' }

describe('a Service is accepted with a warning', () => {
  it.each([
    [{ type: 'ClusterIP', externalIPs: ['192.0.2.1'] }, 'spec.externalIPs is deprecated and may no longer be'],
    [{ type: 'ClusterIP', clusterIP: 'None', externalIPs: ['192.0.2.1'] }, 'spec.externalIPs is ignored for headless'],
    [{ type: 'ClusterIP', clusterIP: 'None', sessionAffinity: 'ClientIP' }, 'spec.SessionAffinity is ignored'],
    [{ type: 'ExternalName', externalName: 'a.b', externalIPs: ['192.0.2.1'] }, 'when spec.type is "ExternalName"'],
    [{ type: 'NodePort', externalName: 'a.b' }, 'spec.externalName is ignored when spec.type is not "ExternalName"'],
  ])('%j', (spec, text) => {
    expect(serviceWarnings({ metadata, spec: { sessionAffinity: 'None', ...spec } })).toEqual([
      expect.stringContaining(text),
    ])
  })
  it('and an ordinary one without', () => {
    expect(serviceWarnings({ metadata, spec: { type: 'ClusterIP', sessionAffinity: 'None' } })).toEqual([])
  })
})

it('an Ingress that names its class the old way is warned of once, when it is made', () => {
  const old = { metadata: { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }, spec: {} }
  expect(ingressWarnings(old, undefined)).toHaveLength(1)
  expect(ingressWarnings(old, old)).toEqual([])
  expect(ingressWarnings({ ...old, spec: { ingressClassName: 'nginx' } }, undefined)).toEqual([])
})

it('volumes and claims are warned of what is deprecated, or no whole number of bytes', () => {
  expect(volumeWarnings({ metadata, spec: { persistentVolumeReclaimPolicy: 'Recycle', rbd: {} } })).toEqual([
    expect.stringContaining('The Recycle reclaim policy is deprecated.'),
    'spec.rbd: deprecated in v1.28, non-functional in v1.31+',
  ])
  expect(claimWarnings({ metadata, spec: { resources: { requests: { storage: '100m' } } } })).toEqual([
    'spec.resources.requests[storage]: fractional byte value "100m" is invalid, must be an integer',
  ])
  expect(claimWarnings({ metadata, spec: { resources: { requests: { storage: '1Gi' } } } })).toEqual([])
})

describe('a Secret for TLS', () => {
  const block = (type: string, body = 'AAAA'): string => `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`
  const warn = (crt: string, key: string): string[] =>
    secretWarnings({ type: 'kubernetes.io/tls', data: { 'tls.crt': encodeBase64(crt), 'tls.key': encodeBase64(key) } })
  const [certificate, key] = [block('CERTIFICATE'), block('RSA PRIVATE KEY')]
  it.each([
    [certificate, key, undefined],
    ['abc', key, 'tls: failed to find any PEM data in certificate input'],
    [block('CERTIFICATE', '***'), key, 'tls: failed to find any PEM data in certificate input'],
    [key, certificate, 'tls: failed to find certificate PEM data in certificate input, but did find a private key'],
    [certificate, 'abc', 'tls: failed to find any PEM data in key input'],
    [certificate, certificate, 'tls: found a certificate rather than a key in the PEM for the private key'],
  ])('%j with %j: %s', (crt, key, text) => {
    expect(warn(crt, key)).toEqual(text ? [expect.stringContaining(text)] : [])
  })
})

it('labels of nodes that are no longer used are pointed out where one chooses by them', () => {
  const zone = 'failure-domain.beta.kubernetes.io/zone'
  const instead = 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'
  expect(
    storageClassWarnings({ allowedTopologies: [{ matchLabelExpressions: [{ key: zone, values: ['a'] }] }] }),
  ).toEqual([`allowedTopologies[0].matchLabelExpressions[0].key: ${instead}`])
  expect(runtimeClassWarnings({ scheduling: { nodeSelector: { [zone]: 'a', other: 'b' } } })).toEqual([
    `scheduling.nodeSelector: ${instead}`,
  ])
})

it('a service account is told once that it cannot keep secrets from Pods', () => {
  const old = { metadata: { annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' } } }
  expect(accountWarnings(old, undefined)).toEqual([
    'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets',
  ])
  expect(accountWarnings(old, old)).toEqual([])
})
