/** drain, against a server that holds one of two Pods back for a while. */
import { expect, test } from 'vitest'
import { run } from '../testing.ts'

const kind = (resource: string, name: string, scope: string) => ({
  resource,
  responseKind: { group: '', version: 'v1', kind: name },
  scope,
  singularResource: resource.slice(0, -1),
  verbs: ['get', 'list'],
})
const kinds = {
  kind: 'APIGroupDiscoveryList',
  items: [
    {
      metadata: { name: '' },
      versions: [{ version: 'v1', resources: [kind('pods', 'Pod', 'Namespaced'), kind('nodes', 'Node', 'Cluster')] }],
    },
  ],
}
const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'default',
    uid: name,
    ownerReferences: [{ kind: 'ReplicaSet', name: 'r', controller: true }],
  },
  spec: { nodeName: 'n' },
})
const status = (code: number, reason: string, message: string) => ({
  status: code,
  body: { kind: 'Status', status: 'Failure', code, reason, message },
})

test('asks every Pod to leave, and those that a budget holds back again later', async () => {
  let patience = 2
  const gone = new Set<string>()
  const { out, err, code } = await run(['drain', 'n'], {
    server(method, path) {
      const [where = ''] = path.split('?')
      const name = /pods\/(\w+)/.exec(where)?.[1] ?? ''
      if (where === '/api') return { body: kinds }
      if (where === '/apis') return { body: { kind: 'APIGroupDiscoveryList', items: [] } }
      if (where === '/api/v1/nodes/n')
        return { body: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: { unschedulable: true } } }
      if (where === '/api/v1/pods') return { body: { kind: 'PodList', items: [pod('a'), pod('b')] } }
      if (method === 'POST') {
        if (name === 'a' && patience-- > 0)
          return status(429, 'TooManyRequests', 'Cannot evict pod as it would violate the pod’s disruption budget.')
        gone.add(name)
        return { status: 201, body: { kind: 'Status', status: 'Success' } }
      }
      return gone.has(name) ? status(404, 'NotFound', `pods "${name}" not found`) : { body: pod(name) }
    },
  })
  expect(out).toBe(
    [
      'node/n already cordoned',
      'evicting pod default/a',
      'evicting pod default/b',
      'pod/b evicted',
      'evicting pod default/a',
      'evicting pod default/a',
      'pod/a evicted',
      'node/n drained',
      '',
    ].join('\n'),
  )
  expect(err.match(/will retry after 5s/g)).toHaveLength(2)
  expect(code).toBe(0)
})

test('whose DaemonSet the server does not show stays, and even an orphan is forced out only with its data', async () => {
  const owned = (name: string, apiVersion: string, daemonSet: string, spec = {}) => ({
    ...pod(name),
    metadata: {
      ...pod(name).metadata,
      ownerReferences: [{ apiVersion, kind: 'DaemonSet', name: daemonSet, controller: true }],
    },
    spec: { nodeName: 'n', ...spec },
  })
  const items = [
    owned('orphan', 'apps/v1', 'lost'),
    owned('rich', 'apps/v1', 'lost', { volumes: [{ name: 'data', emptyDir: {} }] }),
    owned('hidden', 'apps/v1', 'secret'),
    owned('foreign', 'example.com/v1', 'lost'),
  ]
  const apps = {
    metadata: { name: 'apps' },
    versions: [{ version: 'v1', resources: [kind('daemonsets', 'DaemonSet', 'Namespaced')] }],
  }
  const { err } = await run(['drain', 'n', '--force', '--ignore-daemonsets'], {
    server(_method, path) {
      const [where = ''] = path.split('?')
      if (where === '/api') return { body: kinds }
      if (where === '/apis') return { body: { kind: 'APIGroupDiscoveryList', items: [apps] } }
      if (where === '/api/v1/nodes/n')
        return { body: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: { unschedulable: true } } }
      if (where === '/api/v1/pods') return { body: { kind: 'PodList', items } }
      return where.endsWith('/secret')
        ? status(403, 'Forbidden', 'daemonsets.apps "secret" is forbidden')
        : status(404, 'NotFound', 'daemonsets.apps "lost" not found')
    },
  })
  expect(err).toContain('cannot delete Pods with local storage (use --delete-emptydir-data to override): default/rich')
  expect(err).toContain('cannot delete daemonsets.apps "secret" is forbidden: default/hidden')
  expect(err).not.toMatch(/orphan|foreign|not found/)
})
