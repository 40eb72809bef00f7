/** Fields that nobody knows and keys that come twice: told, refused or passed over, in the words of each way of writing. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments'
const APPLY = { 'content-type': 'application/apply-patch+yaml' }
const spec = `selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec: {containers: [{name: app, image: x}]}`
const manifest = (more: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  ${more}\n  ${spec}\n`

describe('strict validation of fields', () => {
  it('tells faults in the order in which they stand', async () => {
    const { call } = testApi()
    const body = '{"metadata":{"name":"web"},"spec":{"nobody":1,"replicas":1,"replicas":2,"knows":2}}'
    const { status, json } = await call('POST', `${DEPLOYMENTS}?fieldValidation=Strict`, body)
    expect(status).toBe(400)
    expect(json.message).toContain(
      'strict decoding error: unknown field "spec.nobody", duplicate field "spec.replicas", unknown field "spec.knows"',
    )
  })

  it('tells of YAML in which line a key comes again', async () => {
    const { call } = testApi()
    const yaml = manifest('replicas: 1\n  replicas: 2')
    const type = { 'content-type': 'application/yaml' }
    const posted = await call('POST', `${DEPLOYMENTS}?fieldValidation=Strict`, yaml, type)
    expect(posted.json.message).toContain(
      'strict decoding error: yaml: unmarshal errors:\n  line 6: key "replicas" already set in map',
    )
    const query = 'fieldManager=me&fieldValidation'
    const applied = await call('PATCH', `${DEPLOYMENTS}/web?${query}=Strict`, yaml, APPLY)
    expect(applied.json.message).toBe(
      'error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 6: key "replicas" already set in map',
    )
    const warned = await call('PATCH', `${DEPLOYMENTS}/web?${query}=Warn`, yaml, APPLY)
    expect([warned.status, warned.headers.get('warning')]).toEqual([
      201,
      expect.stringContaining('key \\"replicas\\" already set in map'),
    ])
  })

  it('tells of custom resources first what comes again, then what nobody knows', async () => {
    const { call } = testApi()
    const openAPIV3Schema = {
      type: 'object',
      properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
    }
    await call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'widgets', kind: 'Widget' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
      },
    })
    const body = '{"metadata":{"name":"w"},"spec":{"z":1,"size":1,"size":2,"a":2}}'
    const path = '/apis/example.com/v1/namespaces/default/widgets?fieldValidation=Strict'
    expect((await call('POST', path, body)).json.message).toContain(
      'strict decoding error: duplicate field "spec.size", unknown field "spec.a", unknown field "spec.z"',
    )
  })

  it('refuses from an applied custom resource what its schema does not declare; entries of its lists are owned by their keys', async () => {
    const { call } = testApi()
    const port = {
      type: 'object',
      required: ['number'],
      properties: { number: { type: 'integer' }, protocol: { type: 'string', default: 'UDP' } },
    }
    const ports = {
      type: 'array',
      items: port,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['number', 'protocol'],
    }
    const free = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
    const inner = {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    }
    const spec = { type: 'object', properties: { ports, free, inner } }
    await call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Cluster',
        names: { plural: 'widgets', kind: 'Widget' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
          },
        ],
      },
    })
    const path = '/apis/example.com/v1/widgets/w?fieldManager=me'
    const widget = (metadata: string, more: string): string =>
      `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w${metadata}}\n${more}\n`
    const wrong = widget(
      ', near: 1',
      'wide: 2\nspec: {size: 3, free: {a: 4}, inner: {metadata: {far: 5}}, ports: [{number: x}]}',
    )
    const refused = await call('PATCH', path, wrong, APPLY)
    expect([refused.status, refused.json.message]).toEqual([
      500,
      `failed to create typed patch object (/w; example.com/v1, Kind=Widget): errors:
  .metadata.near: field not declared in schema
  .wide: field not declared in schema
  .spec.size: field not declared in schema
  .spec.inner.metadata.far: field not declared in schema
  .spec.ports[number="x",protocol="UDP"].number: expected numeric (int or float), got string`,
    ])
    const applied = await call('PATCH', path, widget('', 'spec: {free: {a: 4}, ports: [{number: 80}]}'), APPLY)
    expect(applied.json.metadata.managedFields[0].fieldsV1).toEqual({
      'f:spec': {
        'f:free': { 'f:a': {} },
        'f:ports': { 'k:{"number":80,"protocol":"UDP"}': { '.': {}, 'f:number': {} } },
      },
    })
  })

  it('refuses what has no owner from an applied configuration, whatever validation is asked for', async () => {
    const { call } = testApi()
    const unknown = manifest('nobody: 1').replace('image: x', 'image: x, knows: 2')
    const { status, json } = await call('PATCH', `${DEPLOYMENTS}/web?fieldManager=me`, unknown, APPLY)
    expect(status).toBe(500)
    expect(json.message).toBe(
      `failed to create typed patch object (/web; apps/v1, Kind=Deployment): errors:
  .spec.nobody: field not declared in schema
  .spec.template.spec.containers[name="app"].knows: field not declared in schema`,
    )
  })
})

it('a review can be had as it is only', async () => {
  const { call } = testApi()
  const body = { spec: { nonResourceAttributes: { path: '/', verb: 'get' } } }
  const accept = (accept: string) =>
    call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body, { accept })
  const table = 'application/json;as=Table;v=v1;g=meta.k8s.io'
  expect((await accept(table)).status).toBe(406)
  expect((await accept(`${table},application/json`)).json.kind).toBe('SelfSubjectAccessReview')
})

it('events of events.k8s.io are chosen by its own words for their fields', async () => {
  const { call } = testApi()
  const path = '/apis/events.k8s.io/v1/namespaces/default/events'
  const event = (name: string, reportingController: string) => ({
    metadata: { name },
    eventTime: '2026-01-01T00:00:00.000000Z',
    reportingController,
    reportingInstance: 'i',
    action: 'Do',
    reason: 'Done',
    type: 'Normal',
    regarding: { kind: 'Pod', namespace: 'default', name: 'web' },
  })
  await call('POST', path, event('a', 'mine'))
  await call('POST', path, event('b', 'other'))
  const chosen = await call('GET', `${path}?fieldSelector=reportingController%3Dmine,regarding.name%3Dweb`)
  expect(chosen.json.items.map((e: { metadata: { name: string } }) => e.metadata.name)).toEqual(['a'])
  const core = await call('GET', `${path}?fieldSelector=involvedObject.name%3Dweb`)
  expect(core.json.message).toContain('field label not supported: involvedObject.name')
})
