/** agnhost inclusterclient: asks the API server for its health, again and again, with the service account's token. */
import { distrust } from '../../../network/tls.ts'
import { connect } from '../../commands/connect.ts'
import { secure } from '../../commands/https.ts'
import { type HttpAnswer, noTls, responseReader } from '../../http-client.ts'
import type { Process } from '../../process.ts'
import { fatal, log, type Subcommand } from './go.ts'

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'
const TIMEOUT_MS = 30_000

export const inclusterclient: Subcommand = async (process, flags) => {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = process.env
  if (!host || !port)
    return fatal(
      process,
      'err: unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined',
    )
  if (!process.fs.exists(`${ACCOUNT}/token`))
    return fatal(process, `err: open ${ACCOUNT}/token: no such file or directory`)
  let stopped = false
  for (const signal of ['INT', 'TERM'] as const)
    process.on(signal, () => {
      stopped = true
    })
  const seconds = flags.number('poll-interval', 30)
  while (!stopped) {
    await process.sleep(seconds * 1000).catch(() => {})
    if (stopped) break
    log(process, 'calling /healthz')
    // The file is read each time: tokens are replaced as they grow old.
    const header = `Bearer ${process.fs.readFile(`${ACCOUNT}/token`)}`
    log(process, `authz_header=${await sha256(process, header)}`)
    const failed = await ask(process, host, Number(port), header)
    if (failed === undefined) log(process, 'status=ok')
    else {
      log(process, 'status=failed')
      log(process, `error checking /healthz: ${failed}`)
    }
  }
  return 0
}

async function sha256(process: Process, text: string): Promise<string> {
  const digest = await process.load(crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** @returns what went wrong, in Go's words */
async function ask(process: Process, host: string, port: number, authorization: string): Promise<string | undefined> {
  const address = `${host}:${port}`
  const problem = (words: string): string => `Get "https://${address}/healthz": ${words}`
  const opened = await connect(process, host, port, { timeoutMs: TIMEOUT_MS })
  if ('failure' in opened)
    return problem(
      `dial tcp ${address}: ${opened.failure === 'TIMEOUT' ? 'i/o timeout' : `connect: ${opened.message.toLowerCase()}`}`,
    )
  try {
    const secured = await secure(process, opened.connection, host, process.clock.now() + TIMEOUT_MS)
    if (secured === 'timeout') return problem('net/http: TLS handshake timeout')
    if (!secured) return problem('EOF')
    if ('plain' in secured) return problem(noTls(secured.plain))
    if (distrust(secured.certificate, host, process.fs.readFile(`${ACCOUNT}/ca.crt`)))
      return problem('tls: failed to verify certificate: x509: certificate signed by unknown authority')
    const answer = await process.block<HttpAnswer | undefined>(wake => {
      const reader = responseReader(wake)
      secured.connection.onData(reader.data)
      secured.connection.onClose(reader.end)
      secured.connection.send(
        `GET /healthz HTTP/1.1\r\nHost: ${address}\r\nUser-Agent: agnhost/v0.0.0 (linux/amd64) kubernetes/$Format\r\nAccept: application/json, */*\r\nAuthorization: ${authorization}\r\nConnection: close\r\n\r\n`,
      )
    })
    if (!answer) return problem('EOF')
    return answer.status === 200 ? undefined : answer.body
  } finally {
    opened.connection.close()
  }
}
