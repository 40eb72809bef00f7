/** Decoding a body by the schema: types, unknown fields, canonical forms, merge keys. */
import { describe, expect, test } from 'vitest'
import { DecodeError, decode, faultText } from './decode.ts'
import { schemaOf, typeNamed } from './index.ts'
import { fieldAt } from './testing.ts'

const pod = schemaOf({ group: '', version: 'v1', kind: 'Pod' })!
const deployment = schemaOf({ group: 'apps', version: 'v1', kind: 'Deployment' })!
const service = schemaOf({ group: '', version: 'v1', kind: 'Service' })!
const configMap = schemaOf({ group: '', version: 'v1', kind: 'ConfigMap' })!
const secret = schemaOf({ group: '', version: 'v1', kind: 'Secret' })!

const refusal = (type: typeof pod, value: unknown): string => {
  try {
    decode(type, value)
    return 'accepted'
  } catch (error) {
    if (error instanceof DecodeError) return error.message
    throw error
  }
}

const container = (fields: object): object => ({ spec: { containers: [{ name: 'web', ...fields }] } })

describe('a value of the wrong type is refused in the words of Go', () => {
  test.each([
    [
      deployment,
      { spec: { replicas: '3' } },
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      pod,
      container({ ports: [{ containerPort: '80' }] }),
      'json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      service,
      { spec: { ports: [{ port: 80, targetPort: true }] } },
      'json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type int32',
    ],
    [
      pod,
      container({ env: [{ name: 'A', value: 8080 }] }),
      'json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
    ],
    [
      configMap,
      { data: { config: { nested: true } } },
      'json: cannot unmarshal object into Go struct field ConfigMap.data of type string',
    ],
    [
      pod,
      container({ command: 'sleep 3600' }),
      'json: cannot unmarshal string into Go struct field Container.spec.containers.command of type []string',
    ],
    [
      pod,
      container({ args: ['sleep', 3600] }),
      'json: cannot unmarshal number into Go struct field Container.spec.containers.args of type string',
    ],
    [
      pod,
      { spec: { containers: { name: 'web' } } },
      'json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    [
      pod,
      { spec: { volumes: ['data'] } },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.volumes of type v1.Volume',
    ],
    [
      pod,
      { spec: { terminationGracePeriodSeconds: 1.5 } },
      'json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64',
    ],
    [
      pod,
      { spec: { hostNetwork: 'yes' } },
      'json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool',
    ],
    [
      pod,
      container({ ports: [{ containerPort: 99999999999 }] }),
      'json: cannot unmarshal number 99999999999 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      pod,
      container({ imagePullPolicy: 1 }),
      'json: cannot unmarshal number into Go struct field Container.spec.containers.imagePullPolicy of type v1.PullPolicy',
    ],
    [
      pod,
      container({ resources: { limits: 'all' } }),
      'json: cannot unmarshal string into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList',
    ],
    [
      configMap,
      { metadata: { creationTimestamp: 'yesterday' } },
      'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"',
    ],
    [secret, { data: { password: 'not base64!' } }, 'illegal base64 data at input byte 3'],
  ])('%#', (type, value, message) => {
    expect(refusal(type, value)).toBe(message)
  })
})

test('unknown fields are named with their place, and dropped', () => {
  const { object, faults } = decode(deployment, {
    metadata: { name: 'web', label: {} },
    spec: { replica: 3, template: { spec: { containers: [{ env: [{ name: 'A', val: 'b' }], port: [] }] } } },
  })
  expect(faults.map(faultText)).toEqual([
    'unknown field "metadata.label"',
    'unknown field "spec.replica"',
    'unknown field "spec.template.spec.containers[0].env[0].val"',
    'unknown field "spec.template.spec.containers[0].port"',
  ])
  expect(JSON.stringify(object)).not.toContain('replica"')
})

test('an object is kept the one way Kubernetes writes it', () => {
  const { object } = decode(pod, {
    metadata: { name: 'p', labels: {}, creationTimestamp: null },
    spec: {
      hostNetwork: false,
      nodeName: '',
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'c', resources: { limits: { memory: '1024Mi', cpu: 0.5 } }, stdin: false, env: [] }],
    },
  })
  expect(object).toEqual({
    metadata: { name: 'p' },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'c', resources: { limits: { memory: '1Gi', cpu: '500m' } } }],
    },
    status: {},
  })
})

test('lists know how they merge', () => {
  expect(fieldAt(pod, ['spec', 'containers'])?.merge?.key).toBe('name')
  expect(fieldAt(pod, ['spec', 'containers', 'ports'])?.list).toEqual({
    type: 'map',
    keys: ['containerPort', 'protocol'],
  })
  expect(fieldAt(pod, ['metadata', 'finalizers'])?.merge?.key).toBe('')
  expect(fieldAt(pod, ['spec', 'volumes'])?.retainKeys).toBe(true)
  expect(fieldAt(pod, ['spec', 'tolerations'])?.merge).toBeUndefined()
})

test('a number or text that may be either is kept when it is 0: it says something', () => {
  const strategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  const { object } = decode(deployment, { spec: { strategy } }) as unknown as { object?: Record<string, unknown> }
  expect(JSON.stringify(object)).toContain('"maxUnavailable":0')
})

describe('base64 that is none is told by the byte at which Go stops', () => {
  test.each([
    ['YQ', 0],
    ['YQ=', 3],
    ['YQ=a', 2],
    ['YQ=\na', 3],
    ['YQ==b', 4],
    ['YWJj=', 4],
    ['Y\nQ', 1],
    ['hello world', 5],
  ])('%j', (text, at) => {
    expect(refusal(secret, { data: { a: text } })).toBe(`illegal base64 data at input byte ${at}`)
  })

  test('bytes may come as numbers', () => {
    expect(decode(secret, { data: { a: [104, 105] } }).object).toMatchObject({ data: { a: 'aGk=' } })
    expect(refusal(secret, { data: { a: [300] } })).toBe(
      'json: cannot unmarshal number 300 into Go struct field Secret.data of type uint8',
    )
  })
})

test('a union reads a schema without strictness, and only the one with a truth minds what else comes', () => {
  const schema = typeNamed('apiextensions/v1.JSONSchemaProps')!
  expect(decode(schema, { items: { zzz: 1 } }).faults).toEqual([])
  expect(refusal(schema, { additionalProperties: 'x' })).toBe('boolean or JSON schema expected')
})

test('what is no object at all is refused', () => {
  for (const [value, kind] of [
    [5, 'number'],
    ['x', 'string'],
    [[], 'array'],
  ] as const)
    expect(refusal(pod, value)).toBe(`json: cannot unmarshal ${kind} into Go value of type v1.Pod`)
})

test('null leaves a field as it is; in a list or map it is the zero of its type', () => {
  const { object } = decode(pod, {
    spec: { containers: [null, { name: 'a', resources: { limits: { cpu: null } } }], nodeSelector: { a: null } },
  })
  expect(object).toEqual({
    metadata: {},
    spec: {
      containers: [
        { name: '', resources: {} },
        { name: 'a', resources: { limits: { cpu: '0' } } },
      ],
      nodeSelector: { a: '' },
    },
    status: {},
  })
})

test('a field that comes again is told each time, with its place; no more than a hundred are', () => {
  const labels = { a: '1', b: '2' }
  const metadata = { name: 'p', labels }
  const { faults } = decode(
    pod,
    { metadata },
    new Map<object, string[]>([
      [metadata, ['name', 'labels', 'name', 'name']],
      [labels, ['a', 'b', 'a']],
    ]),
  )
  expect(faults.map(faultText)).toEqual([
    'duplicate field "metadata.labels.a"',
    'duplicate field "metadata.name"',
    'duplicate field "metadata.name"',
  ])
  const many = Object.fromEntries([...Array(150)].map((_, i) => [`f${i}`, 1]))
  expect(decode(pod, many).faults).toHaveLength(100)
})

test('a whole number has to be written as one, and to fit', () => {
  const replicas = (value: number, written?: string): string | undefined => {
    const spec = { replicas: value }
    const literals = written === undefined ? undefined : new Map([[spec, new Map([['replicas', written]])]])
    try {
      decode(deployment, { spec }, undefined, literals)
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  }
  const refused = (number: string): string =>
    `json: cannot unmarshal number ${number} into Go struct field DeploymentSpec.spec.replicas of type int32`
  expect([replicas(2147483647), replicas(-2147483648), replicas(3, '3')]).toEqual([undefined, undefined, undefined])
  expect(replicas(3, '3.0')).toBe(refused('3.0'))
  expect(replicas(1000, '1e3')).toBe(refused('1e3'))
  expect(replicas(2147483648)).toBe(refused('2147483648'))
  expect(replicas(-2147483649)).toBe(refused('-2147483649'))
})

test('a key of a map may be any word', () => {
  const { object } = decode(configMap, { data: JSON.parse('{"__proto__":"x","b":"y"}') })
  expect(JSON.stringify(object)).toBe('{"data":{"__proto__":"x","b":"y"},"metadata":{}}')
})

test('where a schema may stand, so may what stands for one: a list of them, or yes and no', () => {
  const crd = schemaOf({ group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition' })!
  const of = (openAPIV3Schema: object): object => ({ spec: { versions: [{ schema: { openAPIV3Schema } }] } })
  const schema = {
    items: [{ type: 'string' }],
    additionalProperties: true,
    properties: { a: { additionalProperties: { type: 'x' }, items: { type: 'y' } } },
    default: { any: [1, null] },
  }
  expect(JSON.stringify(decode(crd, of(schema)).object)).toContain(JSON.stringify(schema))
})
