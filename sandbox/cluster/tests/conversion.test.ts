/** Conversion webhooks of custom resources, as the conformance suite deploys them. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import { isStream } from '../../http/exchange.ts'
import { AUTHORITY } from '../testdata/certificates.ts'
import type { World } from '../testing.ts'
import { ask, withServer } from '../testing-webhooks.ts'

const SERVICE = 'e2e-test-crd-conversion-webhook'
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const at = (version: string) => `/apis/stable.example.com/${version}/namespaces/default/crds`
const open = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }

const definition = (stored: string) => ({
  metadata: { name: 'crds.stable.example.com' },
  spec: {
    group: 'stable.example.com',
    scope: 'Namespaced',
    names: { plural: 'crds', singular: 'crd', kind: 'Crd', listKind: 'CrdList' },
    versions: ['v1', 'v2'].map(name => ({ name, served: true, storage: name === stored, schema: open })),
    conversion: {
      strategy: 'Webhook',
      webhook: {
        clientConfig: {
          caBundle: btoa(AUTHORITY),
          service: { namespace: 'default', name: SERVICE, path: '/crdconvert', port: 8443 },
        },
        conversionReviewVersions: ['v1', 'v1beta1'],
      },
    },
  },
})

async function withKind(stored = 'v1'): Promise<World> {
  const w = await withServer('crd-conversion-webhook', SERVICE)
  expect((await ask(w, 'POST', DEFINITIONS, definition(stored))).status).toBe(201)
  await w.wait(1)
  return w
}

const v1 = (name: string, hostPort = 'localhost:8080') => ({
  apiVersion: 'stable.example.com/v1',
  kind: 'Crd',
  metadata: { name },
  hostPort,
})

describe('a custom resource whose versions a webhook converts', () => {
  it('is read in another version than the one in which it was written', async () => {
    const w = await withKind()
    expect((await ask(w, 'POST', at('v1'), v1('a'))).json.hostPort).toBe('localhost:8080')
    const { json } = await ask(w, 'GET', `${at('v2')}/a`)
    expect(json).toMatchObject({ apiVersion: 'stable.example.com/v2', host: 'localhost', port: '8080' })
    expect(json.hostPort).toBeUndefined()
    const { host: _, port: __, ...rest } = json
    const written = await ask(w, 'PUT', `${at('v2')}/a`, { ...rest, host: 'there', port: '80' })
    expect(written.json).toMatchObject({ host: 'there', port: '80' })
    expect((await ask(w, 'GET', `${at('v1')}/a`)).json.hostPort).toBe('there:80')
  })

  it('is listed with others that are kept in another version', async () => {
    const w = await withKind()
    await ask(w, 'POST', at('v1'), v1('old'))
    const merge = 'application/merge-patch+json'
    await ask(w, 'PATCH', `${DEFINITIONS}/crds.stable.example.com`, { spec: definition('v2').spec }, merge)
    const made = { metadata: { name: 'new' }, apiVersion: 'stable.example.com/v2', kind: 'Crd', host: 'h', port: '1' }
    await ask(w, 'POST', at('v2'), made)
    const listed = async (version: string) =>
      (await ask(w, 'GET', at(version))).json.items.map(({ hostPort, host, port }: Record<string, string>) =>
        hostPort === undefined ? [host, port] : hostPort,
      )
    expect(await listed('v1')).toEqual(['h:1', 'localhost:8080'])
    expect(await listed('v2')).toEqual([
      ['h', '1'],
      ['localhost', '8080'],
    ])
  })

  it('is watched in either, in the order of what happened', async () => {
    const w = await withKind()
    const { body } = w.cluster.api.respond({
      method: 'GET',
      url: `${at('v2')}?watch=1`,
      headers: {},
      body: '',
      user: ADMIN,
    })
    const seen: unknown[] = []
    if (isStream(body))
      body.open(
        line => {
          const { type, object } = JSON.parse(line)
          seen.push([type, object.metadata.name, object.host])
        },
        () => {},
      )
    await ask(w, 'POST', at('v1'), v1('a', 'first:1'))
    await ask(w, 'POST', at('v1'), v1('b', 'second:2'))
    await ask(w, 'DELETE', `${at('v1')}/a`)
    await w.wait(1)
    expect(seen).toEqual([
      ['ADDED', 'a', 'first'],
      ['ADDED', 'b', 'second'],
      ['DELETED', 'a', 'first'],
    ])
  })

  it('is listed, watched and deleted by the fields of the version that is asked for', async () => {
    const w = await withServer('crd-conversion-webhook', SERVICE)
    const { spec, metadata } = definition('v1')
    const versions = spec.versions.map(version => {
      const fields = version.name === 'v1' ? ['hostPort'] : ['host', 'port']
      const properties = Object.fromEntries(fields.map(field => [field, { type: 'string' }]))
      const selectableFields = fields.map(field => ({ jsonPath: `.${field}` }))
      return { ...version, schema: { openAPIV3Schema: { type: 'object', properties } }, selectableFields }
    })
    const made = await ask(w, 'POST', DEFINITIONS, { metadata, spec: { ...spec, versions } })
    expect(made.status).toBe(201)
    await w.wait(1)
    const by = (selector: string) => `${at('v2')}?fieldSelector=${encodeURIComponent(selector)}`
    const names = async (url: string): Promise<string[]> =>
      (await ask(w, 'GET', url)).json.items.map((o: { metadata: { name: string } }) => o.metadata.name)
    const told: unknown[] = []
    const watched = `${by('host=left')}&watch=1`
    const { body } = w.cluster.api.respond({ method: 'GET', url: watched, headers: {}, body: '', user: ADMIN })
    if (isStream(body))
      body.open(
        line => told.push([JSON.parse(line).type, JSON.parse(line).object.metadata.name]),
        () => {},
      )
    await ask(w, 'POST', at('v1'), v1('a', 'left:1'))
    await ask(w, 'POST', at('v1'), v1('b', 'right:1'))
    await ask(w, 'POST', at('v1'), v1('c', 'left:2'))
    expect(await names(by('host=left'))).toEqual(['a', 'c'])
    expect(await names(by('host=left,port!=1'))).toEqual(['c'])
    expect((await ask(w, 'GET', by('hostPort=left:1'))).json.message).toContain('field label not supported: hostPort')
    await ask(w, 'DELETE', by('host=left,port=2'))
    expect(await names(at('v1'))).toEqual(['a', 'b'])
    await w.wait(1)
    expect(told).toEqual([
      ['ADDED', 'a'],
      ['ADDED', 'c'],
      ['DELETED', 'c'],
    ])
  })

  it('cannot be read when the webhook fails, and it is said why', async () => {
    const w = await withKind()
    await ask(w, 'POST', at('v1'), v1('odd', 'no port'))
    const { status, json } = await ask(w, 'GET', `${at('v2')}/odd`)
    expect([status, json.message]).toEqual([
      500,
      'conversion webhook for stable.example.com/v1, Kind=Crd failed: invalid hostPort value `no port`',
    ])
    await ask(w, 'DELETE', '/api/v1/namespaces/default/services/e2e-test-crd-conversion-webhook')
    expect((await ask(w, 'GET', `${at('v2')}/odd`)).json.message).toBe(
      'conversion webhook for stable.example.com/v1, Kind=Crd failed: Post "https://e2e-test-crd-conversion-webhook.default.svc:8443/crdconvert": service "e2e-test-crd-conversion-webhook" not found',
    )
  })
})
