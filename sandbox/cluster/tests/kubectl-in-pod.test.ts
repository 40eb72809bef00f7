/** kubectl inside of a Pod, with the Pod's service account. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../../api/authentication/user.ts'
import { type Ran, type World, world } from '../testing.ts'

async function make(w: World, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', url: path, headers, body: JSON.stringify(body), user: ADMIN }
  await w.cluster.api.missing(request)
  expect(w.cluster.api.respond(request).status).toBe(201)
}

/** A Pod of bitnami's kubectl whose service account may edit the namespace, or may do nothing. */
async function machine(role?: string): Promise<{ w: World; kubectl: (line: string) => Promise<Ran> }> {
  const w = await world({ nodes: ['node-1'] })
  if (role)
    await make(w, '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings', {
      metadata: { name: role },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
    })
  const image = 'bitnami/kubectl:1.33.1'
  await w.run('tool', { containers: [{ name: 'main', image, command: ['sleep', 'infinity'] }] })
  return { w, kubectl: line => w.exec('tool', `kubectl ${line}`) }
}

/** Before the last line stands each time that it was asked what the server offers. */
const askedInVain = (server: string, why: string): string =>
  `E memcache.go:265] "Unhandled Error" err="couldn't get current server API group list: Get \\"${server}/api?timeout=32s\\": ${why}"\n`.repeat(
    5,
  )
const untimed = (log: string): string => log.replace(/^E\d{4} [\d:.]+ +\d+ /gm, 'E ')

describe('kubectl inside of a Pod', () => {
  it('is the Pod’s service account, in the Pod’s namespace, without any configuration', async () => {
    const { kubectl } = await machine('edit')
    expect(await kubectl('get pods -o name')).toEqual({ code: 0, out: 'pod/tool\n', err: '' })
    expect((await kubectl('auth whoami -o jsonpath={.status.userInfo.username}')).out).toBe(
      'system:serviceaccount:default:default',
    )
    expect((await kubectl('create configmap made --from-literal=a=1')).out).toBe('configmap/made created\n')
    expect((await kubectl('exec tool -- hostname')).out).toBe('tool\n')
    expect((await kubectl('get nodes')).err).toBe(
      'Error from server (Forbidden): nodes is forbidden: User "system:serviceaccount:default:default" cannot list resource "nodes" in API group "" at the cluster scope\n',
    )
  })

  it('may do what the account may: nothing, to begin with', async () => {
    const { kubectl } = await machine()
    expect(await kubectl('get pods')).toEqual({
      code: 1,
      out: '',
      err: 'Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" in the namespace "default"\n',
    })
    expect((await kubectl('exec tool -- hostname')).err).toMatch('cannot get resource "pods"')
    expect((await kubectl('--token=nonsense get pods')).err).toBe(
      'error: You must be logged in to the server (Unauthorized)\n',
    )
  })

  it('goes by the network, and says what is in its way', async () => {
    const { w, kubectl } = await machine('view')
    const nowhere = 'dial tcp: lookup nowhere.default on 10.96.0.10:53: no such host'
    expect(untimed((await kubectl('--server=https://nowhere.default get pods')).err)).toBe(
      `${askedInVain('https://nowhere.default', nowhere)}Unable to connect to the server: ${nowhere}\n`,
    )
    const unknownAuthority = 'tls: failed to verify certificate: x509: certificate signed by unknown authority'
    expect(untimed((await kubectl('--server=https://kubernetes.default.svc get pods')).err)).toBe(
      `${askedInVain('https://kubernetes.default.svc', unknownAuthority)}Unable to connect to the server: ${unknownAuthority}\n`,
    )
    const unknown = await kubectl(
      '--server=https://kubernetes.default.svc --insecure-skip-tls-verify get pods 2>&1 | tail -1',
    )
    expect(unknown.out).toMatch('User "system:anonymous" cannot')
    w.cluster.controlPlane.stop()
    const down = 'dial tcp 10.96.0.1:443: connect: connection refused'
    expect(untimed((await kubectl('get pods')).err)).toBe(
      `${askedInVain('https://10.96.0.1:443', down)}The connection to the server 10.96.0.1:443 was refused - did you specify the right host or port?\n`,
    )
  })

  it('runs as a Job’s only program', async () => {
    const { w } = await machine('view')
    await w.run('once', {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'registry.k8s.io/kubectl:v1.33.1', args: ['get', 'pods', '-o', 'name'] }],
    })
    expect(w.logs('once')).toBe('pod/once\npod/tool\n')
    expect(w.pod('once').status?.phase).toBe('Succeeded')
  })

  it('serves the API to the other containers of its Pod, as its proxy', async () => {
    const { w } = await machine('view')
    await w.run('ambassador', {
      containers: [
        { name: 'main', image: 'curlimages/curl', command: ['sleep', 'infinity'] },
        { name: 'proxy', image: 'bitnami/kubectl:1.33.1', command: ['kubectl', 'proxy', '--port=8001'] },
      ],
    })
    expect(w.logs('ambassador', 'proxy')).toBe('Starting to serve on 127.0.0.1:8001\n')
    const ask = (path: string) => w.exec('ambassador', `curl -s localhost:8001${path}`)
    const pods = JSON.parse((await ask('/api/v1/namespaces/default/pods')).out)
    expect(pods.items.map((p: { metadata: { name: string } }) => p.metadata.name)).toEqual(['ambassador', 'tool'])
    expect(JSON.parse((await ask('/api/v1/nodes')).out).message).toBe(
      'nodes is forbidden: User "system:serviceaccount:default:default" cannot list resource "nodes" in API group "" at the cluster scope',
    )
  })

  it('finds no server in a Pod without a token', async () => {
    const { w } = await machine()
    await w.run('bare', {
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'bitnami/kubectl', command: ['sleep', 'infinity'] }],
    })
    expect(untimed((await w.exec('bare', 'kubectl get pods')).err)).toBe(
      `${askedInVain('http://localhost:8080', 'dial tcp 127.0.0.1:8080: connect: connection refused')}The connection to the server localhost:8080 was refused - did you specify the right host or port?\n`,
    )
  })
})
