/** Requests through a subresource change what it is for, and the metadata that came along. */
import { describe, expect, it } from 'vitest'
import { testApi } from './testing.ts'

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
})
