/** The OpenAPI documents that the server publishes. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'
import { digestOf } from './digest.ts'

type Digests = Record<string, string>
const published: { v2: Record<'paths' | 'definitions' | 'parameters', Digests>; v3: Digests } = JSON.parse(
  readFileSync(new URL('./testdata/published.json', import.meta.url), 'utf8'),
)

const digests = (of: object): Digests =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, digestOf(value)]))

const WIDGETS = {
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
        subresources: { status: {}, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: { type: 'object', properties: { size: { type: 'integer' } } },
              status: { type: 'object', properties: { size: { type: 'integer' } } },
            },
          },
        },
      },
    ],
  },
}

describe('OpenAPI', () => {
  it('v2 holds the paths, parameters and definitions that Kubernetes publishes of what is on by default', async () => {
    const { json } = await testApi().call('GET', '/openapi/v2')
    for (const part of ['paths', 'definitions', 'parameters'] as const)
      expect(digests(json[part])).toEqual(published.v2[part])
    const { paths: _, definitions, parameters: _parameters, ...rest } = json
    expect(rest).toEqual({
      swagger: '2.0',
      info: { title: 'Kubernetes', version: 'v1.36.2' },
      securityDefinitions: {
        BearerToken: {
          description: 'Bearer Token authentication',
          in: 'header',
          name: 'authorization',
          type: 'apiKey',
        },
      },
      security: [{ BearerToken: [] }],
    })
    const { restartPolicy } = definitions['io.k8s.api.core.v1.PodSpec'].properties
    expect(restartPolicy.enum).toEqual(['Always', 'Never', 'OnFailure'])
    expect(restartPolicy.description).toContain('\n\nPossible enum values:\n - `"Always"`\n - `"Never"`')
  })

  it('v3 has the documents that Kubernetes publishes, each the same', async () => {
    const { call } = testApi()
    const { paths } = (await call('GET', '/openapi/v3')).json
    const documents: Record<string, unknown> = {}
    for (const [path, { serverRelativeURL }] of Object.entries<{ serverRelativeURL: string }>(paths))
      documents[path] = (await call('GET', serverRelativeURL)).json
    expect(digests(documents)).toEqual(published.v3)
  })

  it('v3 is asked for again and again, and follows a definition that changes', async () => {
    const { call } = testApi()
    const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    const spec = async () =>
      (await call('GET', '/openapi/v3/apis/example.com/v1')).json.components.schemas['com.example.v1.Widget'].properties
        .spec.properties
    await call('POST', definitions, WIDGETS)
    expect(await spec()).toEqual({ size: { type: 'integer' } })
    expect(await spec()).toEqual({ size: { type: 'integer' } })
    const colour = { op: 'add', path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/colour' }
    await call('PATCH', `${definitions}/widgets.example.com`, [{ ...colour, value: { type: 'string' } }], {
      'content-type': 'application/json-patch+json',
    })
    expect(await spec()).toEqual({ size: { type: 'integer' }, colour: { type: 'string' } })
  })

  it('tells of custom resources what their definitions say', async () => {
    const { call } = testApi()
    await call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', WIDGETS)
    const { json } = await call('GET', '/openapi/v3/apis/example.com/v1')
    const item = '/apis/example.com/v1/namespaces/{namespace}/widgets/{name}'
    expect(Object.keys(json.paths)).toEqual([
      '/apis/example.com/v1/namespaces/{namespace}/widgets',
      item,
      `${item}/scale`,
      `${item}/status`,
      '/apis/example.com/v1/widgets',
    ])
    expect(json.info).toEqual({ title: 'Kubernetes CRD Swagger', version: 'v0.1.0' })
    expect(json.paths[item].patch).toMatchObject({
      operationId: 'patchExampleComV1NamespacedWidget',
      description: 'partially update the specified Widget',
      tags: ['exampleCom_v1'],
      'x-kubernetes-action': 'patch',
    })
    expect(Object.keys(json.paths[item].patch.requestBody.content)).toEqual([
      'application/apply-patch+yaml',
      'application/json-patch+json',
      'application/merge-patch+json',
    ])
    const model = 'com.example.v1.WidgetList'
    expect(json.components.schemas[model]).toMatchObject({
      description: 'WidgetList is a list of Widget',
      required: ['items'],
      'x-kubernetes-group-version-kind': [{ group: 'example.com', kind: 'WidgetList', version: 'v1' }],
    })
    const v2 = (await call('GET', '/openapi/v2')).json
    expect(v2.definitions[model].properties.items.items).toEqual({ $ref: '#/definitions/com.example.v1.Widget' })
    expect(v2.paths[item].put.consumes).toEqual(['application/json', 'application/yaml'])
    expect(v2.paths[`${item}/scale`].get.responses['200'].schema).toEqual({
      $ref: '#/definitions/io.k8s.api.autoscaling.v1.Scale',
    })
  })
})
