/** An API server in a Pod behind an APIService, as the conformance suite deploys one. */
import { describe, expect, it } from 'vitest'
import { AUTHORITY } from '../testdata/certificates.ts'
import type { World } from '../testing.ts'
import { ask, withServer } from '../testing-webhooks.ts'

const SERVICES = '/apis/apiregistration.k8s.io/v1/apiservices'
const NAME = 'v1alpha1.wardle.example.com'
const FLUNDERS = '/apis/wardle.example.com/v1alpha1/namespaces/default/flunders'
const IMAGE = 'registry.k8s.io/e2e-test-images/sample-apiserver:1.29.2'

const service = (more: object = {}) => ({
  metadata: { name: NAME },
  spec: {
    group: 'wardle.example.com',
    version: 'v1alpha1',
    service: { namespace: 'default', name: 'e2e-test-webhook', port: 8443 },
    caBundle: btoa(AUTHORITY),
    groupPriorityMinimum: 2000,
    versionPriority: 200,
    ...more,
  },
})

const availability = async (w: World): Promise<unknown[]> => {
  const { json } = await ask(w, 'GET', `${SERVICES}/${NAME}`)
  return json.status.conditions.map((c: Record<string, string>) => [c.status, c.reason, c.message])
}

/** The certificate is made out for the Service of the webhooks' tests. */
async function withSample(): Promise<World> {
  const w = await withServer('webhook', 'unused')
  await ask(w, 'POST', '/api/v1/namespaces/default/services', {
    metadata: { name: 'e2e-test-webhook' },
    spec: { selector: { apiserver: 'true' }, ports: [{ port: 8443, targetPort: 443 }] },
  })
  await w.run(
    'sample-apiserver',
    {
      containers: [
        {
          name: 'sample-apiserver',
          image: IMAGE,
          args: ['--etcd-servers=http://127.0.0.1:2379', '--tls-cert-file=/certs/tls.crt'],
          volumeMounts: [{ name: 'certs', mountPath: '/certs' }],
        },
        { name: 'etcd', image: 'registry.k8s.io/etcd:3.6.4-0', command: ['/usr/local/bin/etcd'] },
      ],
      volumes: [{ name: 'certs', secret: { secretName: 'sample-webhook-secret' } }],
    },
    { metadata: { labels: { apiserver: 'true' } } },
  )
  return w
}

describe('an API server behind an APIService', () => {
  it('answers for its group, among the groups that are served here', async () => {
    const w = await withSample()
    expect((await ask(w, 'POST', SERVICES, service())).status).toBe(201)
    await w.wait(2)
    expect(await availability(w)).toEqual([['True', 'Passed', 'all checks passed']])
    const flunder = { apiVersion: 'wardle.example.com/v1alpha1', kind: 'Flunder', metadata: { name: 'f' } }
    expect((await ask(w, 'POST', FLUNDERS, flunder)).status).toBe(201)
    const listed = await ask(w, 'GET', FLUNDERS)
    expect(listed.json).toMatchObject({
      kind: 'FlunderList',
      items: [{ metadata: { name: 'f', namespace: 'default' } }],
    })
    const { json: groups } = await ask(w, 'GET', '/apis')
    expect(groups.groups.at(-1)).toMatchObject({ name: 'wardle.example.com' })
    const { json: resources } = await ask(w, 'GET', '/apis/wardle.example.com/v1alpha1')
    expect(resources.resources.map((r: { name: string }) => r.name)).toEqual([
      'fischers',
      'fischers/status',
      'flunders',
      'flunders/status',
    ])
    expect((await ask(w, 'DELETE', `${FLUNDERS}/f`)).status).toBe(200)
    expect((await ask(w, 'GET', FLUNDERS)).json.items).toEqual([])
    expect((await ask(w, 'DELETE', `${SERVICES}/${NAME}`)).status).toBe(200)
    expect((await ask(w, 'GET', '/apis')).json.groups.at(-1).name).not.toBe('wardle.example.com')
  })

  it('that cannot be reached is unavailable, and it is said why', async () => {
    const w = await withSample()
    await ask(w, 'POST', SERVICES, service({ service: { namespace: 'default', name: 'nobody', port: 443 } }))
    await w.wait(1)
    expect(await availability(w)).toEqual([['False', 'ServiceNotFound', 'service/nobody in "default" is not present']])
    await ask(
      w,
      'PATCH',
      `${SERVICES}/${NAME}`,
      { spec: service({ service: { namespace: 'default', name: 'e2e-test-webhook', port: 1 } }).spec },
      'application/merge-patch+json',
    )
    await w.wait(1)
    expect(await availability(w)).toEqual([
      ['False', 'ServicePortError', 'service/e2e-test-webhook in "default" is not listening on port 1'],
    ])
  })

  it('has a name that says what it serves', async () => {
    const w = await withServer('webhook', 'unused')
    const { json } = await ask(w, 'POST', SERVICES, service({ version: 'v1', groupPriorityMinimum: 0 }))
    expect(json.details.causes.map((c: { field: string; message: string }) => `${c.field}: ${c.message}`)).toEqual([
      'metadata.name: Invalid value: "v1alpha1.wardle.example.com": must be `spec.version+"."+spec.group`: "v1.wardle.example.com"',
      'spec.groupPriorityMinimum: Invalid value: 0: must be positive and less than 20000',
    ])
  })
})
