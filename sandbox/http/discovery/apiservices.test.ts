/** The APIServices that a server has by itself, what they do to discovery, and those of custom resources. */
import { describe, expect, it } from 'vitest'
import { bootstrapApiServices } from '../../api/aggregation/local.ts'
import { testApi } from '../testing.ts'

const SERVICES = '/apis/apiregistration.k8s.io/v1/apiservices'
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const MERGE = { 'content-type': 'application/merge-patch+json' }
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }
const MANAGED = 'kube-aggregator.kubernetes.io/automanaged'

const version = (name: string, storage = false, served = true) => ({
  name,
  served,
  storage,
  schema: { openAPIV3Schema: { type: 'object' } },
  subresources: { status: {}, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } },
})
const definition = (...versions: object[]) => ({
  metadata: { name: 'widgets.example.com' },
  spec: { group: 'example.com', scope: 'Namespaced', names: { plural: 'widgets', kind: 'Widget' }, versions },
})

describe('the groups of the server itself', () => {
  it('have an APIService each, which are local and available', async () => {
    const { call } = testApi()
    const { json } = await call('GET', SERVICES, undefined, TABLE)
    const rows: unknown[][] = json.rows.map((row: { cells: unknown[] }) => row.cells.slice(0, 3))
    expect(rows).toHaveLength(21)
    expect(rows.slice(0, 3)).toEqual([
      ['v1.', 'Local', 'True'],
      ['v1.admissionregistration.k8s.io', 'Local', 'True'],
      ['v1.apiextensions.k8s.io', 'Local', 'True'],
    ])
    const { json: hpa } = await call('GET', `${SERVICES}/v2.autoscaling`)
    expect(hpa).toMatchObject({
      metadata: { labels: { [MANAGED]: 'onstart' } },
      spec: { group: 'autoscaling', groupPriorityMinimum: 17500, version: 'v2', versionPriority: 30 },
      status: { conditions: [{ type: 'Available', status: 'True', reason: 'Local' }] },
    })
  })

  it('may be labelled, though a name like v1. is no domain', async () => {
    const { call } = testApi()
    expect((await call('PATCH', `${SERVICES}/v1.`, { metadata: { labels: { seen: 'yes' } } }, MERGE)).status).toBe(200)
  })

  it('are listed in the order that these say', async () => {
    const { call } = testApi()
    const names = async (): Promise<string[]> =>
      (await call('GET', '/apis')).json.groups.map((g: { name: string }) => g.name)
    expect((await names()).slice(0, 4)).toEqual([
      'apiregistration.k8s.io',
      'apps',
      'events.k8s.io',
      'authentication.k8s.io',
    ])
    expect((await names()).slice(-3)).toEqual(['discovery.k8s.io', 'resource.k8s.io', 'flowcontrol.apiserver.k8s.io'])
    await call('PATCH', `${SERVICES}/v1.batch`, { spec: { groupPriorityMinimum: 19000 } }, MERGE)
    expect((await names())[1]).toBe('batch')
  })

  it('get theirs back when the server starts again, not before', async () => {
    const { call, clock, server } = testApi()
    await call('DELETE', `${SERVICES}/v1.batch`)
    await call('PATCH', `${SERVICES}/v1.apps`, { spec: { versionPriority: 3 } }, MERGE)
    await clock.advance(1000)
    expect((await call('GET', `${SERVICES}/v1.batch`)).status).toBe(404)
    expect((await call('GET', '/apis/batch/v1/jobs')).status).toBe(200)
    bootstrapApiServices(server)
    expect((await call('GET', `${SERVICES}/v1.batch`)).status).toBe(200)
    expect((await call('GET', `${SERVICES}/v1.apps`)).json.spec.versionPriority).toBe(15)
  })
})

describe('a custom resource', () => {
  it('has an APIService for each version that is served, as long as it is', async () => {
    const { call, clock } = testApi()
    const names = async (): Promise<string[]> => {
      await clock.advance(10)
      const { json } = await call('GET', SERVICES)
      return json.items
        .map((i: { metadata: { name: string } }) => i.metadata.name)
        .filter((n: string) => /example/.test(n))
    }
    await call(
      'POST',
      DEFINITIONS,
      definition(version('v1', true), version('v1beta1'), version('v1alpha1', false, false)),
    )
    expect(await names()).toEqual(['v1.example.com', 'v1beta1.example.com'])
    const { json } = await call('GET', `${SERVICES}/v1.example.com`)
    expect(json).toMatchObject({
      metadata: { labels: { [MANAGED]: 'true' } },
      spec: { group: 'example.com', groupPriorityMinimum: 1000, version: 'v1', versionPriority: 100 },
      status: { conditions: [{ type: 'Available', status: 'True', reason: 'Local' }] },
    })
    await call('DELETE', `${SERVICES}/v1.example.com`)
    await call('PATCH', `${SERVICES}/v1beta1.example.com`, { spec: { versionPriority: 7 } }, MERGE)
    expect(await names()).toEqual(['v1.example.com', 'v1beta1.example.com'])
    expect((await call('GET', `${SERVICES}/v1beta1.example.com`)).json.spec.versionPriority).toBe(100)
    const withdrawn = definition(version('v1', true), version('v1beta1', false, false)).spec
    await call('PATCH', `${DEFINITIONS}/widgets.example.com`, { spec: withdrawn }, MERGE)
    expect(await names()).toEqual(['v1.example.com'])
    await call('DELETE', `${DEFINITIONS}/widgets.example.com`)
    expect(await names()).toEqual([])
  })

  it('is discovered with the verbs and subresources in the order of custom resources', async () => {
    const { call, clock } = testApi()
    await call('POST', DEFINITIONS, definition(version('v1', true)))
    await clock.advance(10)
    const { resources } = (await call('GET', '/apis/example.com/v1')).json
    expect(resources.map((r: { name: string }) => r.name)).toEqual(['widgets', 'widgets/status', 'widgets/scale'])
    expect(resources[0].verbs.join()).toBe('delete,deletecollection,get,list,patch,create,update,watch')
  })
})

describe('discovery tells the version in which a kind is kept, as a hash', () => {
  // As every real cluster lists them.
  const KNOWN = [
    ['/api/v1', 'pods', 'xPOwRZ+Yhw8='],
    ['/api/v1', 'configmaps', 'qFsyl6wFWjQ='],
    ['/api/v1', 'bindings', undefined],
    ['/api/v1', 'pods/status', undefined],
    ['/apis/apps/v1', 'deployments', '8aSe+NMegvE='],
    ['/apis/autoscaling/v1', 'horizontalpodautoscalers', 'qwQve8ut294='],
    ['/apis/events.k8s.io/v1', 'events', 'r2yiGXH7wu8='],
  ] as const
  it.each(KNOWN)('%s %s', async (path, name, hash) => {
    const { resources } = (await testApi().call('GET', path)).json
    expect(resources.find((r: { name: string }) => r.name === name).storageVersionHash).toBe(hash)
  })
  it('also of custom resources, all versions alike', async () => {
    const { call, clock } = testApi()
    await call('POST', DEFINITIONS, definition(version('v2', true), version('v1')))
    await clock.advance(10)
    const hashes = await Promise.all(
      ['v1', 'v2'].map(async v => (await call('GET', `/apis/example.com/${v}`)).json.resources[0].storageVersionHash),
    )
    expect(hashes[0]).toMatch(/^[\w+/]{11}=$/)
    expect(hashes[1]).toBe(hashes[0])
  })
})
