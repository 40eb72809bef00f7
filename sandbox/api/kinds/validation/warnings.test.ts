/** Warnings with which the API server accepts an object. */
import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../base64.ts'
import { endpointsWarnings } from './endpoints.ts'
import {
  accountWarnings,
  claimWarnings,
  ingressWarnings,
  networkPolicyWarnings,
  nodeWarnings,
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

describe('an IPv6 address that is not spelled as RFC 5952 wants is accepted with a warning', () => {
  const address = (path: string, given: string, wanted: string) =>
    `${path}: IPv6 address "${given}" should be in RFC 5952 canonical format ("${wanted}")`
  const range = (path: string, given: string, wanted: string) =>
    `${path}: IPv6 CIDR value "${given}" should be in RFC 5952 canonical format ("${wanted}")`

  it('in a Service', () => {
    const spec = {
      type: 'LoadBalancer',
      sessionAffinity: 'None',
      clusterIPs: ['10.96.0.7', 'FD00::7'],
      loadBalancerIP: '2001:0DB8::1',
      loadBalancerSourceRanges: ['2001:0db8::/32', '10.0.0.0/8'],
    }
    expect(serviceWarnings({ metadata, spec })).toEqual([
      address('spec.clusterIPs[1]', 'FD00::7', 'fd00::7'),
      address('spec.loadBalancerIP', '2001:0DB8::1', '2001:db8::1'),
      range('spec.loadBalancerSourceRanges[0]', '2001:0db8::/32', '2001:db8::/32'),
    ])
  })

  it('in a NetworkPolicy', () => {
    const ipBlock = { cidr: '2001:0db8::/32', except: ['2001:db8:1:0::/64'] }
    const spec = { ingress: [{ from: [{ ipBlock }] }], egress: [{ to: [{ podSelector: {} }, { ipBlock }] }] }
    expect(networkPolicyWarnings({ metadata, spec })).toEqual([
      range('spec.ingress[0].from[0].ipBlock.cidr', '2001:0db8::/32', '2001:db8::/32'),
      range('spec.ingress[0].from[0].ipBlock.except[0]', '2001:db8:1:0::/64', '2001:db8:1::/64'),
      range('spec.egress[0].to[1].ipBlock.cidr', '2001:0db8::/32', '2001:db8::/32'),
      range('spec.egress[0].to[1].ipBlock.except[0]', '2001:db8:1:0::/64', '2001:db8:1::/64'),
    ])
  })

  it('in Endpoints, but not in those that the control plane has written', () => {
    const subsets = [{ addresses: [{ ip: '2001:0:0:1:0:0:0:1' }], notReadyAddresses: [{ ip: '::' }, { ip: '1::0' }] }]
    expect(endpointsWarnings({ metadata, subsets })).toEqual([
      address('subsets[0].addresses[0].ip', '2001:0:0:1:0:0:0:1', '2001:0:0:1::1'),
      address('subsets[0].notReadyAddresses[1].ip', '1::0', '1::'),
    ])
    const labels = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' }
    expect(endpointsWarnings({ metadata: { labels }, subsets })).toEqual([])
  })

  it('in a Node', () => {
    expect(nodeWarnings({ metadata, spec: { podCIDRs: ['FD00::/64'] } })).toEqual([
      range('spec.podCIDRs[0]', 'FD00::/64', 'fd00::/64'),
    ])
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
