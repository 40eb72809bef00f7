/** httpd: Apache with its "It works!" page. */
import type { Program } from '../../process.ts'
import { forever, serveHttp } from '../../serving.ts'
import { byteLength } from '../../tree.ts'
import { debianBase, executable, type Image, orAlpine, PATH, SLIM_LACKS } from '../image.ts'

const ROOT = '/usr/local/apache2/htdocs'

const httpd: Program = async process => {
  process.memory = 8_000_000
  const server = `Apache/${process.env.HTTPD_VERSION ?? '2.4.65'} (Unix)`
  if (process.argv.includes('-v'))
    return process.write(1, `Server version: ${server}\nServer built:   Nov  4 2025 00:00:00\n`).then(() => 0)
  const log = (fd: number, line: string): void => void process.fds[fd]?.write(process, `${line}\n`)
  const time = (): string =>
    new Date(process.clock.now()).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5.000000 $4')
  const fqdn = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${process.net.ips[0]}. Set the 'ServerName' directive globally to suppress this message`
  log(2, fqdn)
  try {
    serveHttp(process, {
      port: 80,
      server,
      handle(request, respond) {
        const { fs } = process
        const path = ROOT + request.path + (request.path.endsWith('/') ? 'index.html' : '')
        const found = fs.exists(path) && fs.stat(path).type === 'file'
        const body = found
          ? fs.readFile(path)
          : '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n'
        const status = found ? 200 : 404
        log(
          1,
          `${request.remote.ip} - - [${new Date(process.clock.now()).toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1/$2/$3:$4 +0000')}] "${request.method} ${request.target} HTTP/1.1" ${status} ${byteLength(body)}`,
        )
        respond({
          status,
          headers: { 'Content-Type': found && !path.endsWith('.html') ? 'text/plain' : 'text/html' },
          body,
        })
      },
    })
  } catch {
    log(
      2,
      '(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:80\nno listening sockets available, shutting down\nAH00015: Unable to open logs',
    )
    return 1
  }
  log(
    2,
    `[${time()}] [mpm_event:notice] [pid ${process.pid}:tid ${process.pid}] AH00489: ${server} configured -- resuming normal operations`,
  )
  log(
    2,
    `[${time()}] [core:notice] [pid ${process.pid}:tid ${process.pid}] AH00094: Command line: 'httpd -D FOREGROUND'`,
  )
  const stop = (what: string): void => {
    log(2, `[${time()}] [mpm_event:notice] [pid ${process.pid}:tid ${process.pid}] ${what}`)
    process.exit(0)
  }
  process.on('TERM', () => stop('AH00491: caught SIGTERM, shutting down'))
  process.on('WINCH', () => stop('AH00492: caught SIGWINCH, shutting down gracefully'))
  return forever(process)
}

const SLIM = debianBase(undefined, SLIM_LACKS)

export const httpdImage: Image = {
  repositories: ['docker.io/library/httpd', 'registry.k8s.io/e2e-test-images/httpd'],
  tags: /^(latest|alpine|2(\.4(\.\d+)?)?)(-[\w.]+)*$/,
  megabytes: 56,
  cmd: ['httpd-foreground'],
  env: { PATH: `/usr/local/apache2/bin:${PATH}`, HTTPD_PREFIX: '/usr/local/apache2' },
  version: { variable: 'HTTPD_VERSION', latest: '2.4.65', lines: { '2': '2.4.65' } },
  workingDir: '/usr/local/apache2',
  stopSignal: 'WINCH',
  exposedPorts: [80],
  base: SLIM,
  baseOf: orAlpine(SLIM),
  files(root) {
    executable(root, '/usr/local/bin/httpd-foreground', 'apache')
    executable(root, '/usr/local/apache2/bin/httpd', 'apache')
    root.write(`${ROOT}/index.html`, '<html><body><h1>It works!</h1></body></html>\n')
  },
  programs: { apache: httpd },
}
