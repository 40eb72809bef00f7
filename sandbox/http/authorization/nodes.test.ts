/** Node authorization: the rights of a client with the name of a node's kubelet. */
import { expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const CORE = '/api/v1/namespaces/default'
const SLICES = '/apis/resource.k8s.io/v1/resourceslices'
const AS_NODE = { 'impersonate-user': 'system:node:node-1' }
const MERGE = { ...AS_NODE, 'content-type': 'application/merge-patch+json' }

async function withPod(name: string, spec: object, metadata: object = {}) {
  const api = testApi()
  await api.call('POST', `${CORE}/serviceaccounts`, { metadata: { name: 'default' } })
  const containers = [{ name: 'c', image: 'i' }]
  await api.call('POST', `${CORE}/pods`, { metadata: { name, ...metadata }, spec: { containers, ...spec } })
  const status = async (path: string) => (await api.call('GET', path, undefined, AS_NODE)).status
  return { ...api, status }
}

it('it reads the Secrets that volumes of its Pods name, of whatever kind they are, and no others', async () => {
  const volumes = [
    { name: 'a', secret: { secretName: 'plain' } },
    { name: 'b', csi: { driver: 'd', nodePublishSecretRef: { name: 'for-driver' } } },
    { name: 'c', azureFile: { shareName: 's', secretName: 'for-share' } },
  ]
  const { status } = await withPod('web', { nodeName: 'node-1', volumes })
  // Without the right the answer is 403; with it, that there is none.
  for (const name of ['plain', 'for-driver', 'for-share']) expect(await status(`${CORE}/secrets/${name}`)).toBe(404)
  expect(await status(`${CORE}/secrets/other`)).toBe(403)
})

it('it sees the mirrors of its static Pods, but they open nothing', async () => {
  const { status } = await withPod(
    'mirror',
    { nodeName: 'node-1', volumes: [{ name: 'a', secret: { secretName: 's' } }] },
    { annotations: { 'kubernetes.io/config.mirror': 'x' } },
  )
  expect(await status(`${CORE}/pods/mirror`)).toBe(200)
  expect(await status(`${CORE}/secrets/s`)).toBe(403)
})

it('it keeps the ResourceSlices of its own node', async () => {
  const { call } = testApi()
  const slice = (nodeName: string) => ({
    metadata: { name: nodeName },
    spec: { driver: 'd.example.com', pool: { name: nodeName, generation: 1, resourceSliceCount: 1 }, nodeName },
  })
  expect((await call('POST', SLICES, slice('node-1'), AS_NODE)).status).toBe(201)
  expect((await call('POST', SLICES, slice('node-2'), AS_NODE)).json.message).toContain(
    'can only create ResourceSlice with the same NodeName as the requesting node',
  )
  await call('POST', SLICES, slice('node-2'))
  expect((await call('GET', `${SLICES}/node-2`, undefined, AS_NODE)).json.message).toContain(
    "no relationship found between node 'node-1' and this object",
  )
  expect((await call('GET', SLICES, undefined, AS_NODE)).json.message).toContain(
    'can only list/watch/deletecollection resourceslices with nodeName field selector',
  )
  expect((await call('GET', `${SLICES}?fieldSelector=spec.nodeName%3Dnode-1`, undefined, AS_NODE)).status).toBe(200)
  expect((await call('DELETE', `${SLICES}/node-1`, undefined, AS_NODE)).status).toBe(200)
})

it('of a claim for a volume it tells the size and conditions, and nothing else', async () => {
  const { call } = await withPod('web', {
    nodeName: 'node-1',
    volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }],
  })
  const claims = `${CORE}/persistentvolumeclaims`
  await call('POST', claims, {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })
  const told = (status: object) => call('PATCH', `${claims}/data/status`, { status }, MERGE)
  expect((await told({ capacity: { storage: '1Gi' } })).status).toBe(200)
  expect((await told({ phase: 'Lost' })).json.message).toContain(
    'node "node-1" is not allowed to update fields other than status.quantity and status.conditions',
  )
})
