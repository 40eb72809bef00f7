/** CustomResourceDefinitions and what is made of them: schemas checked, objects checked, versions, selectable fields. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const GROUP = '/apis/example.com'

const definition = (spec: object, more: object = {}) => ({
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', ...spec } } } },
        ...more,
      },
    ],
  },
})
const widget = (name: string, spec: object) => ({ metadata: { name }, spec })
const WIDGETS = `${GROUP}/v1/namespaces/default/widgets`

const causes = (json: { details: { causes: { field: string; message: string }[] } }): string[] =>
  json.details.causes.map(c => `${c.field}: ${c.message}`)

describe('a CustomResourceDefinition', () => {
  it('is refused for defaults that do not fit, rules that do not compile and lists that make no sense', async () => {
    const { call } = testApi()
    const at = 'spec.validation.openAPIV3Schema.properties[spec]'
    const bad = definition({ properties: { size: { type: 'integer', default: 'big' } } })
    expect(causes((await call('POST', DEFINITIONS, bad)).json)).toEqual([
      `${at}.properties[size].default: Invalid value: "string":  in body must be of type integer: "string"`,
    ])
    const rules = definition({
      properties: { size: { type: 'integer' } },
      'x-kubernetes-validations': [{ rule: 'self.sise > 1' }, { rule: 'self.size' }, { rule: ' ' }],
    })
    expect(causes((await call('POST', DEFINITIONS, rules)).json)).toEqual([
      `${at}.x-kubernetes-validations[2].rule: Required value: rule is not specified`,
    ])
    const compiled = definition({
      properties: { size: { type: 'integer' } },
      'x-kubernetes-validations': [{ rule: 'self.sise > 1' }, { rule: 'self.size' }],
    })
    const found = causes((await call('POST', DEFINITIONS, compiled)).json)
    expect(found[0]).toContain(
      "compilation failed: ERROR: <input>:1:5: undefined field 'sise'\n | self.sise > 1\n | ....^",
    )
    expect(found[1]).toMatch(/: cel expression must evaluate to a bool$/)
    const lists = definition({
      properties: { parts: { type: 'array', items: { type: 'object' }, 'x-kubernetes-list-type': 'map' } },
    })
    expect(causes((await call('POST', DEFINITIONS, lists)).json)).toEqual([
      `${at}.properties[parts].x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map`,
    ])
  })

  it('has to say who converts, when that is to be a webhook', async () => {
    const { call } = testApi()
    const { spec, ...rest } = definition({})
    const converting = async (conversion: object): Promise<string[]> =>
      causes((await call('POST', DEFINITIONS, { ...rest, spec: { ...spec, conversion } })).json)
    expect(await converting({ strategy: 'Webhook' })).toEqual([
      'spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook',
      'spec.conversion.conversionReviewVersions: Required value',
    ])
    const webhook = { clientConfig: {}, conversionReviewVersions: ['v2', 'v2'] }
    expect(await converting({ strategy: 'Webhook', webhook })).toEqual([
      'spec.conversion.webhookClientConfig: Required value: exactly one of url or service is required',
      'spec.conversion.conversionReviewVersions[1]: Invalid value: "v2": duplicate version',
      'spec.conversion.conversionReviewVersions: Invalid value: ["v2","v2"]: must include at least one of v1, v1beta1',
    ])
  })
})

describe('a definition that is deleted', () => {
  it('says so at once, takes no new objects, and stays until the last one has gone', async () => {
    const { call, clock } = testApi()
    await call('POST', DEFINITIONS, definition({}))
    await clock.advance(1000)
    expect((await call('GET', `${DEFINITIONS}/widgets.example.com`)).json.metadata.finalizers).toBeUndefined()
    await call('POST', WIDGETS, { metadata: { name: 'a', finalizers: ['example.com/hold'] } })
    const { metadata, status } = (await call('DELETE', `${DEFINITIONS}/widgets.example.com`)).json
    expect(metadata.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io'])
    expect(metadata.deletionGracePeriodSeconds).toBeUndefined()
    expect(status.conditions.at(-1)).toMatchObject({ type: 'Terminating', reason: 'InstanceDeletionPending' })
    expect((await call('POST', WIDGETS, { metadata: { name: 'b' } })).json.message).toBe(
      'widgets.example.com "b" is forbidden: create not allowed while custom resource definition is terminating',
    )
    await clock.advance(10_000)
    const held = (await call('GET', `${DEFINITIONS}/widgets.example.com`)).json
    expect(held.status.conditions.at(-1).reason).toBe('InstanceDeletionInProgress')
    await call(
      'PATCH',
      `${WIDGETS}/a`,
      { metadata: { finalizers: null } },
      { 'content-type': 'application/merge-patch+json' },
    )
    await clock.advance(5000)
    expect((await call('GET', `${DEFINITIONS}/widgets.example.com`)).status).toBe(404)
  })
})

describe('OpenAPI', () => {
  it('tells of custom kinds, in v2 without what that cannot say', async () => {
    const { call, clock } = testApi()
    const spec = {
      properties: {
        size: { type: 'integer', nullable: true },
        any: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
      },
      required: ['size'],
    }
    await call('POST', DEFINITIONS, definition(spec))
    const { definitions } = (await call('GET', '/openapi/v2')).json
    expect(definitions['com.example.v1.Widget'].properties.spec).toEqual({
      type: 'object',
      properties: {
        size: {},
        any: { 'x-kubernetes-preserve-unknown-fields': true },
        port: { 'x-kubernetes-int-or-string': true },
      },
    })
    const { schemas } = (await call('GET', '/openapi/v3/apis/example.com/v1')).json.components
    expect(schemas['com.example.v1.Widget'].properties.spec).toEqual({ type: 'object', ...spec })
    expect(schemas['com.example.v1.Widget'].properties.kind.description).toContain('Kind is a string value')
    await call('DELETE', `${DEFINITIONS}/widgets.example.com`)
    await clock.advance(1000)
    expect((await call('GET', '/openapi/v3/apis/example.com/v1')).status).toBe(404)
  })
})

describe('a custom resource', () => {
  it('is judged by rules in CEL, with their messages and values', async () => {
    const { call } = testApi()
    await call(
      'POST',
      DEFINITIONS,
      definition({
        properties: {
          size: { type: 'integer', 'x-kubernetes-validations': [{ rule: 'self < 10' }] },
          parts: { type: 'object', additionalProperties: { type: 'string' } },
          name: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'names stay' }] },
        },
        'x-kubernetes-validations': [{ rule: "self.parts['a'] == 'x'", message: 'a is x' }],
      }),
    )
    expect(causes((await call('POST', WIDGETS, widget('a', { size: 12, parts: {} }))).json)).toEqual([
      'spec: Invalid value: "object": no such key: a evaluating rule: a is x',
      'spec.size: Invalid value: 12: failed rule: self < 10',
    ])
    expect((await call('POST', WIDGETS, widget('a', { size: 1, parts: { a: 'x' }, name: 'n' }))).status).toBe(201)
    const patch = { 'content-type': 'application/merge-patch+json' }
    expect(causes((await call('PATCH', `${WIDGETS}/a`, { spec: { name: 'm' } }, patch)).json)).toEqual([
      'spec.name: Invalid value: "m": names stay',
    ])
  })

  it('may be changed elsewhere when its schema has become stricter', async () => {
    const { call } = testApi()
    await call(
      'POST',
      DEFINITIONS,
      definition({ properties: { size: { type: 'integer' }, color: { type: 'string' } } }),
    )
    await call('POST', WIDGETS, widget('a', { size: 12 }))
    const { json: crd } = await call('GET', `${DEFINITIONS}/widgets.example.com`)
    crd.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.size.maximum = 10
    expect((await call('PUT', `${DEFINITIONS}/widgets.example.com`, crd)).status).toBe(200)
    const patch = { 'content-type': 'application/merge-patch+json' }
    expect((await call('PATCH', `${WIDGETS}/a`, { spec: { color: 'red' } }, patch)).status).toBe(200)
    expect((await call('PATCH', `${WIDGETS}/a`, { spec: { size: 13 } }, patch)).status).toBe(422)
  })

  it('is found by the fields that its definition makes selectable', async () => {
    const { call } = testApi()
    const fields = { selectableFields: [{ jsonPath: '.spec.color' }] }
    await call('POST', DEFINITIONS, definition({ properties: { color: { type: 'string' } } }, fields))
    await call('POST', WIDGETS, widget('a', { color: 'red' }))
    await call('POST', WIDGETS, widget('b', { color: 'blue' }))
    const { json } = await call('GET', `${WIDGETS}?fieldSelector=spec.color%3Dblue`)
    expect(json.items.map((o: { metadata: { name: string } }) => o.metadata.name)).toEqual(['b'])
    expect((await call('GET', `${WIDGETS}?fieldSelector=spec.size%3D1`)).status).toBe(400)
  })

  it('remembers every version that has been the one to keep objects in', async () => {
    const { call } = testApi()
    const { json } = await call('POST', DEFINITIONS, definition({}))
    const [v1] = json.spec.versions
    const versions = [
      { ...v1, storage: false },
      { ...v1, name: 'v2' },
    ]
    const changed = { ...json, spec: { ...json.spec, versions } }
    const { status, json: now } = await call('PUT', `${DEFINITIONS}/widgets.example.com`, changed)
    expect([status, now.status.storedVersions]).toEqual([200, ['v1', 'v2']])
  })

  it('knows the metadata of an object and of one within it, whatever the schema says of them', async () => {
    const { call } = testApi()
    const bare = definition({})
    Object.assign(bare.spec.versions[0]!.schema.openAPIV3Schema.properties, { metadata: { type: 'object' } })
    bare.metadata.name = 'gadgets.example.com'
    bare.spec.names = { plural: 'gadgets', kind: 'Gadget' }
    await call('POST', DEFINITIONS, bare)
    const gadgets = `${WIDGETS.replace('widgets', 'gadgets')}?fieldValidation=Strict`
    expect((await call('POST', gadgets, widget('g', {}))).status).toBe(201)
    const name = { type: 'object', properties: { name: { type: 'string' } } }
    const template = { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { metadata: name } }
    await call('POST', DEFINITIONS, definition({ properties: { template } }))
    const inner = { apiVersion: 'v1', kind: 'Inner', metadata: { name: 'i', labels: { a: 'b' }, nobody: 1 } }
    const kept = await call('POST', WIDGETS, widget('w', { template: inner }))
    expect(kept.json.spec.template.metadata).toEqual({ name: 'i', labels: { a: 'b' } })
    const strict = await call('POST', `${WIDGETS}?fieldValidation=Strict`, widget('s', { template: inner }))
    expect(strict.json.message).toContain('unknown field "spec.template.metadata.nobody"')
  })

  it('has defaults also for what was kept before they were thought of', async () => {
    const { call } = testApi()
    const size = { type: 'string' }
    await call('POST', DEFINITIONS, definition({ properties: { size } }))
    const { json: old } = await call('POST', WIDGETS, widget('w', {}))
    const path = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/default'
    const patch = { 'content-type': 'application/json-patch+json' }
    await call('PATCH', `${DEFINITIONS}/widgets.example.com`, [{ op: 'add', path, value: 'L' }], patch)
    const { json } = await call('GET', `${WIDGETS}/w`)
    expect([json.spec, json.metadata.resourceVersion]).toEqual([{ size: 'L' }, old.metadata.resourceVersion])
    expect((await call('GET', WIDGETS)).json.items[0].spec).toEqual({ size: 'L' })
  })

  it('is chosen by the fields of the version that is asked for', async () => {
    const { call } = testApi()
    const made = definition({ properties: { size: { type: 'string' }, color: { type: 'string' } } })
    const [v1] = made.spec.versions
    const chosenBy = (jsonPath: string) => ({ selectableFields: [{ jsonPath }] })
    const versions = [
      { ...v1, ...chosenBy('.spec.size') },
      { ...v1, name: 'v2', storage: false, ...chosenBy('.spec.color') },
    ]
    // Versions that share their schema share their fields as well, or have schemas of their own.
    const refused = await call('POST', DEFINITIONS, { ...made, spec: { ...made.spec, versions } })
    expect(refused.json.message).toContain(
      'spec.versions[0].selectableFields: Invalid value: "": may only be set when `version.schema.openAPIV3Schema` is not included',
    )
    Object.assign(versions[1]!, { schema: { openAPIV3Schema: { ...v1!.schema.openAPIV3Schema, title: 'second' } } })
    await call('POST', DEFINITIONS, { ...made, spec: { ...made.spec, versions } })
    await call('POST', WIDGETS, widget('a', { size: 'L', color: 'red' }))
    await call('POST', WIDGETS, widget('b', { size: 'L', color: 'blue' }))
    const inV2 = WIDGETS.replace('/v1/', '/v2/')
    const red = 'fieldSelector=spec.color%3Dred'
    const names = async (path: string) =>
      (await call('GET', path)).json.items?.map((o: { metadata: { name: string } }) => o.metadata.name)
    expect(await names(`${inV2}?${red}`)).toEqual(['a'])
    expect(await names(`${WIDGETS}?fieldSelector=spec.size%3DL`)).toEqual(['a', 'b'])
    expect((await call('GET', `${WIDGETS}?${red}`)).json).toMatchObject({
      code: 400,
      message: 'field label not supported: spec.color',
    })
    await call('DELETE', `${inV2}?${red}`)
    expect(await names(WIDGETS)).toEqual(['b'])
  })

  it('warns of a version that is going out of use', async () => {
    const { call } = testApi()
    const made = definition({}, { deprecated: true })
    const [v1] = made.spec.versions
    const v2 = { ...v1, name: 'v2', storage: false, deprecated: false, deprecationWarning: undefined }
    await call('POST', DEFINITIONS, { ...made, spec: { ...made.spec, versions: [v1, v2] } })
    const warning = async (path: string) => (await call('GET', path)).headers.get('warning')
    expect(await warning(WIDGETS)).toBe('299 - "example.com/v1 Widget is deprecated; use example.com/v2 Widget"')
    const both = { spec: { versions: [v1, { ...v2, deprecated: true, deprecationWarning: 'use gadgets' }] } }
    const merge = { 'content-type': 'application/merge-patch+json' }
    await call('PATCH', `${DEFINITIONS}/${made.metadata.name}`, both, merge)
    expect(await warning(WIDGETS)).toBe('299 - "example.com/v1 Widget is deprecated"')
    expect(await warning(WIDGETS.replace('/v1/', '/v2/'))).toBe('299 - "use gadgets"')
  })
})

it('the same in another order is no change of a custom resource', async () => {
  const { call } = testApi()
  await call('POST', DEFINITIONS, definition({ 'x-kubernetes-preserve-unknown-fields': true }))
  const { json } = await call('POST', WIDGETS, widget('a', { one: 1, two: { three: 3, four: 4 } }))
  const put = (spec: object) =>
    call('PUT', `${WIDGETS}/a`, { ...json, spec, metadata: { ...json.metadata, labels: { x: 'y' } } })
  const turned = await put({ two: { four: 4, three: 3 }, one: 1 })
  expect([turned.status, turned.json.metadata.generation]).toEqual([200, 1])
  json.metadata.resourceVersion = turned.json.metadata.resourceVersion
  expect((await put({ one: 2 })).json.metadata.generation).toBe(2)
})
