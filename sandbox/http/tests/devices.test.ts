/** resource.k8s.io: what may be claimed, offered and classed, and how such objects may change. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const GROUP = '/apis/resource.k8s.io/v1'
const CLAIMS = `${GROUP}/namespaces/default/resourceclaims`

const claim = (requests: unknown[] = [{ name: 'gpu', exactly: { deviceClassName: 'gpu.example.com' } }]) => ({
  metadata: { name: 'mine' },
  spec: { devices: { requests } },
})
const slice = (spec: object = {}) => ({
  metadata: { name: 'node-1-gpu' },
  spec: {
    driver: 'gpu.example.com',
    pool: { name: 'node-1', generation: 1, resourceSliceCount: 1 },
    nodeName: 'node-1',
    ...spec,
  },
})

describe('devices', () => {
  it('a claim counts one device unless it says otherwise, and waits', async () => {
    const { call } = testApi()
    const { json } = await call('POST', CLAIMS, claim())
    expect(json.spec.devices.requests[0].exactly).toMatchObject({ allocationMode: 'ExactCount', count: 1 })
    const table = await call('GET', CLAIMS, undefined, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' })
    expect(table.json.rows[0].cells.slice(0, 2)).toEqual(['mine', 'pending'])
  })

  it('the spec of a claim is immutable; its allocation is written into its status, once', async () => {
    const { call } = testApi()
    const { json } = await call('POST', CLAIMS, claim())
    const other = { ...json, spec: claim([{ name: 'x', exactly: { deviceClassName: 'y' } }]).spec }
    expect((await call('PUT', `${CLAIMS}/mine`, other)).json.message).toContain('spec: Invalid value')
    const device = { request: 'gpu', driver: 'gpu.example.com', pool: 'node-1', device: 'gpu-0' }
    const given = { allocation: { devices: { results: [device] } } }
    const patch = (status: object) =>
      call('PATCH', `${CLAIMS}/mine/status`, { status }, { 'content-type': 'application/merge-patch+json' })
    const consumer = { resource: 'pods', name: 'web', uid: '1' }
    expect((await patch({ reservedFor: [consumer] })).json.message).toContain(
      'status.reservedFor: Forbidden: may not be specified when `allocated` is not set',
    )
    expect((await patch(given)).status).toBe(200)
    expect((await patch({ reservedFor: [consumer] })).status).toBe(200)
    const moved = { allocation: { devices: { results: [{ ...device, device: 'gpu-1' }] } } }
    expect((await patch(moved)).json.message).toContain('field is immutable')
  })

  it('a request is of one form, and names are those of the claim', async () => {
    const { call } = testApi()
    const wrong = await call('POST', CLAIMS, {
      metadata: { name: 'mine' },
      spec: {
        devices: {
          requests: [{ name: 'a' }, { name: 'b', exactly: { deviceClassName: '', allocationMode: 'All', count: 2 } }],
          constraints: [{ requests: ['c'], matchAttribute: 'model' }],
          config: [{ requests: ['a'], opaque: { driver: 'x', parameters: 'text' } }],
        },
      },
    })
    for (const message of [
      'spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required',
      'spec.devices.requests[1].exactly.deviceClassName: Required value',
      "spec.devices.requests[1].exactly.count: Invalid value: 2: must not be specified when allocationMode is 'All'",
      'spec.devices.constraints[0].requests[0]: Invalid value: "c": must be the name of a request in the claim',
      'spec.devices.constraints[0].matchAttribute: Invalid value: "model": a fully qualified name must be a domain',
      'spec.devices.config[0].opaque.parameters: Invalid value: "<value omitted>": must be a valid JSON object',
    ])
      expect(wrong.json.message).toContain(message)
  })

  it('a class selects by an expression that can be understood', async () => {
    const { call } = testApi()
    const deviceClass = (expression: string) => ({
      metadata: { name: 'gpu.example.com' },
      spec: { selectors: [{ cel: { expression } }] },
    })
    const refused = await call('POST', `${GROUP}/deviceclasses`, deviceClass('device.driver =='))
    expect(refused.json.message).toContain('spec.selectors[0].cel.expression: Invalid value')
    const made = await call('POST', `${GROUP}/deviceclasses`, deviceClass('device.driver == "gpu.example.com"'))
    expect([made.status, made.json.metadata.generation]).toEqual([201, 1])
  })

  it('a slice is of one place, and its devices say what they are', async () => {
    const { call } = testApi()
    const SLICES = `${GROUP}/resourceslices`
    const nowhere = await call('POST', SLICES, slice({ nodeName: undefined }))
    expect(nowhere.json.message).toContain('exactly one of `nodeName`, `nodeSelector`, `allNodes`')
    const odd = await call(
      'POST',
      SLICES,
      slice({ devices: [{ name: 'Gpu', attributes: { model: {}, 'a-b': { version: '1' } } }] }),
    )
    for (const message of [
      'spec.devices[0].name: Invalid value: "Gpu"',
      'spec.devices[0].attributes[model]: Invalid value: "": exactly one value must be specified',
      'spec.devices[0].attributes[a-b]: Invalid value: "a-b": a valid C identifier',
      'spec.devices[0].attributes[a-b].version: Invalid value: "1": must be a string compatible with semver.org',
    ])
      expect(odd.json.message).toContain(message)
    expect((await call('POST', SLICES, slice({ devices: [{ name: 'gpu-0' }] }))).status).toBe(201)
    const { json } = await call('GET', `${SLICES}?fieldSelector=spec.driver%3Dgpu.example.com`)
    expect(json.items).toHaveLength(1)
  })
})
