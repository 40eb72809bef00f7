/** What a Go program in a Pod does to ask the API server something: by TLS, with the service account's authority. */
import { distrust } from '../../../network/tls.ts'
import { connect } from '../../commands/network/connect.ts'
import { secure } from '../../commands/network/https.ts'
import { byteLength } from '../../files/tree.ts'
import { type HttpAnswer, noTls, responseReader } from '../../network/http-client.ts'
import type { Process } from '../../processes/process.ts'

export const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'
const TIMEOUT_MS = 30_000

export interface Place {
  host: string
  port: number
  path: string
}

export interface Wish {
  method?: string
  body?: unknown
  /** Of the body. */
  type?: string
  /** Who asks. */
  agent?: string
  /** Gets each piece of an answer that goes on, as that to a watch; then the answer is waited for as long as it takes. */
  live?: (piece: string) => void
}

const AGNHOST = 'agnhost/v0.0.0 (linux/amd64) kubernetes/$Format'

/** @returns the answer, or what went wrong, in Go's words */
export async function askApi(
  process: Process,
  { host, port, path }: Place,
  authorization: string,
  { method = 'GET', body, type = 'application/json', agent = AGNHOST, live }: Wish = {},
): Promise<{ answer: HttpAnswer } | { problem: string }> {
  const address = port === 443 && !/^[\d.]+$/.test(host) ? host : `${host}:${port}`
  const verb = method[0]! + method.slice(1).toLowerCase()
  const failed = (words: string) => ({ problem: `${verb} "https://${address}${path}": ${words}` })
  const opened = await connect(process, host, port, { timeoutMs: TIMEOUT_MS })
  if ('failure' in opened)
    return failed(
      `dial tcp ${host}:${port}: ${opened.failure === 'TIMEOUT' ? 'i/o timeout' : `connect: ${opened.message.toLowerCase()}`}`,
    )
  try {
    const secured = await secure(process, opened.connection, host, process.clock.now() + TIMEOUT_MS)
    if (secured === 'timeout') return failed('net/http: TLS handshake timeout')
    if (!secured) return failed('EOF')
    if ('plain' in secured) return failed(noTls(secured.plain))
    if (distrust(secured.certificate, host, process.fs.readFile(`${ACCOUNT}/ca.crt`)))
      return failed('tls: failed to verify certificate: x509: certificate signed by unknown authority')
    const text = body === undefined ? '' : JSON.stringify(body)
    const about = text && `Content-Type: ${type}\r\nContent-Length: ${byteLength(text)}\r\n`
    const answer = await process.block<HttpAnswer | undefined>(wake => {
      const reader = responseReader(wake, live)
      secured.connection.onData(reader.data)
      secured.connection.onClose(reader.end)
      secured.connection.send(
        `${method} ${path} HTTP/1.1\r\nHost: ${address}\r\nUser-Agent: ${agent}\r\nAccept: application/json, */*\r\nAuthorization: ${authorization}\r\n${about}Connection: close\r\n\r\n${text}`,
      )
    })
    return answer ? { answer } : failed('EOF')
  } finally {
    opened.connection.close()
  }
}

/** The API as a client of the cluster's own sees it, by the account that its Pod has. */
export interface InCluster {
  /** The parsed answer; or what went wrong, as the server or Go says it. */
  ask(path: string, wish?: Wish): Promise<{ status: number; value: Record<string, unknown> } | { problem: string }>
}

/** What rest.InClusterConfig says when there is no cluster around a program. */
export const NOT_IN_CLUSTER =
  'unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined'

/** @returns undefined outside a cluster */
export function inCluster(process: Process, agent: string): InCluster | undefined {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = process.env
  if (!host || !port || !process.fs.exists(`${ACCOUNT}/token`)) return undefined
  return {
    async ask(path, wish = {}) {
      // The file is read each time: tokens are replaced as they grow old.
      const token = process.fs.readFile(`${ACCOUNT}/token`)
      const got = await askApi(process, { host, port: Number(port), path }, `Bearer ${token}`, { agent, ...wish })
      if ('problem' in got) return got
      const { status, body } = got.answer
      let value: Record<string, unknown> = {}
      if (body.startsWith('{')) value = JSON.parse(body) as Record<string, unknown>
      return status < 400 ? { status, value } : { problem: String(value.message ?? body) }
    },
  }
}
