/** Validation of ObjectMeta: names, labels, annotations, owners; and of fields that may not change. */
import { expect, test } from 'vitest'
import type { ObjectMeta } from '../../types.ts'
import { cidr, ip, isIPv6 } from './addresses.ts'
import { configMapKey, dns1123Label, portName } from './content.ts'
import { internalDiff } from './internal.ts'
import { objectMeta, positive } from './metadata.ts'

const meta = { name: 'web', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-05T09:00:00Z' }

test('a name and a label that Kubernetes would not take', () => {
  const errors = objectMeta({ ...meta, name: 'My_Pod', labels: { 'a/b/c': 'x', app: 'my app' } }, false)
  expect(errors.map(e => `${e.field}: ${e.body}`)).toEqual([
    `metadata.name: Invalid value: "My_Pod": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    `metadata.labels: Invalid value: "a/b/c": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    `metadata.labels: Invalid value: "my app": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
  ])
})

test('one owner at most is the controller', () => {
  const owner = (name: string, controller: boolean) => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name,
    uid: name,
    controller,
  })
  const said = (...ownerReferences: NonNullable<ObjectMeta['ownerReferences']>): string[] =>
    objectMeta({ ...meta, ownerReferences }, false).map(e => e.body)
  expect(said(owner('a', true), owner('b', false))).toEqual([])
  const patched = { controller: true, uid: 'b', name: 'b', kind: 'ReplicaSet', apiVersion: 'apps/v1' }
  const shown = (name: string) =>
    `{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"${name}","uid":"${name}","controller":true}`
  expect(said(owner('a', true), patched)).toEqual([
    `Invalid value: [${shown('a')},${shown('b')}]: Only one reference can have Controller set to true. Found "true" in references for ReplicaSet/a and ReplicaSet/b`,
  ])
})

test('annotations have 256 KiB together, keys and all', () => {
  const of = (bytes: number) => objectMeta({ ...meta, annotations: { é: 'x'.repeat(bytes - 2) } }, false)
  const size = (bytes: number): string[] =>
    of(bytes)
      .map(e => e.body)
      .filter(body => body.startsWith('Too long'))
  expect(size(262_144)).toEqual([])
  expect(size(262_145)).toEqual(['Too long: may not be more than 262144 bytes'])
})

test('a value is refused in the words of the rule that it breaks', () => {
  expect([positive(1, 'p'), positive(0, 'p'), positive(undefined, 'p')].map(errors => errors.length)).toEqual([0, 1, 1])
  expect(dns1123Label('side.car')).toEqual(['must not contain dots'])
  expect(configMapKey('..')).toEqual(["must not be '..'"])
  expect(portName('8080')).toEqual(['must contain at least one letter (a-z)'])
  expect([isIPv6('2001:db8::1'), isIPv6('::'), isIPv6('1::2::3'), isIPv6('1.2.3.4')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('what changed in a claim is shown in the internal form', () => {
  const claim = (mode: string, storageClassName: string): object => ({
    accessModes: [mode],
    resources: { requests: { storage: '1Gi' } },
    storageClassName,
    volumeMode: 'Filesystem',
  })
  expect(
    internalDiff('PersistentVolumeClaimSpec', claim('ReadWriteOnce', 'none'), claim('ReadWriteMany', 'fast')),
  ).toBe(`@@ -1,6 +1,6 @@
 {
  "AccessModes": [
-  "ReadWriteOnce"
+  "ReadWriteMany"
  ],
  "Selector": null,
  "Resources": {
@@ -10,7 +10,7 @@
   }
  },
  "VolumeName": "",
- "StorageClassName": "none",
+ "StorageClassName": "fast",
  "VolumeMode": "Filesystem",
  "DataSource": null,
  "DataSourceRef": null,
`)
})

test('addresses and networks are written one way only', () => {
  expect(['10.0.0.1', '::1', '2001:db8::', '1.2.3.4.5', '::ffff:1.2.3.4', '10.0.0.01'].map(ip)).toEqual([
    [],
    [],
    [],
    ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ['must not be an IPv4-mapped IPv6 address'],
    ['must not have leading 0s'],
  ])
  expect(
    ['10.0.0.0/8', '::/0', '10.0.0.0', '10.0.0.0/33', '10.0.0.1/24', '10.0.0.0/08', '2001:db8::1/64'].map(cidr),
  ).toEqual([
    [],
    [],
    ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
    ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
    ['must not have bits set beyond the prefix length'],
    ['must not have leading 0s in IP or prefix length'],
    ['must not have bits set beyond the prefix length'],
  ])
})
