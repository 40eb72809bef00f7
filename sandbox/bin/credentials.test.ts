/** Authentication at the port of `podlab serve`: by certificate, by token, by neither. */
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { type Cluster, type ClusterOptions, createCluster } from '../cluster.ts'
import { makeRequest, parseName, readRequest } from '../crypto/certificate.ts'
import type { Bytes } from '../crypto/der-writer.ts'
import { issue } from '../crypto/issue.ts'
import { rootAuthority } from '../crypto/root-key.ts'
import { readKey } from '../crypto/rsa.ts'
import { readTokens } from '../http/node/credentials.node.ts'
import { type ServeOptions, type Serving, serve } from '../http/node/node.ts'
import { loadAll } from '../parts.ts'
import { makeCertificates } from './certificates.ts'

const certificates = await makeCertificates(Date.now())
const others = await makeCertificates(Date.now())
await loadAll()

let serving: Serving | undefined
let cluster: Cluster
afterEach(() => serving?.close())

async function served(
  options: Partial<ClusterOptions> = {},
  tokens?: ServeOptions['tokens'],
  authorities: readonly string[] = [],
): Promise<void> {
  cluster = createCluster({ seed: 'credentials', nodes: [], ...options })
  const { api, clock } = cluster
  serving = await serve({
    api,
    port: 0,
    tls: { ca: [certificates.authority, ...authorities], ...certificates.server },
    ...(tokens && { tokens }),
    onActivity: () => void clock.advance(0),
  })
}

interface Means {
  client?: { cert: string; key: string }
  authorization?: string
  ca?: string
}

/** @returns the status, and what the server says */
async function ask(method: string, path: string, { client, authorization, ca = certificates.authority }: Means = {}) {
  const body = method === 'POST' ? '{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}' : undefined
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) }
  return new Promise<{ status: number; said: string }>((resolve, reject) => {
    const asking = request({ port: serving!.port, host: 'localhost', method, path, ca, headers, ...client })
    asking.on('error', reject)
    asking.on('response', answer =>
      text(answer).then(said => resolve({ status: answer.statusCode ?? 0, said }), reject),
    )
    asking.end(body)
  })
}

async function whoAmI(means: Means): Promise<unknown> {
  const { said } = await ask('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', means)
  return JSON.parse(said).status?.userInfo ?? JSON.parse(said).message
}

const NAMED = 'jane-token,jane,7,"dev,ops"\n'
const jane = { username: 'jane', uid: '7', groups: ['dev', 'ops', 'system:authenticated'] }

it('the certificate of the kubeconfig is the administrator, whatever token comes with it', async () => {
  await served({}, readTokens(NAMED))
  const admin = { username: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] }
  expect(await whoAmI({ client: certificates.admin })).toMatchObject(admin)
  expect(await whoAmI({ client: certificates.admin, authorization: 'Bearer jane-token' })).toMatchObject(admin)
})

it('a token of the list says who somebody is, and what roles allow holds for them', async () => {
  await served({}, readTokens(NAMED))
  const authorization = 'Bearer jane-token'
  expect(await whoAmI({ authorization })).toEqual(jane)
  const { status, said } = await ask('GET', '/api/v1/pods', { authorization })
  expect(status).toBe(403)
  expect(said).toContain('User \\"jane\\" cannot list resource \\"pods\\"')
  expect((await ask('GET', '/api/v1/pods', { authorization: 'Bearer x' })).status).toBe(401)
})

it('a client without credentials is anonymous, and one with the certificate of another authority is refused', async () => {
  await served()
  const { said } = await ask('GET', '/api/v1/pods')
  expect(said).toContain('User \\"system:anonymous\\" cannot list')
  expect((await ask('GET', '/api/v1/pods', { client: others.admin })).status).toBe(401)
})

it('a certificate of an authority of --client-ca-file names its client', async () => {
  await served({}, undefined, [others.authority])
  const { fingerprint256 } = new X509Certificate(others.admin.cert)
  const id = `X509SHA256=${fingerprint256.replaceAll(':', '').toLowerCase()}`
  expect(await whoAmI({ client: others.admin })).toEqual({
    username: 'kubernetes-admin',
    groups: ['kubeadm:cluster-admins', 'system:authenticated'],
    extra: { 'authentication.kubernetes.io/credential-id': [id] },
  })
})

it('a certificate that the cluster itself has signed says who somebody is, by the time of the cluster', async () => {
  await served()
  const { clock } = cluster
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const asked = readRequest(makeRequest(parseName('/O=dev/CN=jane') as Bytes, readKey(key)!, []))!
  const [from, until] = [clock.now(), clock.now() + 60_000]
  const cert = issue(asked, rootAuthority(), { usages: ['client auth'], from, until, serial: 7n })
  expect(await whoAmI({ client: { cert, key } })).toMatchObject({
    username: 'jane',
    groups: ['dev', 'system:authenticated'],
  })
  await clock.advance(120_000)
  expect(await whoAmI({ client: { cert, key } })).toBe('Unauthorized')
})

it('no other authority vouches for the server', async () => {
  await served()
  await expect(ask('GET', '/version', { ca: others.authority })).rejects.toThrow(/certificate|signature/)
})

it('where everything is allowed everybody may, but nobody is anonymous', async () => {
  await served({ alwaysAllow: true }, readTokens(NAMED))
  expect((await ask('GET', '/api/v1/pods', { authorization: 'Bearer jane-token' })).status).toBe(200)
  expect((await ask('GET', '/api/v1/pods')).status).toBe(401)
  expect((await ask('GET', '/api/v1/pods', { authorization: 'Basic YTpi' })).status).toBe(401)
})

it('a list of tokens that is none is refused with its line', () => {
  expect(() => readTokens(`${NAMED}\nx\n`)).toThrow('line 3')
  expect(readTokens('# who\nt,a,\n').get('t')).toEqual({ username: 'a', groups: ['system:authenticated'] })
})
