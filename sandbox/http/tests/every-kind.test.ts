/** All verbs, and the status apart, on every kind whose objects a cluster only keeps. */
import { describe, expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const MERGE = { 'content-type': 'application/merge-patch+json' }
const LABELS = { of: 'every-kind' }

const volume = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/tmp/v' } }
const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'app', image: 'x' }] } }
const condition = {
  type: 'Seen',
  status: 'True',
  reason: 'Test',
  message: 'seen',
  lastTransitionTime: '2026-01-01T00:00:00Z',
}

/** Path of the collection, what an object holds, and what its status may say. */
const KINDS: readonly [path: string, object: object, status?: object][] = [
  ['/api/v1/namespaces/default/podtemplates', { template }],
  ['/api/v1/namespaces/default/limitranges', { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } }],
  ['/api/v1/persistentvolumes', { spec: volume }, { phase: 'Failed', message: 'seen', reason: 'Test' }],
  ['/apis/apps/v1/namespaces/default/controllerrevisions', { revision: 1, data: { a: 1 } }],
  ['/apis/coordination.k8s.io/v1/namespaces/default/leases', { spec: { holderIdentity: 'me' } }],
  ['/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', { addressType: 'IPv4', endpoints: [] }],
  [
    '/apis/networking.k8s.io/v1/namespaces/default/ingresses',
    { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } },
    { loadBalancer: { ingress: [{ ip: '169.1.1.1' }] } },
  ],
  ['/apis/networking.k8s.io/v1/ingressclasses', { spec: { controller: 'example.com/c' } }],
  ['/apis/node.k8s.io/v1/runtimeclasses', { handler: 'runc' }],
  ['/apis/scheduling.k8s.io/v1/priorityclasses', { value: 7 }],
  ['/apis/storage.k8s.io/v1/csinodes', { spec: { drivers: [] } }],
  ['/apis/storage.k8s.io/v1/csidrivers', { spec: { attachRequired: false } }],
  ['/apis/storage.k8s.io/v1/namespaces/default/csistoragecapacities', { storageClassName: 's', capacity: '1Gi' }],
  ['/apis/storage.k8s.io/v1/storageclasses', { provisioner: 'example.com/p' }],
  ['/apis/storage.k8s.io/v1/volumeattributesclasses', { driverName: 'example.com', parameters: { a: 'b' } }],
  [
    '/apis/storage.k8s.io/v1/volumeattachments',
    { spec: { attacher: 'example.com', nodeName: 'n', source: { persistentVolumeName: 'v' } } },
    { attached: true },
  ],
  [
    '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas',
    { spec: { priorityLevelConfiguration: { name: 'global-default' } } },
    { conditions: [condition] },
  ],
]

describe('every verb', () => {
  it.each(KINDS)('%s', async (path, object, status) => {
    const { call } = testApi()
    const made = await call('POST', path, { metadata: { name: 'mine', labels: LABELS }, ...object })
    expect(made.json.message).toBeUndefined()
    expect(made.status).toBe(201)
    const annotations = { patched: 'true' }
    const patched = await call('PATCH', `${path}/mine`, { metadata: { annotations } }, MERGE)
    expect(patched.json.metadata.annotations).toMatchObject(annotations)
    const replaced = await call('PUT', `${path}/mine`, {
      ...patched.json,
      metadata: { ...patched.json.metadata, annotations: { replaced: 'true' } },
    })
    expect(replaced.json.metadata.annotations).toEqual({ replaced: 'true' })
    const stale = await call('PUT', `${path}/mine`, patched.json)
    expect(stale.status).toBe(409)
    if (status) {
      const told = await call('PATCH', `${path}/mine/status`, { metadata: { annotations }, status }, MERGE)
      expect(told.json.status).toMatchObject(status)
      expect((await call('GET', `${path}/mine/status`)).json.status).toMatchObject(status)
      expect(told.json.spec).toEqual(replaced.json.spec)
    }
    const chosen = `${path}?labelSelector=of%3Devery-kind`
    expect((await call('GET', chosen)).json.items).toHaveLength(1)
    expect((await call('DELETE', chosen)).status).toBe(200)
    // Nobody is there who would take off what protects it.
    if (made.json.metadata.finalizers) await call('PATCH', `${path}/mine`, { metadata: { finalizers: null } }, MERGE)
    expect((await call('GET', chosen)).json.items).toEqual([])
  })
})
