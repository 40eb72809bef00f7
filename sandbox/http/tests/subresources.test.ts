/** Requests through a subresource change what it is for, and the metadata that came along. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const MERGE = { 'content-type': 'application/merge-patch+json' }
const REQUESTS = '/apis/certificates.k8s.io/v1/certificatesigningrequests'
const PEM = btoa('-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n')

describe('subresources', () => {
  it('an approval may bring annotations, and nothing of the spec', async () => {
    const { call } = testApi()
    const spec = { request: PEM, signerName: 'example.com/x', usages: ['client auth'] }
    await call('POST', REQUESTS, { metadata: { name: 'mine' }, spec })
    const condition = { type: 'Noted', status: 'True', reason: 'Seen' }
    const body = {
      metadata: { annotations: { seen: 'yes' } },
      spec: { usages: ['server auth'] },
      status: { conditions: [condition] },
    }
    const { json } = await call('PATCH', `${REQUESTS}/mine/approval`, body, MERGE)
    expect(json.metadata.annotations).toEqual({ seen: 'yes' })
    expect(json.status.conditions[0]).toMatchObject(condition)
    expect(json.spec.usages).toEqual(['client auth'])
  })

  it('finalizing a namespace keeps its labels and takes new ones', async () => {
    const { call } = testApi()
    const made = await call('POST', '/api/v1/namespaces', { metadata: { name: 'n', labels: { a: '1' } } })
    const object = { ...made.json, spec: { finalizers: ['kubernetes', 'example.com/mine'] } }
    object.metadata = { ...object.metadata, labels: { a: '1', b: '2' } }
    const { json } = await call('PUT', '/api/v1/namespaces/n/finalize', object)
    expect(json.spec.finalizers).toEqual(['kubernetes', 'example.com/mine'])
    expect(json.metadata.labels).toMatchObject({ a: '1', b: '2' })
    object.metadata = { ...json.metadata, labels: { '-': '' } }
    expect((await call('PUT', '/api/v1/namespaces/n/finalize', object)).status).toBe(422)
  })

  it('a scale is an object with types of its own', async () => {
    const { call } = testApi()
    const path = '/apis/apps/v1/namespaces/default/deployments'
    const labels = { app: 'web' }
    const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } }
    await call('POST', path, { metadata: { name: 'web' }, spec: { selector: { matchLabels: labels }, template } })
    const bad = await call('PATCH', `${path}/web/scale`, { spec: { replicas: 'x' } }, MERGE)
    expect([bad.status, bad.json.message]).toEqual([
      422,
      expect.stringContaining(
        'json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32',
      ),
    ])
    const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'web' }, spec: { replicas: 3 } }
    expect((await call('PUT', `${path}/web/scale`, scale)).json.spec.replicas).toBe(3)
    const table = await call('GET', `${path}/web/scale`, undefined, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    })
    expect(table.json.columnDefinitions.map((c: { name: string }) => c.name).join()).toBe('Name,Desired,Available,Age')
    expect(table.json.rows[0].cells.slice(0, 3)).toEqual(['web', 3, 0])
    const wrong = await call('PUT', `${path}/web/scale`, { ...scale, apiVersion: 'apps/v1' })
    expect(wrong.json.message).toContain('no kind "Scale" is registered for version "apps/v1"')
  })

  it('a namespace is finalized by PUT only', async () => {
    const { call } = testApi()
    expect((await call('GET', '/api/v1/namespaces/default/finalize')).status).toBe(405)
  })
})

it('options of a deletion are checked, wherever they stand', async () => {
  const { call } = testApi()
  const path = '/api/v1/namespaces/default/configmaps/a'
  await call('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'a' } })
  const both = { kind: 'DeleteOptions', apiVersion: 'v1', orphanDependents: true, propagationPolicy: 'Orphan' }
  expect((await call('DELETE', path, both)).json.message).toBe(
    'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
  )
  expect((await call('DELETE', `${path}?propagationPolicy=Sometimes`)).json.message).toContain(
    'propagationPolicy: Unsupported value: "Sometimes": supported values: "Foreground", "Background", "Orphan", "nil"',
  )
  expect((await call('DELETE', path, { gracePeriodSeconds: 'x' })).json.message).toBe(
    'json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
  )
})
