/** Columns of Tables and their descriptions. */
import { describe, expect, it } from 'vitest'
import { resourceOf } from '../../api/kind.ts'
import { kinds } from '../../api/kinds/index.ts'
import { COLUMN_WORDS } from '../../api/schema/column-words.ts'
import { testApi } from '../testing.ts'
import { columnDefinitions } from './columns.ts'

const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }

describe('the columns of a Table say what they show', () => {
  it('in the words of its printer, or of the field', async () => {
    const { json } = await testApi().call('GET', '/api/v1/namespaces/default/pods', undefined, TABLE)
    expect(json.columnDefinitions.slice(0, 3)).toEqual([
      {
        name: 'Name',
        type: 'string',
        format: 'name',
        description: expect.stringMatching(/^Name must be/),
        priority: 0,
      },
      {
        name: 'Ready',
        type: 'string',
        format: '',
        description: 'The aggregate readiness state of this pod for accepting traffic.',
        priority: 0,
      },
      {
        name: 'Status',
        type: 'string',
        format: '',
        description: 'The aggregate status of the containers in this pod.',
        priority: 0,
      },
    ])
    expect(json.columnDefinitions[4].description).toMatch(/in UTC\.\n\nPopulated by the system\./)
  })

  it('both versions of a kind alike', () => {
    const [v1, v2] = ['v1', 'v2'].map(v => kinds.find(k => k.group === 'autoscaling' && k.version === v)!)
    expect(columnDefinitions(v1!)).toEqual(columnDefinitions(v2!))
    expect(columnDefinitions(v1!)).toContainEqual(
      expect.objectContaining({
        name: 'MinPods',
        description: expect.stringMatching(/^minReplicas is the lower limit/),
      }),
    )
  })

  it('of every kind, but where Kubernetes asks for words that do not exist', () => {
    const silent = kinds.flatMap(kind =>
      columnDefinitions(kind)
        .filter(c => !(c as { description: string }).description)
        .map(c => `${resourceOf(kind)} ${(c as { name: string }).name}`),
    )
    expect(silent).toEqual(['runtimeclasses.node.k8s.io Handler'])
    const known = new Set(['Scale', ...kinds.map(resourceOf)])
    expect(Object.keys(COLUMN_WORDS).filter(resource => !known.has(resource))).toEqual([])
  })

  it('a definition without words names the path', async () => {
    const { call } = testApi()
    const version = (name: string, columns: object[]): object => ({
      name,
      served: true,
      storage: name === 'v1',
      schema: {
        openAPIV3Schema: {
          type: 'object',
          properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      },
      additionalPrinterColumns: columns,
    })
    const made = await call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'widgets', kind: 'Widget' },
        versions: [
          version('v1', [
            { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
            { name: 'Age', type: 'date', jsonPath: '.spec.since', description: 'how long' },
          ]),
          version('v2', []),
        ],
      },
    })
    expect(made.status).toBe(201)
    const told = async (version: string): Promise<unknown> =>
      (await call('GET', `/apis/example.com/${version}/widgets`, undefined, TABLE)).json.columnDefinitions.map(
        (c: { name: string; description: string }) => [c.name, c.description],
      )
    expect(await told('v1')).toEqual([
      ['Name', expect.stringMatching(/^Name must be/)],
      ['Size', 'Custom resource definition column (in JSONPath format): .spec.size'],
      ['Age', 'how long'],
    ])
    expect(await told('v2')).toEqual([
      ['Name', expect.stringMatching(/^Name must be/)],
      ['Age', expect.stringMatching(/^CreationTimestamp is/)],
    ])
  })
})
