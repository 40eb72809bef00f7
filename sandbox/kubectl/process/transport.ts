/** Requests of a process to the API: asked in process, answered in virtual time. */
import { ADMIN, ANONYMOUS } from '../../api/authentication/user.ts'
import type { Api } from '../../http/api.ts'
import { type ApiResponse as Answer, type ApiRequest, headersOf, isStream } from '../../http/exchange.ts'
import { warningHeader } from '../../http/warnings.ts'
import type { Process } from '../../runtime/processes/process.ts'
import { type ApiResponse, ConnectionError, type RestConfig, type Transport } from '../io.ts'
import { openChannel } from './channel.ts'
import type { Host } from './host.ts'
import { Inbox } from './inbox.ts'
import { forward } from './ports.ts'
import { reachServer } from './reach.ts'

export function transport(process: Process, host: Host, config: RestConfig): Transport {
  const { api } = host
  const direct = host.server !== undefined && config.server.replace(/\/$/, '') === host.server
  const certificate = config.certData
  let reached = direct
  let shown = false
  const reach = async (): Promise<void> => {
    if (certificate !== undefined && !shown) {
      const { pairFault } = await process.load(import('../kubeconfig/client-certificate.ts'))
      const fault = pairFault(certificate, config.keyData ?? '')
      if (fault) throw new ConnectionError(`tls: ${fault}`)
      shown = true
    }
    if (direct) {
      const { host: address } = new URL(config.server)
      if (!api.availability.up) throw new ConnectionError(`dial tcp ${address}: connect: connection refused`, address)
    } else if (!reached || !api.availability.up) {
      await reachServer(process, config, host.certificate)
      reached = true
    }
  }
  const identity: Record<string, string> = {
    ...(config.token && { authorization: `Bearer ${config.token}` }),
    ...(config.impersonate && { 'impersonate-user': config.impersonate.user! }),
    ...(config.impersonate?.uid && { 'impersonate-uid': config.impersonate.uid }),
    ...(config.impersonate?.groups.length && { 'impersonate-group': config.impersonate.groups.join(', ') }),
  }
  const user = direct ? ADMIN : ANONYMOUS
  const who = { user, ...(certificate !== undefined && { certificate }) }
  const upgrade = async (path: string): Promise<ApiRequest> => {
    const asked: ApiRequest = { method: 'GET', url: path, headers: identity, body: '', ...who }
    const parts = api.missing(asked)
    if (parts) await process.load(parts)
    return asked
  }
  return {
    async request(path, init = {}) {
      await reach()
      const headers: Record<string, string> = { ...identity }
      for (const [name, value] of Object.entries(init.headers ?? {})) headers[name.toLowerCase()] = value
      const [from] = process.net.ips
      const asked: ApiRequest = {
        method: init.method ?? 'GET',
        url: path,
        headers,
        body: init.body ?? '',
        ...who,
        from,
      }
      const parts = api.missing(asked)
      if (parts) await process.load(parts)
      const answered = answerTo(process, api, asked)
      const answer = answered instanceof Promise ? await answered : answered
      // Controllers see a write at once, and before this client's next request.
      if (init.method && init.method !== 'GET') await process.block<void>(wake => process.clock.soon(wake))
      return response(process, answer)
    },
    async channel(path) {
      await reach()
      return openChannel(process, api, await upgrade(path))
    },
    async forward(path, leads) {
      await reach()
      return forward(process, api, await upgrade(path), leads)
    },
  }
}

/** A promise only where a webhook is asked first. */
function answerTo(process: Process, api: Api, asked: ApiRequest): Answer | Promise<Answer> {
  let given: Answer | undefined
  let wake: ((answer: Answer) => void) | undefined
  api.answer(asked, answer => {
    given = answer
    wake?.(answer)
  })
  return (
    given ??
    process.block<Answer>(woken => {
      wake = woken
    })
  )
}

function response(process: Process, answer: Answer): ApiResponse {
  const { body } = answer
  const warnings = answer.warnings.map(warningHeader).join(', ')
  let stop = (): void => {}
  let cancel = (): void => {}
  async function* chunks(): AsyncGenerator<string> {
    if (!isStream(body)) {
      yield typeof body === 'string' ? body : await process.load(body)
      return
    }
    const queue = new Inbox<string>(process, () => stop())
    stop = body.open(
      piece => queue.push(piece),
      () => queue.end(),
    )
    cancel = () => {
      stop()
      queue.end()
    }
    try {
      for (;;) {
        const piece = await queue.next()
        if (piece === undefined) return
        yield piece
      }
    } finally {
      stop()
    }
  }
  let all: Record<string, string> | undefined
  const headers = (): Record<string, string> =>
    (all ??= {
      ...headersOf(answer),
      ...(warnings && { warning: warnings }),
      ...(isStream(body) && { 'transfer-encoding': 'chunked' }),
    })
  return {
    status: answer.status,
    header: name => (name === 'warning' ? warnings || undefined : (answer.headers[name] ?? headers()[name])),
    headers,
    async text() {
      let text = ''
      for await (const piece of chunks()) text += piece
      return text
    },
    chunks,
    cancel: () => cancel(),
  }
}
