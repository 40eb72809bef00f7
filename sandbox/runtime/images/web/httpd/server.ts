/** Apache's program: its command line, its sockets and logs, how it starts, restarts and stops. */
import { type Certificate, certificateOf } from '../../../../network/tls.ts'
import { isErrno } from '../../../errno.ts'
import { forever, type HttpRequest, type HttpResponse, serveHttp } from '../../../network/serving.ts'
import type { Process, Program } from '../../../processes/process.ts'
import { answer, type Shared } from './answering.ts'
import { type Config, configOf, hostFor } from './config.ts'
import { control, dump, type Options, readOptions, runningPid, usage } from './control.ts'
import type { Exchange, Level } from './exchange.ts'
import type { Host, Listen } from './host.ts'
import { errorHead, Logs } from './logs.ts'
import { BUILT_IN } from './modules.ts'
import { absolute, type Reading, readTree, SERVER_ROOT } from './reading.ts'
import { page } from './reply.ts'
import { headed, responseOf } from './responses.ts'
import { ConfigError, ReadingError } from './syntax.ts'
import { serverToken } from './tokens.ts'
import { typesOf } from './types.ts'

const BUILT = '2025-11-04T00:00:00'

const LEVELS: readonly Level[] = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg']

/** What is read before it serves, and again at each restart. @throws ConfigError */
function prepare(
  process: Process,
  options: Options,
  version: string,
): { config: Config; reading: Reading; said: string[] } {
  const said: string[] = []
  const reading: Reading = {
    process,
    version,
    root: options.root ?? SERVER_ROOT,
    modules: new Set(BUILT_IN),
    defined: new Map(options.defined.map(name => [name, ''])),
    warn: text => said.push(`${errorHead(process, 'core', 'warn')}${text}\n`),
  }
  try {
    const path = absolute(reading.root, options.file ?? 'conf/httpd.conf')
    const tree = readTree(reading, path)
    const config = configOf(reading, tree)
    typesOf(reading, tree, [config.main, ...config.hosts])
    if (config.main.name === undefined) said.push(unnamed(process))
    return { config, reading, said }
  } catch (error) {
    if (error instanceof ReadingError) throw new ConfigError(`httpd: ${error.message}`)
    throw error
  }
}

const unnamed = (process: Process): string =>
  `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${process.net.ips[0]}. Set the 'ServerName' directive globally to suppress this message\n`

class Running {
  readonly #process: Process
  readonly #version: string
  readonly #logs: Logs
  #shared: Shared
  #listeners: { close(): void }[] = []
  /** Who looks at files: with the rights of the user that the configuration names. */
  worker?: Process

  constructor(process: Process, version: string, ready: ReturnType<typeof prepare>) {
    this.#process = process
    this.#version = version
    this.#logs = new Logs(process)
    const now = process.clock.now()
    this.#shared = {
      ...ready,
      lost: new Map(),
      turns: new Map(),
      scopes: new Map(),
      counts: {
        accesses: 0,
        bytes: 0,
        duration: 0,
        active: 0,
        accepted: 0,
        began: now,
        restarted: now,
        generation: 1,
        built: BUILT,
      },
    }
  }

  get config(): Config {
    return this.#shared.config
  }

  /** @throws ConfigError */
  openLogs(): void {
    const { main, hosts } = this.config
    for (const host of [main, ...hosts]) {
      this.#logs.open(host.errorLog, 'error log file')
      for (const { path } of host.logs) this.#logs.open(path, 'transfer log file')
    }
  }

  /** @param by who says it: a worker, of what requests come to */
  note(module: string, level: Level, text: string, host: Host = this.config.main, by = this.#process): void {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(host.level) && level !== 'notice') return
    this.#logs.write(host.errorLog, `${errorHead(by, module, level)}${text}\n`)
  }

  /** @returns what could not be bound */
  listen(): string | undefined {
    for (const place of this.config.listens) {
      try {
        this.#listeners.push(this.#serve(place))
      } catch (error) {
        const used = (error as { code?: string }).code === 'EADDRINUSE'
        const fault = `${used ? '(98)Address already in use' : '(13)Permission denied'}: AH00072: make_sock: could not bind to address`
        return `${place.address === '0.0.0.0' ? `${fault} [::]:${place.port}\n` : ''}${fault} ${place.address}:${place.port}`
      }
    }
    return undefined
  }

  /** Goes on with another configuration. */
  become(ready: ReturnType<typeof prepare>): void {
    for (const listener of this.#listeners.splice(0)) listener.close()
    const { counts } = this.#shared
    this.#shared = {
      ...this.#shared,
      ...ready,
      scopes: new Map(),
      lost: new Map(),
      counts: { ...counts, restarted: this.#process.clock.now(), generation: counts.generation + 1 },
    }
    this.#logs.close()
    this.openLogs()
    this.listen()
  }

  #serve({ address, port }: Listen): { close(): void } {
    const { config } = this
    const secure = [config.main, ...config.hosts].find(
      ({ ssl, addresses }) =>
        ssl && (addresses.length ? addresses.some(one => one.port === port) : config.listens.length === 1),
    )
    const certificate = secure && certificateFor(this.#process, secure)
    return serveHttp(this.#process, {
      address,
      port,
      quietKeepAlive: true,
      connections: this.#shared.counts,
      ...(certificate && { certificate, plain: this.#plainToTls(port) }),
      unreadable: () => this.#unreadable(port),
      handle: (request, respond) => this.#handle(request, port, Boolean(certificate), respond),
    })
  }

  #exchange(request: HttpRequest, port: number, ssl: boolean): Exchange {
    const process = this.worker ?? this.#process
    const { config } = this
    const host = hostFor(config, process.net.ips[0] ?? '', port, request.headers.get('host') ?? '')
    const query = request.target.indexOf('?')
    const trusted = host.remoteIp && request.headers.get(host.remoteIp.header)
    const x: Exchange = {
      process,
      version: this.#version,
      request,
      ip: trusted?.split(',').at(-1)?.trim() || request.remote.ip,
      port,
      ssl,
      started: process.clock.now(),
      host,
      scope: host.scope,
      method: request.method,
      uri: request.path,
      args: query < 0 ? '' : request.target.slice(query + 1),
      filename: '',
      pathInfo: '',
      env: new Map(),
      headers: new Map(request.headers),
      redirects: -1,
      always: [],
      note: (module, level, text, { number, anonymous } = {}) => {
        const referrer = request.headers.get('referer')
        const client = anonymous ? '' : `[client ${x.ip}:${request.remote.port}] `
        const before = number === undefined ? '' : `${number}: `
        this.note(
          module,
          level,
          `${before}${client}${text}${referrer === undefined ? '' : `, referer: ${referrer}`}`,
          host,
          process,
        )
      },
    }
    return x
  }

  #handle(request: HttpRequest, port: number, ssl: boolean, respond: (response: HttpResponse) => void): void {
    const x = this.#exchange(request, port, ssl)
    answer(x, this.#shared, result => {
      this.#log(x)
      respond(responseOf(x, result))
    })
  }

  #log(x: Exchange): void {
    const { counts } = this.#shared
    counts.accesses++
    counts.bytes += x.bytes ?? 0
    counts.duration += x.process.clock.now() - x.started
    for (const { path, format, when } of x.host.logs) {
      const [, not, name = ''] = /^(!?)(.*)$/.exec(when ?? '') ?? []
      if (when === undefined || x.env.has(name) !== Boolean(not)) this.#logs.write(path, `${format(x)}\n`)
    }
  }

  #unreadable(port: number): HttpResponse {
    const request: HttpRequest = {
      method: 'GET',
      target: '/',
      path: '/',
      query: new URLSearchParams(),
      headers: new Map(),
      body: '',
      remote: { ip: '-', port: 0 },
    }
    const x = this.#exchange(request, port, false)
    return {
      status: 400,
      headers: headed(
        x,
        [
          ['Connection', 'close'],
          ['Content-Type', 'text/html; charset=iso-8859-1'],
        ],
        page(x, 400),
      ),
      body: page(x, 400),
    }
  }

  #plainToTls(port: number): string {
    const { status, headers, body = '' } = this.#unreadable(port)
    const told = body.replace(
      '</p>\n',
      "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />\n Instead use the HTTPS scheme to access this URL, please.<br />\n</p>\n",
    )
    const lines = Object.entries({ ...headers, 'Content-Length': String(told.length) })
    return `HTTP/1.1 ${status} Bad Request\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${told}`
  }
}

function certificateFor(process: Process, { ssl }: Host): Certificate | undefined {
  if (!ssl) return undefined
  const pem = process.fs.readFile(ssl.certificate)
  return certificateOf(pem) ?? { issuer: pem.trim(), names: [] }
}

/** @param foreground it stays, whatever is asked for */
async function run(process: Process, foreground: boolean): Promise<number> {
  const version = process.env.HTTPD_VERSION ?? '2.4.65'
  const read = readOptions(process.argv.slice(1))
  const fail = async (text: string): Promise<number> => {
    await process.write(2, text)
    return 1
  }
  if ('wrong' in read) return fail(usage(read.wrong))
  const options = read
  if (options.show) {
    await process.write(1, dump(options.show, version, BUILT))
    return 0
  }
  let ready: ReturnType<typeof prepare>
  try {
    ready = prepare(process, options, version)
    checkCertificates(ready.config)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return fail(`${error.message}\n`)
  }
  const starts = options.action === 'start' && runningPid(process, ready.config) === undefined
  if (options.action && !starts) return control(process, options, ready.config, ready.reading, ready.said)
  if (options.test) {
    await process.write(2, `${ready.said.join('')}Syntax OK\n`)
    return 0
  }
  const { config } = ready
  if (!foreground && !options.defined.includes('FOREGROUND')) {
    await process.write(2, ready.said.join(''))
    process.spawn({ argv: process.argv, program: child => run(child, true) })
    return 0
  }
  process.memory = 8_000_000
  await process.write(2, ready.said.join(''))
  const running = new Running(process, version, ready)
  const failed = config.listens.length ? running.listen() : ''
  if (failed !== undefined)
    return fail(
      `${failed && `${failed}\n`}no listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
    )
  try {
    running.openLogs()
    process.fs.writeFile(config.pid, `${process.pid}\n`)
  } catch (error) {
    if (error instanceof ConfigError) return fail(`${error.message}\nAH00015: Unable to open logs\n`)
    if (!isErrno(error)) throw error
    return fail(
      `(${{ EACCES: 13, ENOENT: 2, EROFS: 30 }[error.code] ?? 5})${error.message}: AH00099: could not create ${config.pid}.\nAH00100: httpd: could not log pid to file ${config.pid}\n`,
    )
  }
  // It reads everything twice before it serves.
  await process.write(2, ready.said.join(''))
  return serve(process, running, options, version)
}

function checkCertificates({ main, hosts }: Config): void {
  for (const { ssl } of [main, ...hosts])
    if (ssl && !ssl.certificate)
      throw new ConfigError('AH02572: Failed to configure at least one certificate and key for the server')
}

function serve(process: Process, running: Running, options: Options, version: string): Promise<never> {
  const workers = [0, 1, 2].map(() =>
    process.spawn({
      argv: process.argv,
      ...running.config.owner,
      program: child => {
        child.memory = 3_000_000
        running.worker ??= child
        return forever(child)
      },
    }),
  )
  process.on('CHLD', 'ignore')
  const notice = (text: string): void => running.note('mpm_event', 'notice', text)
  const began = (): void => {
    notice(`AH00489: ${serverToken('full', version)} configured -- resuming normal operations`)
    running.note('core', 'notice', `AH00094: Command line: '${['httpd', ...options.words].join(' ')}'`)
  }
  began()
  const stop = (what: string): void => {
    notice(what)
    for (const worker of workers) process.kill(worker.pid, 'TERM')
    if (process.fs.exists(running.config.pid)) process.fs.unlink(running.config.pid)
    process.exit(0)
  }
  process.on('TERM', () => stop('AH00491: caught SIGTERM, shutting down'))
  process.on('WINCH', () => stop('AH00492: caught SIGWINCH, shutting down gracefully'))
  const restart = (what: string): void => {
    notice(what)
    try {
      const next = prepare(process, options, version)
      for (const line of next.said) void process.fds[2]?.write(process, line)
      running.become(next)
      began()
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      void process.fds[2]?.write(process, `${error.message}\n`)
      process.exit(1)
    }
  }
  process.on('HUP', () => restart('AH00494: SIGHUP received.  Attempting to restart'))
  process.on('USR1', () => restart('AH00493: SIGUSR1 received.  Doing graceful restart'))
  return forever(process)
}

export const httpd: Program = process => run(process, false)
