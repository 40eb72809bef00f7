/** How the servers below a small application log: Apache, gunicorn, Flask's own, Spring's. */
import { byteLength } from '../../files/tree.ts'
import { type HttpRequest, type HttpResponse, httpDate, REASONS } from '../../network/serving.ts'
import type { Process } from '../../processes/process.ts'
import { inErrorLog, inLog } from '../web/httpd/formats.ts'

export interface LogStyle {
  /** The Server header of its answers. */
  server?: string
  /** What stands on standard error once it listens. */
  ready(process: Process, port: number): readonly string[]
  /** What it writes for an answer, and where. */
  access?(request: HttpRequest, response: HttpResponse, process: Process): string
  accessTo?: 1 | 2
  /** What it says when it is told to stop. */
  stopping?(process: Process): readonly string[]
}

/** Bytes that an answer came to, its head included. */
const sent = ({ status, reason, headers = {}, body = '' }: HttpResponse, server: string, ms: number): number => {
  const all = { Date: httpDate(ms), Server: server, 'Content-Length': String(byteLength(body)), ...headers }
  const head = Object.entries(all).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  return `HTTP/1.1 ${status} ${reason ?? REASONS[status] ?? ''}\r\n\r\n`.length + head + byteLength(body)
}

/** Apache with PHP, as Debian's package and the images of PHP have it. */
export function apache(version: string, php: string): LogStyle {
  const server = `Apache/${version} (Debian)`
  // Later ones name the thread too, where there is but one.
  const who = (pid: number): string => (Number(version.split('.')[2]) < 58 ? `pid ${pid}` : `pid ${pid}:tid ${pid}`)
  const notice = (process: Process, module: string, text: string): string =>
    `[${inErrorLog(process.clock.now())}] [${module}:notice] [${who(process.pid)}] ${text}`
  return {
    server,
    ready: process => [
      ...Array<string>(2).fill(
        `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${process.net.ips[0]}. Set the 'ServerName' directive globally to suppress this message`,
      ),
      notice(process, 'mpm_prefork', `AH00163: ${server} PHP/${php} configured -- resuming normal operations`),
      notice(process, 'core', "AH00094: Command line: 'apache2 -D FOREGROUND'"),
    ],
    access: (request, response, { clock }) =>
      `${request.remote.ip} - - ${inLog(clock.now())} "${request.method} ${request.target} HTTP/1.1" ${response.status} ${sent(response, server, clock.now())} "${request.headers.get('referer') ?? '-'}" "${request.headers.get('user-agent') ?? '-'}"`,
    accessTo: 1,
    stopping: process => [notice(process, 'mpm_prefork', 'AH00169: caught SIGTERM, shutting down')],
  }
}

/** @param version before 20.1 its answers tell of it too */
export const gunicorn = (version: string, worker: 'sync' | 'gevent' = 'sync'): LogStyle => {
  const line = (process: Process, pid: number, text: string): string =>
    `[${new Date(process.clock.now()).toISOString().slice(0, 19).replace('T', ' ')} +0000] [${pid}] [INFO] ${text}`
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return {
    server: major < 20 || (major === 20 && minor < 1) ? `gunicorn/${version}` : 'gunicorn',
    ready: (process, port) => [
      line(process, process.pid, `Starting gunicorn ${version}`),
      line(process, process.pid, `Listening at: http://0.0.0.0:${port} (${process.pid})`),
      line(process, process.pid, `Using worker: ${worker}`),
      line(process, process.pid + 6, `Booting worker with pid: ${process.pid + 6}`),
    ],
    stopping: process => [
      line(process, process.pid, 'Handling signal: term'),
      line(process, process.pid + 6, `Worker exiting (pid: ${process.pid + 6})`),
      line(process, process.pid, 'Shutting down: Master'),
    ],
  }
}

/** Flask 1 in a file, by the server that is only for development. */
export const flask = (app = 'app'): LogStyle => ({
  server: 'Werkzeug/1.0.1 Python/3.8.20',
  ready: (_process, port) => [
    ` * Serving Flask app "${app}" (lazy loading)`,
    ' * Environment: production',
    '   WARNING: This is a development server. Do not use it in a production deployment.',
    '   Use a production WSGI server instead.',
    ' * Debug mode: off',
    ` * Running on http://0.0.0.0:${port}/ (Press CTRL+C to quit)`,
  ],
  access: (request, { status }, { clock }) =>
    `${request.remote.ip} - - ${inLog(clock.now()).replace(':', ' ').replace(' +0000', '')} "${request.method} ${request.target} HTTP/1.1" ${status} -`,
  accessTo: 2,
})

const BANNER = String.raw`
  .   ____          _            __ _ _
 /\\ / ___'_ __ _ _(_)_ __  __ _ \ \ \ \
( ( )\___ | '_ | '_| | '_ \/ _${'`'} | \ \ \ \
 \\/  ___)| |_)| | | | | || (_| |  ) ) ) )
  '  |____| .__|_| |_|_| |_\__, | / / / /
 =========|_|==============|___/=/_/_/_/`

/** @param name of the class that it begins with, package and all */
export function spring(version: string, name: string, seconds: number): LogStyle {
  const logger = (of: string): string =>
    of
      .replace(/\b(\w)\w*\.(?=.*\.)/g, '$1.')
      .padEnd(40)
      .slice(0, 40)
  const short = name.split('.').pop()!
  const [major = 0, minor = 0] = version.split('.').map(Number)
  /** Since 2.4 it tells of its Java too, and since 2.7 it counts the profiles. */
  const since = (one: number): boolean => major > 2 || minor >= one
  const java = since(4) ? 'using Java 17.0.16 ' : ''
  const profiles = since(7)
    ? 'No active profile set, falling back to 1 default profile: "default"'
    : 'No active profile set, falling back to default profiles: default'
  return {
    ready(process, port) {
      const line = (thread: string, of: string, text: string): string =>
        `${new Date(process.clock.now()).toISOString().slice(0, 23).replace('T', ' ')}  INFO ${process.pid} --- [${thread.padStart(15)}] ${logger(of)} : ${text}`
      const tomcat = 'o.s.b.w.embedded.tomcat.TomcatWebServer'
      return [
        BANNER,
        ` :: Spring Boot ::${`(v${version})`.padStart(24)}`,
        '',
        line(
          'main',
          name,
          `Starting ${short} ${java}on ${process.hostname} with PID ${process.pid} (/app.jar started by root in /)`,
        ),
        line('main', name, profiles),
        line('main', tomcat, `Tomcat initialized with port(s): ${port} (http)`),
        line('main', tomcat, `Tomcat started on port(s): ${port} (http) with context path ''`),
        line('main', name, `Started ${short} in ${seconds} seconds (JVM running for ${(seconds + 0.7).toFixed(3)})`),
      ]
    },
  }
}
