/**
 * Serves the built site on this machine: `node site/serve.mjs [folder] [port]`.
 * Right types, cross-origin isolation, compression, lasting caches for files whose name holds their hash.
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { headersFor } from './headers.mjs'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}
const compressible = /text|json|xml|javascript|svg|ttf/
const PACK = {
  br: body =>
    promisify(brotliCompress)(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: promisify(gzip),
}

/**
 * What a request names, which need not be an address at all: undefined then. Slashes at its start are one, for two would name
 * another host, here and where we send somebody on.
 */
function addressIn(target = '/') {
  const path = target.replace(/^[/\\]+/, '/')
  if (!URL.canParse(path, 'http://localhost')) return undefined
  const { pathname, search } = new URL(path, 'http://localhost')
  return { pathname: pathname.replace(/^\/+/, '/'), search }
}

/** The file for an address, or undefined; never one outside the folder. */
function fileFor(root, pathname) {
  let decoded
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (decoded.includes('\0')) return undefined
  const path = join(root, normalize(decoded))
  if (path !== root && !path.startsWith(root + sep)) return undefined
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory()) return join(path, 'index.html')
  return found ? path : undefined
}

/**
 * Answers requests with the files of a folder.
 * @param head markup that every page gets in its head
 * @param base the path below which the site is
 */
export function siteListener(folder, head = '', base = '/') {
  const root = resolve(folder)
  /** Each file is compressed once, not once for each reader of a class. */
  const kept = new Map()
  const packed = (name, tag, pack) => {
    const known = kept.get(name)
    if (known?.tag === tag) return known.body
    const body = pack()
    kept.set(name, { tag, body })
    body.catch(() => kept.delete(name))
    return body
  }
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end()
      return
    }
    const url = addressIn(request.url)
    if (!url) {
      response.writeHead(400, { 'Content-Type': 'text/plain' }).end('400')
      return
    }
    if (!url.pathname.startsWith(base)) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404')
      return
    }
    const within = url.pathname.slice(base.length - 1)
    const asked = fileFor(root, within)
    // A folder without its slash: relative addresses need it.
    if (asked?.endsWith(`${sep}index.html`) && !url.pathname.endsWith('/') && !url.pathname.endsWith('.html')) {
      response.writeHead(301, { Location: `${url.pathname}/${url.search}` }).end()
      return
    }
    const found = asked !== undefined && existsSync(asked)
    const path = found ? asked : join(root, '404.html')
    if (!existsSync(path)) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404')
      return
    }
    const { size: length, mtimeMs } = statSync(path)
    const size = length + (extname(path) === '.html' ? Buffer.byteLength(head) : 0)
    const type = types[extname(path)] ?? 'application/octet-stream'
    const tag = `W/"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`
    const headers = {
      ...headersFor(within),
      'Content-Type': type,
      ETag: tag,
      Vary: 'Accept-Encoding',
    }
    if (found && request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end()
      return
    }
    const accepted = request.headers['accept-encoding'] ?? ''
    const encoding =
      !compressible.test(type) || size < 1024
        ? ''
        : /\bbr\b/.test(accepted)
          ? 'br'
          : /\bgzip\b/.test(accepted)
            ? 'gzip'
            : ''
    const marked = head && extname(path) === '.html'
    const whole = async () => {
      const body = await readFile(path)
      return marked ? Buffer.from(body.toString().replace('<head>', `<head>${head}`)) : body
    }
    const send = (length, more, body) => {
      response.writeHead(found ? 200 : 404, { ...headers, ...more, 'Content-Length': length })
      if (request.method === 'HEAD') response.end()
      else body()
    }
    const lost = () => response.destroy()
    if (encoding)
      packed(`${encoding} ${path}`, tag, async () => PACK[encoding](await whole())).then(
        body => send(body.length, { 'Content-Encoding': encoding }, () => response.end(body)),
        lost,
      )
    else if (marked) whole().then(body => send(body.length, {}, () => response.end(body)), lost)
    else send(size, {}, () => createReadStream(path).on('error', lost).pipe(response))
  }
}

export function serve(folder, port, host = '127.0.0.1', base = '/') {
  const server = createServer(siteListener(folder, '', base))
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(port, host, () => done(server))
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder = 'dist', port = '4321'] = process.argv.slice(2)
  if (!existsSync(join(folder, 'index.html'))) {
    console.error(`There is no built site in ${folder}: run npm run build first.`)
    process.exit(1)
  }
  try {
    await serve(folder, Number(port))
    console.log(`Podlab is at http://localhost:${port}/  (Ctrl-C stops it)`)
  } catch (error) {
    console.error(
      error.code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another: PORT=4322 npm start` : error.message,
    )
    process.exit(1)
  }
}
