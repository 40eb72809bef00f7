/** The API server as programs in Pods reach it, over the simulated network. */
import { describe, expect, it } from 'vitest'
import { ADMIN } from '../api/authentication/user.ts'
import type { ApiResponse } from '../http/exchange.ts'
import { AGNHOST, BUSYBOX, type World, world } from './testing.ts'

const POD = { containers: [{ name: 'main', image: AGNHOST, args: ['pause'] }] }
const HOST = 'https://kubernetes.default.svc'
const SECRETS = '/var/run/secrets/kubernetes.io/serviceaccount'
const TRUSTED = `--cacert ${SECRETS}/ca.crt`
const KNOWN = `${TRUSTED} -H "Authorization: Bearer $(cat ${SECRETS}/token)"`
const PODS = `${HOST}/api/v1/namespaces/default/pods`

const grant = (w: World, role: string): ApiResponse =>
  w.cluster.api.respond({
    method: 'POST',
    url: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      metadata: { name: role },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
    }),
    user: ADMIN,
  })

async function inPod(): Promise<{ w: World; sh: (script: string) => ReturnType<World['exec']> }> {
  const w = await world({ nodes: ['node-1'] })
  await w.run('client', POD)
  return { w, sh: script => w.exec('client', script) }
}

describe('the API server, asked from inside a Pod', () => {
  it('answers a service account what it may see', async () => {
    const { w, sh } = await inPod()
    expect(grant(w, 'view').status).toBe(201)
    const { code, out } = await sh(`curl -s ${KNOWN} ${PODS}`)
    expect(code).toBe(0)
    expect(out).toMatch(/^\{\n {2}"kind": "PodList",\n {2}"apiVersion": "v1"/)
    expect(JSON.parse(out).items.map((p: { metadata: { name: string } }) => p.metadata.name)).toEqual(['client'])
    expect(
      (await sh(`curl -s ${KNOWN} https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/version`)).out,
    ).toMatch('"gitVersion": "v1.36')
  })

  it('refuses who has no rights, who is unknown and who says nothing', async () => {
    const { sh } = await inPod()
    const refused = async (how: string): Promise<unknown> => {
      const { reason, code, message } = JSON.parse((await sh(`curl -s ${how} ${PODS}`)).out)
      return [code, reason, message]
    }
    expect(await refused(KNOWN)).toEqual([
      403,
      'Forbidden',
      'pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" in the namespace "default"',
    ])
    expect(await refused(`${TRUSTED} -H "Authorization: Bearer nonsense"`)).toEqual([
      401,
      'Unauthorized',
      'Unauthorized',
    ])
    expect(await refused(TRUSTED)).toEqual([
      403,
      'Forbidden',
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
    ])
    expect((await sh(`curl -s -o /dev/null -w "%{http_code}" ${TRUSTED} ${HOST}/healthz`)).out).toBe('200')
  })

  it('is believed for its certificate alone', async () => {
    const { sh } = await inPod()
    const unknown = await sh(`curl -sS ${HOST}/healthz`)
    expect(unknown.code).toBe(60)
    expect(unknown.err).toMatch(/^curl: \(60\) SSL certificate problem: unable to get local issuer certificate\nMore/)
    expect((await sh(`curl -sk ${HOST}/healthz`)).out).toBe('ok')
    expect((await sh(`curl -sS ${TRUSTED} https://kubernetes.default.svc.cluster.local/healthz`)).out).toBe('ok')
    const misnamed = await sh(`echo "10.96.0.1 api.example" >> /etc/hosts; curl -sS ${TRUSTED} https://api.example/`)
    expect(misnamed.err).toMatch("SSL: no alternative certificate subject name matches target host name 'api.example'")
    expect((await sh('curl -sS --cacert /nowhere https://kubernetes.default.svc/')).err).toBe(
      'curl: (77) error setting certificate file: /nowhere\n',
    )
    expect((await sh('curl -s http://kubernetes.default.svc:443/')).out).toBe(
      'Client sent an HTTP request to an HTTPS server.\n',
    )
  })

  it('answers wget, which believes everybody', async () => {
    const w = await world({ nodes: ['node-1'] })
    await w.run('client', { containers: [{ name: 'main', image: BUSYBOX, command: ['sleep', '1d'] }] })
    expect(await w.exec('client', `wget -qO- ${HOST}/healthz`)).toEqual({
      code: 0,
      out: 'ok',
      err: 'wget: note: TLS certificate validation not implemented\n',
    })
    const refused = await w.exec('client', `wget --no-check-certificate -qO- ${PODS}`)
    expect(refused).toEqual({ code: 1, out: '', err: 'wget: server returned error: HTTP/1.1 403 Forbidden\n' })
  })

  it('takes what a Pod writes, and tells a watch of it as it happens', async () => {
    const { w, sh } = await inPod()
    expect(grant(w, 'edit').status).toBe(201)
    await sh(`curl -sN ${KNOWN} "${HOST}/api/v1/namespaces/default/configmaps?watch=1" > /tmp/seen 2>&1 & echo`)
    const made = await sh(
      `curl -s ${KNOWN} -H 'Content-Type: application/json' -d '{"metadata":{"name":"made"},"data":{"a":"1"}}' -w "%{http_code}" -o /dev/null ${HOST}/api/v1/namespaces/default/configmaps`,
    )
    expect(made.out).toBe('201')
    expect((await sh('grep -c \'"name":"made"\' /tmp/seen')).out).toBe('1\n')
  })

  it('is not there while it is down', async () => {
    const { w, sh } = await inPod()
    w.cluster.controlPlane.stop()
    expect((await sh(`curl -sS ${TRUSTED} ${HOST}/healthz`)).err).toMatch(
      /^curl: \(7\) Failed to connect to kubernetes.default.svc port 443 after \d+ ms: Couldn't connect to server\n$/,
    )
    w.cluster.controlPlane.start()
    expect((await sh(`curl -sS ${TRUSTED} ${HOST}/healthz`)).out).toBe('ok')
  })

  it('is asked for its health by agnhost, with the token of the moment', async () => {
    const w = await world({ nodes: ['node-1'] })
    const agnhost = { name: 'main', image: AGNHOST, args: ['inclusterclient', '--poll-interval=5'] }
    await w.run('poller', { containers: [agnhost] }, { seconds: 20 })
    const words = w.logs('poller').replace(/^.*?\] /gm, '')
    expect(words).toMatch(/^(calling \/healthz\nauthz_header=[0-9a-f]{64}\nstatus=ok\n){3}/)
    w.cluster.controlPlane.stop()
    await w.wait(6)
    expect(w.logs('poller')).toMatch(
      'error checking /healthz: Get "https://10.96.0.1:443/healthz": dial tcp 10.96.0.1:443: connect: connection refused',
    )
  })
})
