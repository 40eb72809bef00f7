/** agnhost inclusterclient: asks the API server for its health, again and again, with the service account's token. */
import type { Process } from '../../../processes/process.ts'
import { ACCOUNT, askApi } from '../../cluster/api-client.ts'
import { fatal, log, type Subcommand } from './go.ts'

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
  const seconds = flags.number('poll-interval')
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
  const got = await askApi(process, { host, port, path: '/healthz' }, authorization)
  if ('problem' in got) return got.problem
  return got.answer.status === 200 ? undefined : got.answer.body
}
