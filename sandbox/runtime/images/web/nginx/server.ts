/** nginx's programs: serves its document root, logs requests in the combined format, quits gracefully on SIGQUIT. */
import type { Certificate } from '../../../../network/tls.ts'
import { isErrno } from '../../../errno.ts'
import type { FileStat, FileSystem } from '../../../fs.ts'
import { KERNEL_RELEASE } from '../../../kernel-release.ts'
import type { Process, Program } from '../../../process.ts'
import { forever, type HttpRequest, type HttpResponse, httpDate, REASONS, serveHttp } from '../../../serving.ts'
import { byteLength } from '../../../tree.ts'
import { type Location, placeOf, readConfig, type Server } from './config.ts'
import { certificatesOf, listeningPlaces, PLAIN_TO_TLS, serverFor } from './listen.ts'
import { TYPES } from './nginx.ts'
import { makeTemporaryDirectories, settingsOf, writePid } from './paths.ts'
import { addressOf, proxy, type Upstream } from './proxy.ts'

const errorPage = (status: number, version: string): HttpResponse => ({
  status,
  headers: { 'Content-Type': 'text/html' },
  body: `<html>\r\n<head><title>${status} ${REASONS[status]}</title></head>\r\n<body>\r\n<center><h1>${status} ${REASONS[status]}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`,
})

const upstreams = (server: Server): Upstream[] =>
  server.locations.flatMap(({ pass }) => (pass?.upstream ? [pass.upstream] : []))

const locationOf = (server: Server, path: string): Location | undefined =>
  server.locations.find(l => (l.exact ? path === l.path : path.startsWith(l.path)))

/** What is there; undefined too where one may not look. */
function look(fs: FileSystem, path: string): FileStat | undefined {
  try {
    return fs.stat(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

function answer(
  process: Process,
  server: Server,
  location: Location | undefined,
  request: HttpRequest,
  version: string,
  note: (message: string) => void,
): HttpResponse {
  const { path, method } = request
  if (location?.answer) {
    const { status, text } = location.answer
    if (status >= 300 && status < 400)
      return { ...errorPage(status, version), headers: { 'Content-Type': 'text/html', Location: text } }
    return text ? { status, headers: { 'Content-Type': 'text/plain' }, body: text } : errorPage(status, version)
  }
  if (location?.pass) {
    note(
      `proxy_pass ${location.pass.text} is not simulated, client: ${request.remote.ip}, request: "${method} ${request.target} HTTP/1.1"`,
    )
    return errorPage(501, version)
  }
  if (method !== 'GET' && method !== 'HEAD') return errorPage(405, version)
  let file = location?.alias
    ? location.alias + path.slice(location.path.length)
    : (location?.root ?? server.root) + path
  const { fs } = process
  try {
    let stat = look(fs, file)
    if (stat?.type === 'directory') {
      if (!path.endsWith('/')) {
        return {
          ...errorPage(301, version),
          headers: {
            'Content-Type': 'text/html',
            Location: `http://${request.headers.get('host') ?? 'localhost'}${path}/`,
          },
        }
      }
      const directory = file
      for (const name of server.index) {
        file = directory + name
        stat = look(fs, file)
        if (stat) break
      }
      if (!stat) {
        note(
          `directory index of "${directory}" is forbidden, client: ${request.remote.ip}, server: localhost, request: "${method} ${request.target} HTTP/1.1", host: "${request.headers.get('host') ?? ''}"`,
        )
        return errorPage(403, version)
      }
    }
    if (!stat) {
      note(
        `open() "${file}" failed (2: No such file or directory), client: ${request.remote.ip}, server: localhost, request: "${method} ${request.target} HTTP/1.1", host: "${request.headers.get('host') ?? ''}"`,
      )
      return errorPage(404, version)
    }
    const etag = `"${Math.floor(stat.mtime / 1000).toString(16)}-${stat.size.toString(16)}"`
    const body = fs.readFile(file)
    const close = request.headers.get('connection')?.toLowerCase() === 'close'
    // In the order in which nginx writes them.
    const about = {
      'Last-Modified': httpDate(stat.mtime),
      Connection: close ? 'close' : 'keep-alive',
      ETag: etag,
    }
    if (request.headers.get('if-none-match') === etag) return { status: 304, headers: about }
    const headers = {
      'Content-Type': TYPES[file.split('.').pop()!] ?? 'application/octet-stream',
      'Content-Length': String(byteLength(body)),
      ...about,
      'Accept-Ranges': 'bytes',
    }
    return { status: 200, headers, body }
  } catch (error) {
    if (!isErrno(error)) throw error
    note(`open() "${file}" failed (13: Permission denied), client: ${request.remote.ip}`)
    return errorPage(403, version)
  }
}

const two = (n: number): string => String(n).padStart(2, '0')
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

let [logged, written] = [Number.NaN, '']

/** Many requests are logged in one second. */
function logTime(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== logged) [logged, written] = [second, inLog(new Date(ms))]
  return written
}

const inLog = (d: Date): string =>
  `${two(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.getUTCFullYear()}:${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`

let [noticed, noticeText] = [Number.NaN, '']

/** A server that starts says eight things within one second. */
function noticeTime(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== noticed) {
    noticed = second
    noticeText = new Date(ms).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
  }
  return noticeText
}

/** `nginx -s quit` and its likes: a signal to the master process. */
const SIGNALS = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const

async function control(process: Process, action: string): Promise<number> {
  const signal = SIGNALS[action as keyof typeof SIGNALS]
  const fail = async (message: string): Promise<number> => {
    await process.write(2, `nginx: ${message}\n`)
    return 1
  }
  if (!signal) return fail(`invalid option: "-s ${action}"`)
  const file = settingsOf(process).pidFile
  const pid = process.fs.exists(file) ? Number(process.fs.readFile(file)) : Number.NaN
  if (Number.isNaN(pid)) return fail(`[error] open() "${file}" failed (2: No such file or directory)`)
  process.kill(pid, signal)
  return 0
}

const WORKERS = 2

export const nginx: Program = async process => {
  const words = process.argv.slice(1)
  const version = process.env.NGINX_VERSION ?? '1.29.3'
  const flag = words[0]
  if (flag === '-v' || flag === '-V') return process.write(2, `nginx version: nginx/${version}\n`).then(() => 0)
  if (flag === '-s') return control(process, words[1] ?? '')
  let servers = readConfig(process)
  const addresses = new Map<string, string>()
  let certificates: ReadonlyMap<Server, Certificate> = new Map()
  /** How often each upstream has been asked, for the servers of a group take turns. */
  const turns = new Map<Upstream, number>()
  /** Says which upstream has no address or which certificate cannot be read, as nginx does when it reads its configuration. */
  const lookUp = (wanted: readonly Server[]): string | undefined => {
    for (const upstream of wanted.flatMap(upstreams)) {
      for (const { host } of upstream.servers) {
        const ip = addressOf(process, host)
        if (ip === undefined) return `host not found in upstream "${host}" in ${placeOf(process, host)}`
        addresses.set(host, ip)
      }
    }
    const shown = certificatesOf(process, wanted)
    if (typeof shown === 'string') return shown
    certificates = shown
    return undefined
  }
  const lost = lookUp(servers)
  if (lost !== undefined) {
    const when = noticeTime(process.clock.now())
    await process.write(2, `${when} [emerg] ${process.pid}#${process.pid}: ${lost}\nnginx: [emerg] ${lost}\n`)
    return 1
  }
  if (flag === '-t')
    return process
      .write(
        2,
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
      )
      .then(() => 0)
  process.memory = 3_000_000
  // What handlers write goes straight to the streams: their process is waiting for signals meanwhile.
  const log = (fd: number, text: string): void => void process.fds[fd]?.write(process, text)
  const entry = (text: string, level = 'notice'): string =>
    `${noticeTime(process.clock.now())} [${level}] ${process.pid}#${process.pid}: ${text}\n`
  const notice = (text: string, level?: string): void => log(2, entry(text, level))
  /** What goes wrong before it serves is said twice: to the error log and to whoever started it. */
  const complain = (level: string, text: string): void => {
    notice(text, level)
    log(2, `nginx: [${level}] ${text}\n`)
  }
  const settings = settingsOf(process)
  const { warning, failed: noPath } = makeTemporaryDirectories(process, settings)
  if (warning !== undefined) complain('warn', warning)
  if (noPath !== undefined) {
    complain('emerg', noPath)
    return 1
  }
  const listeners: { close(): void }[] = []
  const listen = (): number | undefined => {
    for (const { address, port, ssl, servers: here } of listeningPlaces(servers)) {
      try {
        listeners.push(
          serveHttp(process, {
            address,
            port,
            server: `nginx/${version}`,
            ...(ssl && { certificate: certificates.get(here[0]!)!, plain: PLAIN_TO_TLS(version) }),
            handle(request, respond) {
              const server = serverFor(here, request.headers.get('host'))
              const note = (message: string): void => notice(`*1 ${message}`, 'error')
              const send = (response: HttpResponse): void => {
                const agent = request.headers.get('user-agent') ?? '-'
                const size = request.method === 'HEAD' ? 0 : byteLength(response.body ?? '')
                log(
                  1,
                  `${request.remote.ip} - - [${logTime(process.clock.now())}] "${request.method} ${request.target} HTTP/1.1" ${response.status} ${size} "${request.headers.get('referer') ?? '-'}" "${agent}" "${request.headers.get('x-forwarded-for') ?? '-'}"\n`,
                )
                respond(response)
              }
              const location = locationOf(server, request.path)
              const upstream = location?.answer ? undefined : location?.pass?.upstream
              if (!location || !upstream) return send(answer(process, server, location, request, version, note))
              const turn = turns.get(upstream) ?? 0
              turns.set(upstream, turn + 1)
              const { host, port } = upstream.servers[turn % upstream.servers.length]!
              proxy(process, upstream, { ip: addresses.get(host)!, port }, location.path, request, result => {
                if (!('failed' in result)) return send(result)
                note(
                  `${result.why}, client: ${request.remote.ip}, server: localhost, request: "${request.method} ${request.target} HTTP/1.1", upstream: "${result.url}", host: "${request.headers.get('host') ?? ''}"`,
                )
                send(errorPage(result.failed, version))
              })
            },
          }),
        )
      } catch (error) {
        const code = (error as { code?: string }).code
        const [number, words] = code === 'EADDRINUSE' ? [98, 'Address already in use'] : [13, 'Permission denied']
        log(2, `nginx: [emerg] bind() to ${address}:${port} failed (${number}: ${words})\n`)
        return 1
      }
    }
    return undefined
  }
  for (let attempt = 0; ; attempt++) {
    const failed = listen()
    if (failed === undefined) break
    // nginx tries five times, half a second apart, before it gives up.
    for (const listener of listeners.splice(0)) listener.close()
    if (attempt === 4) {
      log(2, 'nginx: [emerg] still could not bind()\n')
      return failed
    }
    await process.sleep(500)
  }
  const noPid = writePid(process, settings)
  if (noPid !== undefined) {
    complain('emerg', noPid)
    return 1
  }
  ;(process as { argv: readonly string[] }).argv = ['nginx: master process nginx -g daemon off;']
  const beginning = [
    'using the "epoll" event method',
    `nginx/${version}`,
    'built by gcc 12.2.0 (Debian 12.2.0-14)',
    `OS: Linux ${KERNEL_RELEASE}`,
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
    'start worker processes',
  ]
  log(2, beginning.map(text => entry(text)).join(''))
  const workers = Array.from({ length: WORKERS }, () => {
    const worker = process.spawn({
      argv: ['nginx: worker process'],
      uid: process.uid === 0 ? 101 : process.uid,
      gid: process.gid === 0 ? 101 : process.gid,
      program: child => {
        child.memory = 2_000_000
        child.on('QUIT', () => child.exit(0))
        return forever(child)
      },
    })
    notice(`start worker process ${worker.pid}`)
    return worker
  })
  const end = (signal: string, number: number): void => {
    notice(`signal ${number} (${signal}) received, ${signal === 'SIGQUIT' ? 'gracefully shutting down' : 'exiting'}`)
    for (const worker of workers) process.kill(worker.pid, signal === 'SIGQUIT' ? 'QUIT' : 'TERM')
    notice('exit')
    process.exit(0)
  }
  process.on('QUIT', () => end('SIGQUIT', 3))
  process.on('TERM', () => end('SIGTERM', 15))
  process.on('INT', () => end('SIGINT', 2))
  process.on('HUP', () => {
    notice('signal 1 (SIGHUP) received, reconfiguring')
    const wanted = readConfig(process)
    const missing = lookUp(wanted)
    if (missing !== undefined) return notice(missing, 'emerg')
    for (const listener of listeners.splice(0)) listener.close()
    servers = wanted
    listen()
  })
  process.on('CHLD', 'ignore')
  return forever(process)
}

/** The entrypoint's notices; then it becomes what it was asked to run. */
export const entrypoint: Program = async process => {
  const argv = process.argv.slice(1)
  if (argv[0] === 'nginx' || argv[0] === 'nginx-debug') {
    const config = '/etc/nginx/conf.d/default.conf'
    let ipv6 = 'info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf'
    try {
      process.fs.utimes(config, process.fs.stat(config).mtime)
    } catch {
      ipv6 = 'info: can not modify /etc/nginx/conf.d/default.conf (read-only file system?)'
    }
    const me = '/docker-entrypoint.sh'
    await process.write(
      1,
      `${me}: /docker-entrypoint.d/ is not empty, will attempt to perform configuration\n${me}: Looking for shell scripts in /docker-entrypoint.d/\n${me}: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh\n` +
        `10-listen-on-ipv6-by-default.sh: ${ipv6.includes('Enabled') ? `info: Getting the checksum of ${config}\n10-listen-on-ipv6-by-default.sh: ` : ''}${ipv6}\n` +
        `${me}: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh\n${me}: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh\n${me}: Launching /docker-entrypoint.d/30-tune-worker-processes.sh\n${me}: Configuration complete; ready for start up\n`,
    )
  }
  try {
    return await process.exec(argv)
  } catch (error) {
    if (!isErrno(error)) throw error
    await process.write(
      2,
      `/docker-entrypoint.sh: 47: exec: ${argv[0] ?? ''}: ${error.code === 'ENOENT' ? 'not found' : error.message}\n`,
    )
    return error.code === 'ENOENT' ? 127 : 126
  }
}
