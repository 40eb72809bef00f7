/** Validation of workloads, Services, ConfigMaps and other built-in kinds, and of their updates. */
import { expect, test } from 'vitest'
import type { FieldError } from '../../fields.ts'
import type { Draft, KindContext } from '../../kind.ts'
import { emptyCluster } from '../../testing.ts'
import { persistentVolume } from '../persistentvolume.ts'
import { service } from '../service/index.ts'
import { statefulSet } from '../statefulset.ts'
import { validateConfigMapUpdate } from './configmap.ts'
import { validateRevision, validateRevisionUpdate } from './controllerrevision.ts'
import { validateDeployment } from './deployment.ts'
import { validateEndpointSlice } from './endpoints.ts'
import { jsonObjectFault } from './jsonfault.ts'
import { validateLease, validateLeaseUpdate } from './lease.ts'
import { validateNetworkPolicy } from './networkpolicy.ts'
import { validateNode } from './node.ts'
import { validateVolume } from './persistentvolume.ts'
import { validateRoleBindingUpdate } from './rbac.ts'
import { scheduleFault } from './schedule.ts'
import { validateStatefulSetUpdate } from './statefulset.ts'

const meta = (name: string) => ({
  name,
  namespace: 'shop',
  uid: name,
  resourceVersion: '1',
  creationTimestamp: '2026-01-05T09:00:00Z',
})
const text = (errors: FieldError[]): string[] => errors.map(e => `${e.field}: ${e.body}`)
const object = (value: Draft): Draft => value

const template = {
  metadata: { labels: { app: 'web' } },
  spec: {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    terminationGracePeriodSeconds: 30,
    containers: [{ name: 'web', image: 'nginx', imagePullPolicy: 'Always', terminationMessagePolicy: 'File' }],
  },
}

test('a Deployment whose selector misses its own Pods, and which may not replace a single one', () => {
  const deployment = object({
    metadata: meta('web'),
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'api' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '0%' } },
      template,
    },
  })
  expect(text(validateDeployment(deployment))).toEqual([
    'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
    'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
  ])
})

test('of a StatefulSet, the service name stays and the number of replicas may change', () => {
  const spec = {
    replicas: 1,
    serviceName: 'db',
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate' },
    selector: { matchLabels: { app: 'web' } },
    template,
  }
  const old = object({ metadata: meta('db'), spec })
  expect(validateStatefulSetUpdate(object({ ...old, spec: { ...spec, replicas: 3 } }), old)).toEqual([])
  expect(text(validateStatefulSetUpdate(object({ ...old, spec: { ...spec, serviceName: 'other' } }), old))).toEqual([
    "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
  ])
})

test('an immutable ConfigMap keeps its data and stays immutable', () => {
  const old = object({ metadata: meta('fixed'), data: { a: '1' }, immutable: true })
  expect(text(validateConfigMapUpdate(object({ metadata: meta('fixed'), data: { a: '2' } }), old))).toEqual([
    'immutable: Forbidden: field is immutable when `immutable` is set',
    'data: Forbidden: field is immutable when `immutable` is set',
  ])
})

test('two Services do not get the same node port or address', () => {
  const make = (name: string, more: Draft): Draft => {
    const made = object({ metadata: meta(name), spec: { type: 'NodePort', ports: [{ port: 80 }], ...more } })
    service.setDefaults!(made, context)
    service.prepareForCreate!(made, context)
    return made
  }
  const services: Draft[] = []
  const context: KindContext = { ...emptyCluster, list: () => services }
  const first = make('first', { ports: [{ port: 80, nodePort: 30080 }] })
  expect(service.checks!.now.validate!(first, context)).toEqual([])
  services.push(first)
  const refused = (more: Draft): string[] => text(service.checks!.now.validate!(make('second', more), context))
  expect(refused({ ports: [{ port: 80, nodePort: 30080 }] })).toEqual([
    'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
  ])
  expect(refused({ ports: [{ port: 80, nodePort: 80 }] })).toEqual([
    'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  ])
  expect(
    refused({
      ports: [
        { port: 80, nodePort: 30081 },
        { port: 81, nodePort: 30081 },
      ],
    }),
  ).toEqual(['spec.ports[1].nodePort: Invalid value: 30081: provided port is already allocated'])
  const dry = { ...context, dryRun: true }
  expect(service.checks!.now.validate!(make('second', { ports: [{ port: 80, nodePort: 80 }] }), dry)).toEqual([])
  const twice: Draft = structuredClone(first)
  twice.spec.ports.push({ ...twice.spec.ports[0], name: 'again' })
  expect(() => service.checks!.now.validateUpdate!(twice, first, context)).toThrow('duplicate nodePort: {TCP 30080}')
  const ip: string = first.spec.clusterIP
  expect(refused({ clusterIP: ip })).toEqual([
    `spec.clusterIPs: Invalid value: ["${ip}"]: failed to allocate IP ${ip}: provided IP is already allocated`,
  ])
})

test('a hole in an address block is smaller than the block', () => {
  const policy = (except: string): Draft => ({
    metadata: meta('deny'),
    spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: [except] } }] }] },
  })
  expect(validateNetworkPolicy(policy('10.1.0.0/16'))).toEqual([])
  expect(validateNetworkPolicy(policy('10.0.0.0/8'))).toHaveLength(1)
  expect(validateNetworkPolicy(policy('11.0.0.0/16'))).toHaveLength(1)
})

test('an endpoint is hinted for few zones and nodes, each once', () => {
  const slice = (hints: object): Draft => ({
    metadata: meta('web-1'),
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.244.0.5'], hints }],
  })
  const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `n${i}` }))
  expect(validateEndpointSlice(slice({ forZones: named(8), forNodes: named(8) }))).toEqual([])
  const twice = slice({ forZones: [{ name: 'a' }, { name: 'a' }], forNodes: [{ name: 'Node' }] })
  expect(text(validateEndpointSlice(twice))).toEqual([
    'endpoints[0].hints.forZones[1].name: Duplicate value: "a"',
    expect.stringMatching(
      /^endpoints\[0\]\.hints\.forNodes\[0\]\.name: Invalid value: "Node": a lowercase RFC 1123 subdomain/,
    ),
  ])
  expect(text(validateEndpointSlice(slice({ forZones: named(9), forNodes: named(9) })))).toEqual([
    'endpoints[0].hints.forZones: Too many: 9: must have at most 8 items',
  ])
})

test('a lease lasts, and does not change hands less than never', () => {
  const lease = (spec: object): Draft => ({ metadata: meta('leader'), spec })
  expect(validateLease(lease({ leaseDurationSeconds: 15, leaseTransitions: 0 }))).toEqual([])
  expect(text(validateLeaseUpdate(lease({ leaseDurationSeconds: 0, leaseTransitions: -1 }), lease({})))).toEqual([
    'spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0',
    'spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0',
  ])
})

test('a revision holds an object, for good', () => {
  const revision = (data: unknown, number = 1): Draft => ({ metadata: meta('web-1'), data, revision: number })
  expect(validateRevision(revision({ spec: {} }))).toEqual([])
  expect(text(validateRevision(revision(null, -1)))).toEqual([
    'revision: Invalid value: -1: must be greater than or equal to 0',
    'data: Required value: data is mandatory',
  ])
  expect(text(validateRevision(revision([])))).toEqual(['data: Required value: data must be a valid JSON object'])
  expect(text(validateRevisionUpdate(revision({ a: 1 }), revision({ a: 2 })))).toEqual([
    'data: Invalid value: {"a":1}: field is immutable',
  ])
})

test('schedules, right and wrong', () => {
  for (const right of ['*/5 * * * *', '0 9 * * mon-fri', '@daily', '@every 1h30m', '@every 0s', '0 0 1,15 JAN ?'])
    expect(scheduleFault(right)).toBe(undefined)
  expect(scheduleFault('* * * *')).toBe('expected exactly 5 fields, found 4: [* * * *]')
  expect(scheduleFault('0 24 * * *')).toBe('end of range (24) above maximum (23): 24')
  expect(scheduleFault('*/0 * * * *')).toBe('step of range should be a positive number: */0')
  expect(scheduleFault('@sometimes')).toBe('unrecognized descriptor: @sometimes')
  expect(scheduleFault('@every 1d')).toBe('failed to parse duration @every 1d: time: unknown unit "d" in duration "1d"')
})

test('what Go says of text that is no JSON object', () => {
  expect(jsonObjectFault('{"auths":{}}')).toBe(undefined)
  expect(jsonObjectFault('not json')).toBe("invalid character 'o' in literal null (expecting 'u')")
  expect(jsonObjectFault('{"a" 1}')).toBe("invalid character '1' after object key")
  expect(jsonObjectFault('{"a":1')).toBe('unexpected end of JSON input')
  expect(jsonObjectFault('{"a":tru}')).toBe("invalid character '}' in literal true (expecting 'e')")
  expect(jsonObjectFault('-x')).toBe("invalid character 'x' in numeric literal")
  expect(jsonObjectFault('été')).toBe("invalid character 'Ã' looking for beginning of value")
  expect(jsonObjectFault('{"a":1.')).toBe("invalid character ' ' after decimal point in numeric literal")
  expect(jsonObjectFault('[]')).toBe('json: cannot unmarshal array into Go value of type map[string]interface {}')
})

test('a binding keeps its role, and the one that was wanted is shown as Go holds it', () => {
  const binding = (kind: string) =>
    object({ metadata: meta('readers'), roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'reader' } })
  expect(text(validateRoleBindingUpdate(binding('ClusterRole'), binding('Role')))).toEqual([
    'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"ClusterRole","Name":"reader"}: cannot change roleRef',
  ])
})

test('ranges of which one is none are not known to be of two families', () => {
  const node: Draft = { metadata: { name: 'a' }, spec: { podCIDRs: ['10.0.0.0/24', 'x'] } }
  expect(text(validateNode(node)).slice(1)).toEqual([
    'spec.podCIDRs: Internal error: invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[1]: <nil> (invalid CIDR address: x)',
    'spec.podCIDRs: Invalid value: ["10.0.0.0/24","x"]: may specify no more than one CIDR for each IP family',
  ])
})

test('a StatefulSet takes two claims of one name for one, and is warned of a history without end and of parts of bytes', () => {
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1500m' } } },
  }
  const set: Draft = {
    metadata: meta('web'),
    spec: {
      revisionHistoryLimit: -1,
      selector: { matchLabels: { app: 'web' } },
      template,
      volumeClaimTemplates: [claim, claim],
    },
  }
  statefulSet.setDefaults!(set, emptyCluster)
  const { validate, warnings } = statefulSet.checks!.now
  expect(text(validate!(set, emptyCluster))).toEqual([])
  const fraction = 'fractional byte value "1500m" is invalid, must be an integer'
  expect(warnings!(set, undefined)).toEqual([
    `spec.volumeClaimTemplates[0].resources.requests[storage]: ${fraction}`,
    `spec.volumeClaimTemplates[1].resources.requests[storage]: ${fraction}`,
    'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
  ])
})

test('a volume is asked what a Pod would be of one of its kind, and for the namespaces of its secrets', () => {
  const wrong = (source: Draft): string[] => {
    const volume: Draft = {
      metadata: { name: 'pv' },
      spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, ...source },
    }
    persistentVolume.setDefaults!(volume, emptyCluster)
    return text(validateVolume(volume))
  }
  expect(wrong({ gcePersistentDisk: {} })).toEqual(['spec.persistentDisk.pdName: Required value'])
  expect(wrong({ cinder: { volumeID: 'a', secretRef: { name: 'b' } } })).toEqual([
    'spec.cinder.secretRef.namespace: Required value',
  ])
  expect(wrong({ azureDisk: { diskName: 'a', diskURI: 'b' } })).toEqual([
    'spec.azureDisk.diskURI: Unsupported value: "b": supported values: "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"',
  ])
  const target = { targetPortal: 'a'.repeat(70), iqn: 'iqn.2001-04.com.example:storage', lun: 1, initiatorName: 'x' }
  expect(wrong({ iscsi: target })).toEqual([
    `spec.iscsi.targetportal: Invalid value: "${'a'.repeat(70)}": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.`,
    'spec.iscsi.initiatorname: Invalid value: "x": must be valid format',
  ])
})
