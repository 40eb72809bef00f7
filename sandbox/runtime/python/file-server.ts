/** `python -m http.server`: the files of a directory. */

import { forever, serveHttp } from '../network/serving.ts'
import type { Process } from '../processes/process.ts'

const NOT_FOUND =
  '<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: 404</p>\n        <p>Message: File not found.</p>\n        <p>Error code explanation: 404 - Nothing matches the given URI.</p>\n    </body>\n</html>\n'

export async function fileServer(process: Process, words: readonly string[], version: string): Promise<number> {
  const flag = (...names: string[]): string | undefined => {
    const at = words.findIndex(word => names.includes(word))
    return at < 0 ? undefined : words[at + 1]
  }
  const directory = flag('--directory', '-d')
  if (directory !== undefined) process.cwd = directory
  const bind = flag('--bind', '-b')
  const port = Number(words.find((word, i) => /^\d+$/.test(word) && !words[i - 1]?.startsWith('-')) ?? 8000)
  const log = (line: string): void => void process.fds[2]?.write(process, `${line}\n`)
  process.memory = 18_000_000
  const { fs } = process
  const page = (path: string): { status: number; type: string; body: string } => {
    const file = `${process.cwd.replace(/\/$/, '')}${path}`
    if (!fs.exists(file)) return { status: 404, type: 'text/html;charset=utf-8', body: NOT_FOUND }
    if (fs.stat(file).type !== 'directory')
      return { status: 200, type: file.endsWith('.html') ? 'text/html' : 'text/plain', body: fs.readFile(file) }
    const index = `${file.replace(/\/$/, '')}/index.html`
    if (fs.exists(index)) return { status: 200, type: 'text/html', body: fs.readFile(index) }
    const names = fs.readdir(file).map(name => (fs.stat(`${file}/${name}`).type === 'directory' ? `${name}/` : name))
    const title = `Directory listing for ${path}`
    const body = `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${names.map(n => `<li><a href="${n}">${n}</a></li>\n`).join('')}</ul>\n<hr>\n</body>\n</html>\n`
    return { status: 200, type: 'text/html; charset=utf-8', body }
  }
  try {
    serveHttp(process, {
      port,
      ...(bind && { address: bind }),
      server: `SimpleHTTP/0.6 Python/${version}`,
      handle(request, respond) {
        const { status, type, body } = page(request.path)
        const [date, time] = new Date(process.clock.now())
          .toUTCString()
          .replace(/^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/, '$1/$2/$3 $4')
          .split(' ')
        if (status === 404) log(`${request.remote.ip} - - [${date} ${time}] code 404, message File not found`)
        log(`${request.remote.ip} - - [${date} ${time}] "${request.method} ${request.target} HTTP/1.1" ${status} -`)
        respond({ status, headers: { 'Content-Type': type }, body })
      },
    })
  } catch {
    await process.write(2, 'OSError: [Errno 98] Address already in use\n')
    return 1
  }
  const address = bind ?? '0.0.0.0'
  await process.write(1, `Serving HTTP on ${address} port ${port} (http://${address}:${port}/) ...\n`)
  process.on('INT', () => process.exit(0))
  return forever(process)
}
