/** What stands between a container and an editor other than vi, a server, an archive … */

import { byteLength } from '../files/tree.ts'
import { forever, httpDate, serveHttp } from '../network/serving.ts'
import type { Process } from '../processes/process.ts'
import { nullStream, release, retain } from '../processes/streams.ts'
import { type Command, complain, options } from './command.ts'

/** On the learner's machine `nano` opens the page's editor; containers have none. */
export const nano: Command = call =>
  complain(
    call,
    call.args.some(arg => !/^[-+]/.test(arg)) ? 'an editor is not simulated here' : 'a file name is needed',
  )

export const notSimulated: Command = call => complain(call, 'not simulated', 126)

/** busybox httpd: the files of a directory. */
export const httpd: Command = async call => {
  const flags = options(call, 'fh:p:vu:c:')
  const root = (flags.value('h') ?? call.process.cwd).replace(/\/$/, '')
  const address = flags.value('p') ?? '80'
  const port = Number(address.split(':').pop())
  const own = address.slice(0, Math.max(0, address.lastIndexOf(':')))
  const { process } = call
  const program = async (server: Process, serving: () => void): Promise<number> => {
    try {
      serveHttp(server, {
        port,
        address: own || '::',
        handle(request, respond) {
          const { fs } = server
          let path = root + request.path
          if (path.endsWith('/')) path += 'index.html'
          if (!fs.exists(path) || fs.stat(path).type !== 'file') {
            return respond({
              status: 404,
              headers: { Connection: 'close', 'Content-type': 'text/html' },
              body: '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n',
            })
          }
          const body = fs.readFile(path)
          const { mtime } = fs.stat(path)
          const size = byteLength(body)
          respond({
            status: 200,
            headers: {
              Connection: 'close',
              'Content-type': path.endsWith('.html') ? 'text/html' : 'text/plain',
              'Accept-Ranges': 'bytes',
              'Last-Modified': httpDate(mtime),
              ETag: `"${Math.floor(mtime / 1000).toString(16)}-${size.toString(16)}"`,
              'Content-Length': String(size),
            },
            body,
          })
        },
      })
    } catch {
      await server.write(2, 'httpd: bind: Address already in use\n')
      return 1
    }
    serving()
    return forever(server)
  }
  if (flags.has('f')) return program(process, () => {})
  process.spawn({ argv: process.argv, program: server => program(server, () => letGo(server)) })
  return 0
}

/** A daemon holds nothing of who started it. */
function letGo({ fds }: Process): void {
  for (const fd of [0, 1, 2]) {
    if (fds[fd]) release(fds[fd])
    fds[fd] = retain(nullStream)
  }
}
