/**
 * How clients of databases and servers speak here, a line at a time: who one is, `welcome` or `denied`, then statements
 * and what came of them, as JSON.
 */
import type { ConnectFailure } from '../../../../network/network.ts'
import { type ConnectionStream, connect } from '../../../commands/network/connect.ts'
import type { Process } from '../../../processes/process.ts'
import type { Rows } from '../../../sql/select.ts'

export interface Person {
  user: string
  password: string
  /** The database to begin in. */
  database?: string
  /** Through the server's socket, as if from no address. */
  bySocket?: boolean
}

export interface Answer {
  found?: Rows
  tag: string
  affected?: number
  matched?: number
  records?: number
  database?: string
  inTransaction?: boolean
  copied?: string
  notices?: readonly string[]
  error?: {
    message: string
    code?: number
    state?: string
    detail?: string
    hint?: string
    context?: string
    at?: number
  }
}

export const loginLine = ({ user, password, database = '', bySocket }: Person): string =>
  `login ${[user, password, database].map(encodeURIComponent).join(' ')}${bySocket ? ' socket' : ''}\n`

export function readLogin(line: string): Person | undefined {
  const [verb, ...told] = line.split(' ')
  if (verb !== 'login') return undefined
  try {
    const [user = '', password = '', database, way] = told.map(decodeURIComponent)
    return { user, password, ...(database && { database }), ...(way === 'socket' && { bySocket: true }) }
  } catch {
    // Somebody has typed it.
    return undefined
  }
}

/** What a line says; undefined when it is none of a client's, but typed by somebody. */
export function readMessage<T extends object>(line: string): T | undefined {
  try {
    const message = JSON.parse(line) as unknown
    return typeof message === 'object' && message !== null ? (message as T) : undefined
  } catch {
    return undefined
  }
}

/** Calls back for each line that has come whole. */
export function linesOf(handle: (line: string) => void): (data: string) => void {
  let buffer = ''
  return data => {
    buffer += data
    for (let end = buffer.indexOf('\n'); end >= 0; end = buffer.indexOf('\n')) {
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + 1)
      handle(line)
    }
  }
}

/** A connection to a server that has let one in. */
export interface Client {
  version: string
  connection: number
  /** Undefined when the server has gone. */
  ask(sql: string, data?: string): Promise<Answer | undefined>
  /** A line as it is, and the line that comes back. */
  line(text: string): Promise<string | undefined>
  close(): void
}

/** `ip`: what the host's name stands for. */
export type Login =
  | { client: Client }
  | { failure: ConnectFailure | 'ENOTFOUND' | 'TIMEOUT'; ip?: string }
  | { denied: string; ip?: string }

export async function login(process: Process, host: string, port: number, person: Person): Promise<Login> {
  const opened = await connect(process, host, port, { timeoutMs: 10_000 })
  if ('failure' in opened) return { failure: opened.failure, ...(opened.ip !== undefined && { ip: opened.ip }) }
  const { stream, ip } = opened
  const read = reader(process, stream)
  await stream.write(process, loginLine(person))
  const [verb, version = '', connection = '0'] = ((await read()) ?? '').split(' ')
  if (verb !== 'welcome') {
    stream.close()
    return { denied: verb === 'denied' ? decodeURIComponent(version) : '', ip }
  }
  const line = async (text: string): Promise<string | undefined> => {
    await stream.write(process, `${text}\n`)
    return read()
  }
  return {
    client: {
      version,
      connection: Number(connection),
      line,
      async ask(sql, data) {
        const answer = await line(JSON.stringify({ sql, data }))
        return answer === undefined ? undefined : (JSON.parse(answer) as Answer)
      },
      close: () => stream.close(),
    },
  }
}

/** Lines of a connection, one after the other; undefined at its end. */
function reader(process: Process, stream: ConnectionStream): () => Promise<string | undefined> {
  let buffer = ''
  return async () => {
    while (!buffer.includes('\n')) {
      const data = await stream.read(process)
      if (!data) return undefined
      buffer += data
    }
    const end = buffer.indexOf('\n')
    const line = buffer.slice(0, end)
    buffer = buffer.slice(end + 1)
    return line
  }
}
