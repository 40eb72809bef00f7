/** Untyped objects made typed, with the errors of Go's converter. */
import { describe, expect, it, test } from 'vitest'
import { DecodeError, faultText } from './decode.ts'
import { type ObjectType, schemaOf, typeNamed } from './index.ts'
import { fromUnstructured } from './unstructured.ts'

const deployment = schemaOf({ group: 'apps', version: 'v1', kind: 'Deployment' })!
const service = schemaOf({ group: '', version: 'v1', kind: 'Service' })!
const secret = schemaOf({ group: '', version: 'v1', kind: 'Secret' })!
const lease = schemaOf({ group: 'coordination.k8s.io', version: 'v1', kind: 'Lease' })!

function said(type: ObjectType, value: Record<string, unknown>): unknown {
  try {
    return fromUnstructured(type, value).value
  } catch (error) {
    if (error instanceof DecodeError) return error.message
    throw error
  }
}

test.each([
  [deployment, { spec: { replicas: '2' } }, 'unrecognized type: int32'],
  [deployment, { spec: { replicas: 2.5 } }, 'cannot convert float64 to int32'],
  [deployment, { spec: { paused: 1 } }, 'unrecognized type: bool'],
  [deployment, { spec: { template: 'x' } }, 'cannot restore struct from: string'],
  [deployment, { spec: { strategy: { type: 5 } } }, 'cannot convert int64 to v1.DeploymentStrategyType'],
  [deployment, { spec: { strategy: { type: 5.5 } } }, 'unrecognized type: string'],
  [deployment, { metadata: { labels: ['a'] } }, 'cannot restore map from slice'],
  [deployment, { metadata: { finalizers: 'a' } }, 'cannot restore slice from string'],
  [service, { spec: { ports: [{ targetPort: {} }] } }, 'json: cannot unmarshal object into Go value of type int32'],
  [
    service,
    { spec: { ports: [{ targetPort: 2 ** 31 }] } },
    'json: cannot unmarshal number 2147483648 into Go value of type int32',
  ],
  [secret, { data: { a: 'a*c' } }, 'error decoding from json: illegal base64 data at input byte 1'],
  [lease, { spec: { renewTime: {} } }, 'json: cannot unmarshal object into Go value of type string'],
])('an untyped value that does not fit is refused in the words of Go (%#)', (type, value, words) => {
  expect(said(type, value)).toBe(words)
})

describe('an untyped object', () => {
  it('loses what is too much of a number', () => {
    expect(said(deployment, { spec: { replicas: 2 ** 32 + 3 } })).toEqual({ spec: { replicas: 3 } })
    expect(said(deployment, { spec: { replicas: 2 ** 31 } })).toEqual({ spec: { replicas: -(2 ** 31) } })
  })

  it('is told of the field that comes first in Go, not in the document', () => {
    expect(said(deployment, { spec: { paused: 1, replicas: '2' } })).toBe('unrecognized type: int32')
  })

  it('is told of all unknown fields by the alphabet, without the keys of maps', () => {
    const spec = { foo: 1, template: { spec: { containers: [{ bar: 1 }] } } }
    expect(fromUnstructured(deployment, { spec }).faults.map(faultText)).toEqual([
      'unknown field "spec.foo"',
      'unknown field "spec.template.spec.containers[0].bar"',
    ])
    const schema = typeNamed('apiextensions/v1.JSONSchemaProps')!
    const properties = { spec: { zzz: 1, items: { zzz: 1 } } }
    expect(fromUnstructured(schema, { properties }).faults.map(faultText)).toEqual(['unknown field "properties.zzz"'])
  })
})
