/** php-fpm and Apache with PHP: they listen and log; a page in PHP is refused, any other file is served. */

import { forever, serveHttp } from '../../network/serving.ts'
import type { Process, Program } from '../../processes/process.ts'
import { apache as apacheStyle } from '../tutorials/log-styles.ts'

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `27-Nov-2026 03:15:42` */
function time(ms: number): string {
  const [year, month, day] = new Date(ms).toISOString().slice(0, 10).split('-')
  return `${day}-${MONTHS[Number(month) - 1]}-${year} ${new Date(ms).toISOString().slice(11, 19)}`
}

const version = ({ env }: Process): string => env.PHP_VERSION ?? '8.4.13'

export const fpm: Program = async process => {
  if (/^(-v|--version)$/.test(process.argv[1] ?? ''))
    return process.write(1, `PHP ${version(process)} (fpm-fcgi)\n`).then(() => 0)
  const log = (text: string): void =>
    void process.fds[2]?.write(process, `[${time(process.clock.now())}] NOTICE: ${text}\n`)
  process.memory = 20_000_000
  try {
    process.net.listen('TCP', 9000, connection => {
      // Its protocol is one of bytes; who asks in it is told at once that nobody understands.
      connection.onData(() => connection.close())
      connection.onClose(() => connection.close())
    })
  } catch {
    await process.write(
      2,
      `[${time(process.clock.now())}] ERROR: unable to bind listening socket for address '9000': Address already in use (98)\n`,
    )
    return 78
  }
  log(`fpm is running, pid ${process.pid}`)
  log('ready to handle connections')
  const stop = (): void => {
    log('Finishing ...')
    log('exiting, bye-bye!')
    process.exit(0)
  }
  process.on('QUIT', stop)
  process.on('TERM', stop)
  return forever(process)
}

const ROOT = '/var/www/html'
const PAGES: Readonly<Record<number, [title: string, text: string]>> = {
  403: ['Forbidden', "You don't have permission to access this resource."],
  404: ['Not Found', 'The requested URL was not found on this server.'],
  501: ['Not Implemented', 'running PHP is not simulated'],
}

export const apache: Program = async process => {
  const style = apacheStyle('2.4.65', version(process))
  const error = (status: number): string => {
    const [title, text] = PAGES[status]!
    return `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n<hr>\n<address>${style.server} Server Port 80</address>\n</body></html>\n`
  }
  const page = (path: string): { status: number; type: string; body: string } => {
    const { fs } = process
    const file = `${ROOT}${path}`
    const isDirectory = fs.exists(file) && fs.stat(file).type === 'directory'
    const index = isDirectory
      ? ['index.php', 'index.html'].find(name => fs.exists(`${file.replace(/\/$/, '')}/${name}`))
      : undefined
    const found = isDirectory ? index && `${file.replace(/\/$/, '')}/${index}` : fs.exists(file) ? file : undefined
    const status = isDirectory && !found ? 403 : found === undefined ? 404 : found.endsWith('.php') ? 501 : 200
    if (status !== 200) return { status, type: 'text/html; charset=iso-8859-1', body: error(status) }
    return { status, type: found!.endsWith('.html') ? 'text/html' : 'text/plain', body: fs.readFile(found!) }
  }
  process.memory = 25_000_000
  const say = (fd: number, ...lines: readonly string[]): void =>
    void process.fds[fd]?.write(process, lines.map(line => `${line}\n`).join(''))
  try {
    serveHttp(process, {
      port: 80,
      server: style.server!,
      handle(request, respond) {
        const { status, type, body } = page(request.path)
        const response = { status, headers: { 'Content-Type': type }, body }
        say(1, style.access!(request, response, process))
        respond(response)
      },
    })
  } catch {
    say(2, '(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:80')
    return 1
  }
  say(2, ...style.ready(process, 80))
  process.on('WINCH', () => process.exit(0))
  process.on('TERM', () => {
    say(2, ...style.stopping!(process))
    process.exit(0)
  })
  return forever(process)
}
