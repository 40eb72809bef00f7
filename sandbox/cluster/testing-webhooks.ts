/** For tests of webhooks: agnhost's servers as the conformance suite deploys them, and an API that is asked while time passes. */
import { ADMIN } from '../api/authentication/user.ts'
import type { ApiResponse } from '../http/exchange.ts'
import { WEBHOOK_CERTIFICATE } from './testdata/certificates.ts'
import { AGNHOST, type World, world } from './testing.ts'

export const CORE = '/api/v1/namespaces/default'

export interface Answer {
  status: number
  warnings: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any
}

export async function ask(
  w: World,
  method: string,
  url: string,
  body?: object,
  type = 'application/json',
): Promise<Answer> {
  const request = {
    method,
    url,
    headers: { 'content-type': type },
    body: body ? JSON.stringify(body) : '',
    user: ADMIN,
  }
  await w.cluster.api.missing(request)
  let answer: ApiResponse | undefined
  w.cluster.api.answer(request, given => {
    answer = given
  })
  for (let ms = 0; !answer && ms < 40_000; ms += 100) await w.cluster.clock.advance(100)
  const { status, body: text, warnings } = answer!
  return { status, warnings, json: JSON.parse(String(await text)) }
}

/** Its certificate's: a file of this form has to be there, and what it holds is not used. */
const KEY = '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n'

/** Where a server finds its certificate. */
export const FILES = '/webhook.local.config/certificates'

/** A cluster in which such a server runs, behind the Service of this name. */
export const withServer = (command: string, service: string, more: readonly string[] = []): Promise<World> =>
  withContainer(service, {
    image: AGNHOST,
    args: [
      command,
      `--tls-cert-file=${FILES}/tls.crt`,
      `--tls-private-key-file=${FILES}/tls.key`,
      '-v=4',
      '--port=8444',
      ...more,
    ],
  })

/** A cluster in which a container serves port 8444, behind the Service of this name. */
export async function withContainer(service: string, container: object): Promise<World> {
  const w = await world({ nodes: ['node-1'] })
  const tls = { 'tls.crt': btoa(WEBHOOK_CERTIFICATE), 'tls.key': btoa(KEY) }
  await ask(w, 'POST', `${CORE}/secrets`, { metadata: { name: 'sample-webhook-secret' }, data: tls })
  await ask(w, 'POST', `${CORE}/services`, {
    metadata: { name: service },
    spec: { selector: { webhook: 'true' }, ports: [{ port: 8443, targetPort: 8444 }] },
  })
  const main = {
    name: 'main',
    ...container,
    readinessProbe: { httpGet: { scheme: 'HTTPS', port: 8444, path: '/readyz' }, periodSeconds: 1 },
    volumeMounts: [{ name: 'certs', readOnly: true, mountPath: FILES }],
  }
  const volumes = [{ name: 'certs', secret: { secretName: 'sample-webhook-secret' } }]
  await w.run('sample-webhook', { containers: [main], volumes }, { metadata: { labels: { webhook: 'true' } } })
  if (!w.pod('sample-webhook').status.containerStatuses?.[0]?.ready)
    throw new Error(`the server is not ready: ${w.logs('sample-webhook')}`)
  return w
}
