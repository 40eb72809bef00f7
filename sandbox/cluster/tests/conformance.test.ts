/** Behaviour of a whole cluster that Kubernetes' own conformance suite asks for, where no other test shows it. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import type { ApiResponse } from '../../http/exchange.ts'
import { AGNHOST, BUSYBOX, type World, world } from '../testing.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into
type Json = any

async function call(w: World, method: string, url: string, body?: object): Promise<Json> {
  const headers = body ? { 'content-type': 'application/json' } : {}
  const request = { method, url, headers, body: body ? JSON.stringify(body) : '', user: ADMIN }
  await w.cluster.api.missing(request)
  const answer = new Promise<ApiResponse>(resolve => w.cluster.api.answer(request, resolve))
  await w.wait(1)
  const text = String(await (await answer).body)
  return text.startsWith('{') ? JSON.parse(text) : text
}

describe('the proxy', () => {
  it('hands every method on, also without a path, and leads links of a page back through itself', async () => {
    const w = await world({ nodes: ['node-1'] })
    const env = [{ name: 'SERVE_PORT_80', value: '<a href="/rewriteme">test</a>' }]
    await w.run('web', { containers: [{ name: 'main', image: AGNHOST, args: ['porter'], env }] })
    const proxy = '/api/v1/namespaces/default/pods/web/proxy'
    const page = `<a href="${proxy}/rewriteme">test</a>`
    expect(await call(w, 'GET', `${proxy}/`)).toBe(page)
    expect(await call(w, 'POST', proxy)).toBe(page)
    expect(await call(w, 'GET', proxy)).toBe('')
  })
})

describe('a token of a service account', () => {
  it('is what discovery says of such tokens, and is for those whom it names', async () => {
    const w = await world({ nodes: ['node-1'] })
    await call(w, 'POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'discovery' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'system:service-account-issuer-discovery',
      },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
    })
    const validator = (audience: string) => ({
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          image: AGNHOST,
          args: ['test-service-account-issuer-discovery', '--token-path', '/tokens/token', '--audience', audience],
          volumeMounts: [{ name: 'token', mountPath: '/tokens' }],
        },
      ],
      volumes: [
        { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'here' } }] } },
      ],
    })
    await w.run('here', validator('here'))
    expect(w.logs('here')).toContain('OK: Validated signature on JWT')
    expect(w.pod('here').status.phase).toBe('Succeeded')
    await w.run('there', validator('there'))
    expect(w.logs('there')).toContain('oidc: expected audience "there" got ["here"]')
  })

  it('tells of its Pod and node, opens nothing for others, and cannot be made up', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('web', { containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '1000'] }] })
    const token = (await w.exec('web', 'cat /var/run/secrets/kubernetes.io/serviceaccount/token')).out
    const review = async (spec: object): Promise<Json> =>
      (await call(w, 'POST', '/apis/authentication.k8s.io/v1/tokenreviews', { spec })).status
    const { user, audiences } = await review({ token })
    expect(audiences).toEqual(['https://kubernetes.default.svc.cluster.local'])
    expect(user.extra).toMatchObject({
      'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^JTI=/)],
      'authentication.kubernetes.io/node-name': ['node-1'],
      'authentication.kubernetes.io/pod-name': ['web'],
    })
    expect((await review({ token, audiences: ['vault'] })).authenticated).toBeUndefined()
    const [head, claims = '', signature] = token.split('.')
    const forged = btoa(atob(claims).replace('serviceaccount:default:default', 'serviceaccount:default:admin'))
    expect((await review({ token: [head, forged, signature].join('.') })).authenticated).toBeUndefined()
  })
})

it('bytes of a ConfigMap that are no text reach the container as they are', async () => {
  const w = await world({ nodes: ['node-1'] })
  const binaryData = { 'dump.bin': btoa('\xde\xca\xfe\xba\xd0\xfe\xff') }
  await call(w, 'POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'bytes' }, binaryData })
  await w.run('dump', {
    containers: [
      {
        name: 'main',
        image: BUSYBOX,
        command: ['sh', '-c', 'hexdump -C /data/dump.bin; hexdump /data/dump.bin; wc -c /data/dump.bin'],
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', configMap: { name: 'bytes' } }],
  })
  expect(w.logs('dump')).toBe(`00000000  de ca fe ba d0 fe ff                              |.......|
00000007
0000000 cade bafe fed0 00ff${' '.repeat(20)}
0000007
7 /data/dump.bin
`)
})

it('a Pod that is evicted says so, and its Job does not count it as a failure', async () => {
  const w = await world({ nodes: ['node-1'] })
  const policy = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] }
  const containers = [{ name: 'main', image: BUSYBOX, command: ['sleep', '1000'] }]
  await call(w, 'POST', '/apis/batch/v1/namespaces/default/jobs', {
    metadata: { name: 'work' },
    spec: {
      backoffLimit: 0,
      podFailurePolicy: policy,
      template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers } },
    },
  })
  await w.wait(5)
  const names = async (): Promise<string[]> =>
    (await call(w, 'GET', '/api/v1/namespaces/default/pods')).items.map((p: Json) => p.metadata.name)
  const [first = ''] = await names()
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: first } }
  await call(w, 'POST', `/api/v1/namespaces/default/pods/${first}/eviction`, eviction)
  const { conditions } = (await call(w, 'GET', `/api/v1/namespaces/default/pods/${first}`)).status
  expect(conditions.find((c: Json) => c.type === 'DisruptionTarget')).toMatchObject({
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  })
  await w.wait(20)
  const { status } = await call(w, 'GET', '/apis/batch/v1/namespaces/default/jobs/work')
  expect([status.failed ?? 0, status.active, status.conditions]).toEqual([0, 1, undefined])
  expect(await names()).not.toContain(first)
})

it('an image of pictures is told by what it serves', async () => {
  const w = await world({ nodes: ['node-1'] })
  const image = 'registry.k8s.io/e2e-test-images/nautilus:1.8'
  await w.run('nautilus', { containers: [{ name: 'main', image }] })
  expect(await call(w, 'GET', '/api/v1/namespaces/default/pods/nautilus/proxy/data.json')).toEqual({
    image: 'nautilus.jpg',
  })
})
