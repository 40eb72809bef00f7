/** What a Go program in a Pod does to ask the API server something: by TLS, with the service account's authority. */
import { distrust } from '../../../../network/tls.ts'
import { connect } from '../../../commands/connect.ts'
import { secure } from '../../../commands/https.ts'
import { type HttpAnswer, noTls, responseReader } from '../../../http-client.ts'
import type { Process } from '../../../process.ts'

export const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'
const TIMEOUT_MS = 30_000

export interface Place {
  host: string
  port: number
  path: string
}

/** @returns the answer, or what went wrong, in Go's words */
export async function getFromApi(
  process: Process,
  { host, port, path }: Place,
  authorization: string,
): Promise<{ answer: HttpAnswer } | { problem: string }> {
  const address = port === 443 && !/^[\d.]+$/.test(host) ? host : `${host}:${port}`
  const failed = (words: string) => ({ problem: `Get "https://${address}${path}": ${words}` })
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
    const answer = await process.block<HttpAnswer | undefined>(wake => {
      const reader = responseReader(wake)
      secured.connection.onData(reader.data)
      secured.connection.onClose(reader.end)
      secured.connection.send(
        `GET ${path} HTTP/1.1\r\nHost: ${address}\r\nUser-Agent: agnhost/v0.0.0 (linux/amd64) kubernetes/$Format\r\nAccept: application/json, */*\r\nAuthorization: ${authorization}\r\nConnection: close\r\n\r\n`,
      )
    })
    return answer ? { answer } : failed('EOF')
  } finally {
    opened.connection.close()
  }
}
