/** mongod's log: structured lines of its start, of who comes and goes, and of its end. */
import type { Process } from '../../../processes/process.ts'
import type { LogStep } from '../../daemons/log-steps.ts'

/** `{"t":{"$date":"…"},"s":"I",  "c":"NETWORK",  "id":23016, …}`: the first columns are aligned. */
const entry =
  (component: string, id: number, context: string, msg: string, more = '', severity = 'I') =>
  (now: number): string =>
    `{"t":{"$date":"${new Date(now).toISOString().replace('Z', '+00:00')}"},"s":"${severity}",  "c":${`"${component}",`.padEnd(11)} "id":${`${id},`.padEnd(8)} "ctx":"${context}","msg":${JSON.stringify(msg)}${more && `,${more}`}}`

const attr = (attributes: object): string => `"attr":${JSON.stringify(attributes)}`

const STARTUP = '"tags":["startupWarnings"]'

/** @param auth whether only those with an account may work */
export function starting(process: Process, version: string, auth: boolean): LogStep[] {
  const main = (component: string, id: number, msg: string, more = '', severity = 'I', cpuMs = 0): LogStep => ({
    cpuMs,
    text: entry(component, id, 'initandlisten', msg, more, severity),
  })
  const at = (component: string, id: number, context: string, msg: string, more = ''): LogStep => ({
    text: entry(component, id, context, msg, more),
  })
  const options = { net: { bindIp: '*' }, ...(auth && { security: { authorization: 'enabled' } }) }
  return [
    at(
      'CONTROL',
      23285,
      'main',
      "Automatically disabling TLS 1.0, to force-enable TLS 1.0 specify --sslDisabledProtocols 'none'",
    ),
    at('NETWORK', 4648602, 'main', 'Implicit TCP FastOpen in use.'),
    main(
      'CONTROL',
      4615611,
      'MongoDB starting',
      attr({ pid: process.pid, port: 27017, dbPath: '/data/db', architecture: '64-bit', host: process.hostname }),
    ),
    main(
      'CONTROL',
      23403,
      'Build Info',
      attr({
        buildInfo: {
          version,
          modules: [],
          allocator: 'tcmalloc',
          environment: { distmod: 'ubuntu2204', distarch: 'x86_64', target_arch: 'x86_64' },
        },
      }),
    ),
    main('CONTROL', 51765, 'Operating System', attr({ os: { name: 'Ubuntu', version: '22.04' } })),
    main('CONTROL', 21951, 'Options set by command line', attr({ options })),
    main(
      'STORAGE',
      22297,
      'Using the XFS filesystem is strongly recommended with the WiredTiger storage engine. See http://dochub.mongodb.org/core/prodnotes-filesystem',
      STARTUP,
    ),
    main('STORAGE', 22315, 'Opening WiredTiger', attr({ config: 'create,cache_size=1464M,session_max=33000' })),
    main('STORAGE', 4795906, 'WiredTiger opened', attr({ durationMillis: 300 }), 'I', 300),
    main(
      'RECOVERY',
      23987,
      'WiredTiger recoveryTimestamp',
      attr({ recoveryTimestamp: { $timestamp: { t: 0, i: 0 } } }),
    ),
    ...(auth
      ? []
      : [
          main(
            'CONTROL',
            22120,
            'Access control is not enabled for the database. Read and write access to data and configuration is unrestricted',
            STARTUP,
            'W',
          ),
        ]),
    main(
      'FTDC',
      20625,
      'Initializing full-time diagnostic data capture',
      attr({ dataDirectory: '/data/db/diagnostic.data' }),
      'I',
      50,
    ),
    at('NETWORK', 23015, 'listener', 'Listening on', attr({ address: '/tmp/mongodb-27017.sock' })),
    at('NETWORK', 23015, 'listener', 'Listening on', attr({ address: '0.0.0.0' })),
    at('NETWORK', 23016, 'listener', 'Waiting for connections', attr({ port: 27017, ssl: 'off' })),
  ]
}

const stopping = (): LogStep[] =>
  (
    [
      ['CONTROL', 23377, 'Received signal', attr({ signal: 15, error: 'Terminated' })],
      ['CONTROL', 23378, 'Signal was sent by kill(2)', attr({ pid: 0, uid: 0 })],
      ['CONTROL', 23381, 'will terminate after current cmd ends', ''],
      ['REPL', 4784900, 'Stepping down the ReplicationCoordinator for shutdown', attr({ waitTimeMillis: 15000 })],
      ['COMMAND', 4784901, 'Shutting down the MirrorMaestro', ''],
      ['NETWORK', 20562, 'Shutdown: going to close listening sockets', ''],
      ['NETWORK', 4784905, 'Shutting down the global connection pool', ''],
      ['STORAGE', 4784908, 'Shutting down the PeriodicThreadToAbortExpiredTransactions', ''],
      ['STORAGE', 4784930, 'Shutting down the storage engine', ''],
      ['STORAGE', 4795901, 'WiredTiger closed', attr({ durationMillis: 40 })],
      ['STORAGE', 22279, 'shutdown: removing fs lock...', ''],
      ['-', 4784931, 'Dropping the scope cache for shutdown', ''],
      ['FTDC', 20626, 'Shutting down full-time diagnostic data capture', ''],
      ['CONTROL', 20565, 'Now exiting', ''],
      ['CONTROL', 23138, 'Shutting down', attr({ exitCode: 0 })],
    ] as const
  ).map(([component, id, msg, more]) => ({ text: entry(component, id, 'SignalHandler', msg, more) }))

export class ConnectionLog {
  readonly #process: Process
  #opened = 0
  /** Connections that are open, by their numbers. */
  readonly #open = new Set<number>()
  #silent = false

  constructor(process: Process) {
    this.#process = process
  }

  #write(text: (now: number) => string): void {
    if (this.#silent) return
    const { clock, fds } = this.#process
    void fds[1]?.write(this.#process, `${text(clock.now())}\n`)
  }

  /** @returns its number */
  accepted(remote: { ip: string; port: number }): number {
    const connectionId = ++this.#opened
    this.#open.add(connectionId)
    const from = `${remote.ip}:${remote.port}`
    const attributes = attr({ remote: from, connectionId, connectionCount: this.#open.size })
    this.#write(entry('NETWORK', 22943, 'listener', 'Connection accepted', attributes))
    return connectionId
  }

  /** Ends with it: nothing is told of connections any more. */
  stopping(): LogStep[] {
    this.#silent = true
    return stopping()
  }

  /** Either side has closed it; told once. */
  ended(connectionId: number, remote: { ip: string; port: number }): void {
    if (!this.#open.delete(connectionId)) return
    const from = `${remote.ip}:${remote.port}`
    const attributes = attr({ remote: from, connectionId, connectionCount: this.#open.size })
    this.#write(entry('NETWORK', 22944, `conn${connectionId}`, 'Connection ended', attributes))
  }

  refused(connectionId: number, remote: { ip: string; port: number }, user: string, known: boolean): void {
    const attributes = attr({
      client: `${remote.ip}:${remote.port}`,
      mechanism: 'SCRAM-SHA-256',
      user,
      db: 'admin',
      error: known
        ? 'AuthenticationFailed: SCRAM authentication failed, storedKey mismatch'
        : `UserNotFound: Could not find user "${user}" for db "admin"`,
      result: known ? 18 : 11,
    })
    this.#write(entry('ACCESS', 5286307, `conn${connectionId}`, 'Failed to authenticate', attributes))
  }
}
