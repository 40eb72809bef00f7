/** Backends while haproxy runs: which servers are up, by its health checks, and whose turn it is. */
import { resolveHost } from '../../../commands/network/resolve.ts'
import { responseReader } from '../../../network/http-client.ts'
import type { Proc } from '../../../processes/proc.ts'
import type { Process } from '../../../processes/process.ts'
import type { Proxy as Section, Server } from './section.ts'

export interface ServerState {
  server: Server
  ip: string
  up: boolean
  /** Checks in a row that went the other way. */
  streak: number
  active: number
  sessions: number
  turn: number
  lastCheck: string
}

export interface BackendState {
  section: Section
  servers: readonly ServerState[]
  sessions: number
}

/** @returns the backend, or why one of its servers has no address */
export function backendState(process: Process, section: Section): BackendState | { lost: Server } {
  const servers: ServerState[] = []
  for (const server of section.servers) {
    const ip = resolveHost(process, server.host).ips[0]
    if (ip === undefined) return { lost: server }
    servers.push({ server, ip, up: !server.disabled, streak: 0, active: 0, sessions: 0, turn: 0, lastCheck: '' })
  }
  return { section, servers, sessions: 0 }
}

const usable = ({ servers }: BackendState, backup: boolean): ServerState[] =>
  servers.filter(
    ({ up, server, active }) => up && server.backup === backup && server.weight > 0 && active < server.maxConnections,
  )

export const usableCount = (backend: BackendState): number =>
  backend.servers.filter(({ up, server }) => up && server.weight > 0).length

/** Spares are used when nobody else is there, one of them unless `option allbackups` says all. */
export function choose(
  backend: BackendState,
  process: Process,
  by: { ip: string; uri: string; cookie?: string },
): ServerState | undefined {
  const first = usable(backend, false)
  const spare = usable(backend, true)
  const from = first.length ? first : backend.section.options.has('allbackups') ? spare : spare.slice(0, 1)
  if (!from.length) return undefined
  const sticky = by.cookie === undefined ? undefined : from.find(({ server }) => server.cookie === by.cookie)
  if (sticky) return sticky
  switch (backend.section.balance) {
    case 'source':
      return from[hash(by.ip) % from.length]
    case 'uri':
      return from[hash(by.uri) % from.length]
    case 'random':
      return from[process.random.int(from.length)]
    case 'first':
      return from[0]
    case 'leastconn': {
      const least = Math.min(...from.map(({ active, server }) => active / server.weight))
      return turns(from.filter(({ active, server }) => active / server.weight === least))
    }
    default:
      return turns(from)
  }
}

function turns(from: readonly ServerState[]): ServerState {
  const total = from.reduce((sum, { server }) => sum + server.weight, 0)
  for (const one of from) one.turn += one.server.weight
  const chosen = from.reduce((best, one) => (one.turn > best.turn ? one : best))
  chosen.turn -= total
  return chosen
}

const hash = (text: string): number => [...text].reduce((sum, c) => (sum * 33 + c.charCodeAt(0)) >>> 0, 5381)

/** Looks after the servers that say `check`, and tells what changes. */
export function startChecks(
  process: Process,
  backend: BackendState,
  say: (level: 'WARNING' | 'ALERT', text: string) => void,
): void {
  for (const state of backend.servers)
    if (state.server.check && !state.server.disabled) checkAgain(process, backend, state, say)
}

function checkAgain(
  process: Process,
  backend: BackendState,
  state: ServerState,
  say: (level: 'WARNING' | 'ALERT', text: string) => void,
): void {
  const { server } = state
  if ((process as Proc).status) return
  const began = process.clock.now()
  check(process, backend.section, state, result => {
    const took = process.clock.now() - began
    state.lastCheck = result.code
    const well = result.failed === undefined
    state.streak = well === state.up ? 0 : state.streak + 1
    if (state.streak >= (well ? server.rise : server.fall)) {
      state.streak = 0
      state.up = well
      tell(backend, state, result, took, say)
    }
    // Checks end with who makes them.
    if (!(process as Proc).status) process.clock.after(server.interMs, () => checkAgain(process, backend, state, say))
  })
}

function tell(
  backend: BackendState,
  { server, up }: ServerState,
  { failed, words }: Checked,
  took: number,
  say: (level: 'WARNING' | 'ALERT', text: string) => void,
): void {
  const { name } = backend.section
  const active = usable(backend, false).length
  const backups = usable(backend, true).length
  const info = failed === undefined ? '' : `, info: "${failed}"`
  say(
    'WARNING',
    `Server ${name}/${server.name} is ${up ? 'UP' : 'DOWN'}, reason: ${words}${info}, check duration: ${took}ms. ${active} active and ${backups} backup servers ${up ? 'online' : 'left'}. 0 sessions ${up ? 'requeued, 0 total in queue' : 'active, 0 requeued, 0 remaining in queue'}.`,
  )
  if (!up && !active && !backups)
    say('ALERT', `${backend.section.kind === 'listen' ? 'proxy' : 'backend'} '${name}' has no server available!`)
}

interface Checked {
  /** As the page of statistics shows it. */
  code: string
  words: string
  failed?: string
}

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  ETIMEDOUT: 'Connection timed out',
}

function check(process: Process, section: Section, { ip, server }: ServerState, done: (result: Checked) => void): void {
  let over = false
  let giveUp = (): void => {}
  const finish = (result: Checked): void => {
    if (over) return
    over = true
    process.clock.cancel(timer)
    giveUp()
    done(result)
  }
  const layer = section.httpCheck ? 7 : 4
  const timer = process.clock.after(section.timeouts.check ?? server.interMs, () =>
    finish({ code: `L${layer}TOUT`, words: `Layer${layer} timeout`, failed: 'timeout' }),
  )
  giveUp = process.net.connect('TCP', ip, server.checkPort ?? server.port, result => {
    if (over) return
    if ('failure' in result)
      return finish({ code: 'L4CON', words: 'Layer4 connection problem', failed: FAILURES[result.failure]! })
    giveUp = () => result.connection.close()
    const { httpCheck } = section
    if (!httpCheck) return finish({ code: 'L4OK', words: 'Layer4 check passed' })
    const reader = responseReader(answer => {
      if (!answer) return finish({ code: 'L7RSP', words: 'Layer7 invalid response', failed: 'empty response' })
      if (!httpCheck.expect(answer.status))
        return finish({
          code: 'L7STS',
          words: `Layer7 wrong status, code: ${answer.status}`,
          failed: /^\S+ \d+ (.*)$/m.exec(answer.head)?.[1]?.trim() ?? '',
        })
      finish({ code: 'L7OK', words: `Layer7 check passed, code: ${answer.status}` })
    })
    result.connection.onData(reader.data)
    result.connection.onClose(reader.end)
    const headers = httpCheck.headers.map(line => `${line}\r\n`).join('')
    result.connection.send(`${httpCheck.method} ${httpCheck.uri} HTTP/1.0\r\n${headers}\r\n`)
  })
}
