/** Plugins of admission that a new cluster has switched on, each by what a client sees of it. */
import { expect, it } from 'vitest'
import { testApi } from '../testing.ts'

const CORE = '/api/v1/namespaces/default'
const MERGE = { 'content-type': 'application/merge-patch+json' }
const STRATEGIC = { 'content-type': 'application/strategic-merge-patch+json' }

const claim = (size: string, more: object = {}) => ({
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } }, ...more },
})

it('an Ingress without a class gets the default one', async () => {
  const { call } = testApi()
  const annotations = { 'ingressclass.kubernetes.io/is-default-class': 'true' }
  const classes = '/apis/networking.k8s.io/v1/ingressclasses'
  await call('POST', classes, { metadata: { name: 'front', annotations }, spec: { controller: 'example.com/front' } })
  const backend = { service: { name: 'web', port: { number: 80 } } }
  const make = (name: string, metadata: object = {}) =>
    call('POST', '/apis/networking.k8s.io/v1/namespaces/default/ingresses', {
      metadata: { name, ...metadata },
      spec: { defaultBackend: backend },
    })
  expect((await make('a')).json.spec.ingressClassName).toBe('front')
  const old = await make('b', { annotations: { 'kubernetes.io/ingress.class': 'mine' } })
  expect(old.json.spec.ingressClassName).toBeUndefined()
})

it('a claim is protected from its first moment', async () => {
  const { json } = await testApi().call('POST', `${CORE}/persistentvolumeclaims`, claim('1Gi'))
  expect(json.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection'])
})

it('a bound claim grows only when its class lets it', async () => {
  const { call } = testApi()
  const classes = '/apis/storage.k8s.io/v1/storageclasses'
  await call('POST', classes, { metadata: { name: 'fixed' }, provisioner: 'example.com/disks' })
  await call('POST', `${CORE}/persistentvolumeclaims`, claim('1Gi', { storageClassName: 'fixed', volumeName: 'v' }))
  const grow = async (): Promise<string> =>
    (await call('PATCH', `${CORE}/persistentvolumeclaims/data`, claim('2Gi'), MERGE)).json.message
  expect(await grow()).toMatch(/^PersistentVolumeClaim "data" is invalid: spec: Forbidden: spec is immutable/)
  await call('PATCH', `${CORE}/persistentvolumeclaims/data/status`, { status: { phase: 'Bound' } }, MERGE)
  expect(await grow()).toBe(
    `persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize`,
  )
  await call('PATCH', `${classes}/fixed`, { allowVolumeExpansion: true }, MERGE)
  const grown = await call('PATCH', `${CORE}/persistentvolumeclaims/data`, claim('2Gi'), MERGE)
  expect(grown.json.spec.resources.requests.storage).toBe('2Gi')
})

async function withNode() {
  const api = testApi(
    (await import('../../api/admission/index.ts')).admissionPlugins.filter(p => p.name !== 'ServiceAccount'),
  )
  const labels = { 'topology.kubernetes.io/zone': 'east', 'topology.kubernetes.io/region': 'r', other: 'x' }
  await api.call('POST', '/api/v1/nodes', { metadata: { name: 'node-1', labels } })
  const allocatable = { cpu: '2', memory: '1Gi', pods: '10' }
  await api.call('PATCH', '/api/v1/nodes/node-1/status', { status: { allocatable, capacity: allocatable } }, MERGE)
  const resources = { requests: { cpu: '1', memory: '1Mi' } }
  await api.call('POST', `${CORE}/pods`, {
    metadata: { name: 'a', labels: { 'topology.kubernetes.io/zone': 'asked' } },
    spec: { containers: [{ name: 'main', image: 'nginx', resources }] },
  })
  const target = { kind: 'Node', name: 'node-1' }
  await api.call('POST', `${CORE}/pods/a/binding`, { metadata: { name: 'a' }, target })
  return api
}

it('a Pod learns the zone and region of its node as labels', async () => {
  const { call } = await withNode()
  expect((await call('GET', `${CORE}/pods/a`)).json.metadata.labels).toEqual({
    'topology.kubernetes.io/zone': 'east',
    'topology.kubernetes.io/region': 'r',
  })
})

it('a Pod is not resized beyond all that its node has', async () => {
  const { call } = await withNode()
  const resources = { requests: { cpu: '3', memory: '2Gi' } }
  const body = { spec: { containers: [{ name: 'main', resources }] } }
  const { status, json } = await call('PATCH', `${CORE}/pods/a/resize`, body, STRATEGIC)
  expect([status, json.message]).toEqual([
    403,
    `pods "a" is forbidden: node didn't have enough allocatable resources: cpu, requested: 3000, allocatable: 2000; memory, requested: 2147483648, allocatable: 1073741824`,
  ])
  expect(json.details.causes).toEqual([{ reason: 'NodeCapacity' }])
})

it("a Pod is not resized beyond its namespace's limits, and has their defaults where it says nothing", async () => {
  const { call } = await withNode()
  await call('POST', `${CORE}/limitranges`, {
    metadata: { name: 'limits' },
    spec: { limits: [{ type: 'Container', max: { cpu: '1500m' } }] },
  })
  const resize = async (resources: object) => {
    const body = { spec: { containers: [{ name: 'main', resources }] } }
    return (await call('PATCH', `${CORE}/pods/a/resize`, body, STRATEGIC)).json
  }
  expect((await resize({ limits: { cpu: '1600m' } })).message).toBe(
    'pods "a" is forbidden: maximum cpu usage per Container is 1500m, but limit is 1600m',
  )
  const { metadata, spec } = await resize({ requests: { cpu: '1200m' } })
  expect(spec.containers[0].resources).toEqual({
    limits: { cpu: '1500m' },
    requests: { cpu: '1200m', memory: '1Mi' },
  })
  expect(metadata.annotations).toBeUndefined()
})

it('until they have all changed a Pod, it is called by what its name will be made of', async () => {
  const { call } = testApi()
  const make = async (spec: object): Promise<string> => {
    const containers = [{ name: 'c', image: 'i' }]
    const body = { metadata: { generateName: 'web-' }, spec: { containers, ...spec } }
    return (await call('POST', `${CORE}/pods`, body)).json.message
  }
  await call('POST', `${CORE}/serviceaccounts`, { metadata: { name: 'default' } })
  expect(await make({ priorityClassName: 'nothing' })).toBe(
    'pods "web-" is forbidden: no PriorityClass with name nothing was found',
  )
  await call('POST', `${CORE}/limitranges`, {
    metadata: { name: 'limits' },
    spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] },
  })
  const containers = [{ name: 'c', image: 'i', resources: { limits: { cpu: '2' } } }]
  expect(await make({ containers })).toMatch(
    /^pods "web-[a-z0-9]{5}" is forbidden: maximum cpu usage per Container is 1/,
  )
})

it('every quota asks for what it needs before any of them is counted', async () => {
  const { call } = testApi()
  const quota = async (name: string, hard: object, more: object = {}) => {
    await call('POST', `${CORE}/resourcequotas`, { metadata: { name }, spec: { hard, ...more } })
    const used = Object.fromEntries(Object.keys(hard).map(key => [key, '0']))
    await call('PATCH', `${CORE}/resourcequotas/${name}/status`, { status: { hard, used } }, MERGE)
  }
  await call('POST', `${CORE}/serviceaccounts`, { metadata: { name: 'default' } })
  await quota('a-best', { pods: '0' }, { scopes: ['BestEffort'] })
  await quota('z-main', { 'limits.cpu': '1' })
  const pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }
  expect((await call('POST', `${CORE}/pods`, pod)).json.message).toBe(
    'pods "p" is forbidden: failed quota: z-main: must specify limits.cpu for: c',
  )
})
