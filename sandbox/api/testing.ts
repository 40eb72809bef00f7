/** A few kinds with hardly any rules, and a server over them, for tests of the machinery alone. */
import { Clock } from '../clock/clock.ts'
import { Random } from '../clock/random.ts'
import { present } from '../parts.ts'
import { Store } from '../store/store.ts'
import type { AdmissionPlugin } from './admission/admission.ts'
import { namespaceLifecycle } from './admission/namespace-lifecycle.ts'
import { invalid, required } from './fields.ts'
import { InProcessClient } from './in-process.ts'
import { defineKind, type KindContext, type KindDef } from './kind.ts'
import { ApiServer } from './server.ts'
import type { ConfigMap, Deployment, Event, KubeObject, Namespace, Node, Pod, Unsaved } from './types.ts'

/** What a test sends to see what the server makes of it: too little for the types, or nothing that they allow. */
export const sent = <T extends KubeObject>(object: object): Unsaved<T> => object as Unsaved<T>

/** What a kind is told of a world in which nothing else is, and no gate open. */
export const emptyCluster: KindContext = {
  now: '2026-01-05T09:00:00Z',
  uid: () => 'u',
  opened: () => false,
  dryRun: false,
  find: () => undefined,
  list: () => [],
}

export const testPod = defineKind<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status', 'binding', 'eviction', 'log', 'exec', 'ephemeralcontainers', 'resize'],
  hasGeneration: true,
  prepareForCreate: draft => void (draft.status = { phase: 'Pending' }),
  setDefaults: draft => void (draft.spec.terminationGracePeriodSeconds ??= 30),
  checks: present({ validate: pod => (pod.spec.containers?.length ? [] : [required('spec.containers')]) }),
  columns: [{ name: 'Name', cell: pod => pod.metadata.name }],
  selectableFields: pod => ({ 'spec.nodeName': pod.spec.nodeName ?? '', 'status.phase': pod.status.phase ?? '' }),
  defaultGracePeriod: pod => (pod.spec.nodeName ? pod.spec.terminationGracePeriodSeconds : undefined),
})

export const testConfigMap = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
  namespaced: true,
  checks: present({
    validate: cm => (/[A-Z]/.test(cm.metadata.name) ? [invalid('metadata.name', cm.metadata.name, 'no capitals')] : []),
  }),
  columns: [{ name: 'Name', cell: cm => cm.metadata.name }],
})

export const testNamespace = defineKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  namespaced: false,
  subresources: ['status', 'finalize'],
  prepareForCreate(draft) {
    draft.status = { phase: 'Active' }
    draft.spec = { finalizers: ['kubernetes'] }
  },
  prepareForUpdate: (draft, old) => void (draft.spec = old.spec),
  columns: [{ name: 'Name', cell: ns => ns.metadata.name }],
})

const testNode = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  subresources: ['status'],
  columns: [{ name: 'Name', cell: node => node.metadata.name }],
})

export const testEvent = defineKind<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  namespaced: true,
  columns: [{ name: 'Reason', cell: event => event.reason ?? '' }],
})

export const testDeployment = defineKind<Deployment>({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  shortNames: ['deploy'],
  namespaced: true,
  subresources: ['status', 'scale'],
  hasGeneration: true,
  setDefaults: draft => void (draft.spec.replicas ??= 1),
  columns: [{ name: 'Name', cell: d => d.metadata.name }],
})

const testKinds: readonly KindDef[] = [testPod, testConfigMap, testNamespace, testNode, testEvent, testDeployment]

/** A server with a namespace `default`. */
export function testServer(
  kinds: readonly KindDef[] = testKinds,
  admission: readonly AdmissionPlugin[] = [namespaceLifecycle],
) {
  const clock = new Clock()
  const random = new Random('test')
  const store = new Store()
  const server = new ApiServer({ clock, random, store, kinds, admission })
  const client = new InProcessClient(server)
  const namespaces = server.registry.resource('namespaces')!
  server.create(namespaces, '', { metadata: { name: 'default' } })
  return { clock, random, store, server, client }
}
