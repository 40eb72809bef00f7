/** agnhost nettest and guestbook: servers that remember what they were told. */
import { resolveHost } from '../../../commands/network/resolve.ts'
import { forever } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import {
  exitWith,
  fatal,
  fault,
  get,
  goJson,
  type Handler,
  klog,
  listen,
  log,
  notFound,
  type Subcommand,
  text,
} from './go.ts'

interface State {
  Hostname: string
  Sent: Record<string, number> | null
  Received: Record<string, number> | null
  Errors: string[] | null
  Log: string[] | null
  StillContactingPeers: boolean
}

export const nettest: Subcommand = async (process, flags) => {
  const peers = flags.number('peers')
  const state: State = {
    Hostname: process.hostname,
    Sent: null,
    Received: null,
    Errors: null,
    Log: null,
    StillContactingPeers: true,
  }
  const count = (calls: Record<string, number> | null): number => Object.keys(calls ?? {}).length
  const failed = await listen(process, flags.number('port'), (request, respond) => {
    switch (request.path) {
      case '/quit':
        return exitWith(process, 0)
      case '/read':
        return respond(text(goJson(state, '\t')))
      case '/status':
        return respond(
          text(
            count(state.Sent) >= peers && count(state.Received) >= peers
              ? 'pass'
              : state.StillContactingPeers
                ? 'running'
                : 'fail',
          ),
        )
      case '/write': {
        const source = sourceOf(request.body)
        if (source) {
          state.Received ??= {}
          state.Received[source] = (state.Received[source] ?? 0) + 1
        } else state.Errors = [...(state.Errors ?? []), `${state.Hostname}: Got request with no source`]
        return respond(text(`${goJson({ Hostname: state.Hostname })}\n`))
      }
      default:
        return respond(notFound)
    }
  })
  if (failed !== undefined) return failed
  const delay = flags.number('delay-shutdown')
  if (delay > 0) {
    process.on('TERM', () => {
      log(process, `Sleeping ${delay} seconds before terminating...`)
      process.clock.after(delay * 1000, () => exitWith(process, 0))
    })
  }
  log(
    process,
    'Unable to get server version: asking the API from a container is not simulated; peers are not contacted.',
  )
  return forever(process)
}

function sourceOf(body: string): string {
  try {
    return String((JSON.parse(body) as { Source?: string }).Source ?? '')
  } catch {
    return ''
  }
}

/** A server of the guestbook: a primary that tells its replicas, a replica, or the front that asks them. */
export const guestbook: Subcommand = async (process, flags) => {
  const port = flags.number('http-port')
  const backend = flags.number('backend-port')
  const primary = flags.text('replicaof')
  let store: Record<string, string> = {}
  const replicas: string[] = []
  const handle: Handler = (request, respond) => {
    const q = (name: string): string => request.query.get(name) ?? ''
    const [key, value] = [q('key'), q('value')]
    switch (request.path) {
      case '/register':
        log(process, `GET /register?host=${q('host')}`)
        respond(text(goJson({ data: store })))
        replicas.push(q('host'))
        return log(process, `Node '${q('host')}' registered.`)
      case '/get':
        log(process, `GET /get?key=${key}`)
        return respond(text(goJson({ data: key === '' ? store : (store[key] ?? '') })))
      case '/set': {
        log(process, `GET /set?key=${key}&value=${value}`)
        if (!key) return respond(fault('cannot set with empty key.', 400))
        store[key] = value
        const tell = (left: readonly string[]) => {
          const [replica, ...rest] = left
          if (replica === undefined) return respond(text(goJson({ message: 'Updated' })))
          get(process, replica, backend, `/set?${new URLSearchParams({ key, value })}`, result =>
            'error' in result
              ? respond(fault(`encountered error while propagating to replica '${replica}': ${result.error}`, 417))
              : tell(rest),
          )
        }
        return tell(replicas)
      }
      case '/guestbook': {
        const command = q('cmd').toLowerCase()
        log(process, `GET /guestbook?cmd=${command}&key=${key}&value=${value}`)
        if (command !== 'get' && command !== 'set') return respond(fault(`unsupported cmd: '${command}'`, 400))
        if (command === 'set' && !key) return respond(fault('cannot set with empty key.', 400))
        const host = command === 'get' ? 'agnhost-replica' : 'agnhost-primary'
        const ip = resolveHost(process, host).ips[0]
        if (!ip) return respond(fault(`host and/or port param are invalid. lookup ${host}: no such host`, 400))
        return get(process, ip, backend, `/${command}?${new URLSearchParams({ key, value })}`, result =>
          respond('error' in result ? fault(`encountered error: ${result.error}`, 417) : text(result.body)),
        )
      }
      default:
        return respond(notFound)
    }
  }
  const failed = await listen(process, port, handle)
  if (failed !== undefined) return failed
  if (!primary) return forever(process)
  const registered = await register(process, primary, backend)
  if (!registered) return fatal(process, 'Timed out while registering to primary.')
  store = registered
  return forever(process)
}

/** Says to the primary that this replica is there, for 15 seconds at most. @returns what the primary holds */
async function register(process: Process, primary: string, port: number): Promise<Record<string, string> | undefined> {
  const deadline = process.clock.now() + 15_000
  while (process.clock.now() < deadline) {
    const ip = resolveHost(process, primary).ips[0]
    if (ip) {
      await process.write(
        2,
        klog(process, `Registering to primary: ${primary}:${port}/register?host=${process.net.ips[0]}`),
      )
      const result = await process.block<{ body: string } | { error: string }>(wake =>
        get(process, ip, port, `/register?host=${process.net.ips[0]}`, wake),
      )
      if ('body' in result) {
        await process.write(2, klog(process, `Registered to node: ${primary}`))
        return (JSON.parse(result.body) as { data: Record<string, string> }).data
      }
      await process.write(
        2,
        klog(process, `encountered error while registering to primary: ${result.error}. Retrying in 1s.`),
      )
    } else
      await process.write(
        2,
        klog(process, `unable to get IP ${primary}:${port}: lookup ${primary}: no such host. Retrying in 1s.`),
      )
    await process.sleep(1000)
  }
  return undefined
}
