/** Files and directories as answers: index, autoindex, types, ranges, what has not changed. */
import { errno, isErrno } from '../../../errno.ts'
import type { FileStat } from '../../../files/fs.ts'
import { httpDate } from '../../../network/serving.ts'
import type { Errno } from '../../../processes/process.ts'
import { type Exchange, fileOf } from './exchange.ts'
import { described, errorOf, openFailure } from './failures.ts'
import { look, read } from './repeats.ts'
import type { Reply } from './reply.ts'
import { inList } from './stamps.ts'

export const typeOf = (x: Exchange, path: string): string => {
  const [, ending = ''] = /\.([^./]+)$/.exec(path) ?? []
  return x.scope.types.get(ending.toLowerCase()) ?? x.scope.defaultType
}

/** A reply; the status of an error; or another path, at which everything begins anew. */
export type Found = Reply | { page: number; location?: string } | { again: string }

export function serveFile(x: Exchange): Found {
  const { uri } = x
  if (x.method !== 'GET' && x.method !== 'HEAD') return { page: 405 }
  const file = fileOf(x, uri)
  if (uri.endsWith('/')) return directory(x, file)
  const stat = look(x, file)
  if (!stat) {
    if (x.scope.logMissing) x.note('error', openFailure(file, whyMissing(x, file)))
    return { page: 404 }
  }
  if (stat.type === 'directory') return { page: 301, location: `${uri}/${x.args && `?${x.args}`}` }
  try {
    return contents(x, file, stat)
  } catch (error) {
    if (!isErrno(error)) throw error
    x.note('error', openFailure(file, error))
    return { page: 403 }
  }
}

function directory(x: Exchange, path: string): Found {
  let first: string | undefined
  for (const index of x.scope.index) {
    const name = index.of(x)
    if (name.startsWith('/')) return { again: name }
    if (look(x, path + name)) return { again: x.uri + name }
    first ??= path + name
  }
  if (look(x, path)?.type !== 'directory') {
    if (x.scope.logMissing) x.note('error', `"${first ?? path}" is not found (${described(whyMissing(x, path))})`)
    return { page: 404 }
  }
  if (x.scope.autoindex) return { status: 200, type: 'text/html', body: listOf(x, path), rest: [] }
  x.note('error', `directory index of "${path}" is forbidden`)
  return { page: 403 }
}

/** Not there itself, or below what is no directory. */
function whyMissing({ process }: Exchange, path: string): Errno {
  return errorOf(() => process.fs.stat(path)) ?? errno('ENOTDIR')
}

function unchangedSince({ request, scope }: Exchange, mtime: number): boolean {
  const since = request.headers.get('if-modified-since')
  if (since === undefined || scope.ifModified === 'off') return false
  const [then, changed] = [Math.floor(Date.parse(since) / 1000), Math.floor(mtime / 1000)]
  return scope.ifModified === 'exact' ? then === changed : then >= changed
}

function contents(x: Exchange, file: string, stat: FileStat): Found {
  const { request, scope } = x
  const etag = `"${Math.floor(stat.mtime / 1000).toString(16)}-${stat.size.toString(16)}"`
  const modified = httpDate(stat.mtime)
  const rest: [string, string][] = scope.etag ? [['ETag', etag]] : []
  const wanted = request.headers.get('if-none-match')
  if (wanted === undefined ? unchangedSince(x, stat.mtime) : wanted === etag)
    return { status: 304, body: '', modified, rest }
  const body = read(x, file)
  const whole: Reply = { status: 200, type: typeOf(x, file), body, modified, rest, ranges: true }
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? []
  return from || to ? part(whole, from!, to!) : whole
}

function part(whole: Reply, from: string, to: string): Reply {
  const bytes = new TextEncoder().encode(whole.body)
  const size = bytes.length
  const start = from ? Number(from) : Math.max(0, size - Number(to))
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1
  if (start > end) return { ...whole, status: 416, body: '', rest: [['Content-Range', `bytes */${size}`]] }
  return {
    ...whole,
    status: 206,
    body: new TextDecoder().decode(bytes.slice(start, end + 1)),
    rest: [...whole.rest, ['Content-Range', `bytes ${start}-${end}/${size}`]],
    ranges: false,
  }
}

const WIDTH = 50
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** As autoindex shows a directory: directories first, names in a column of 50. */
function listOf(x: Exchange, path: string): string {
  x.once = true
  const entries = x.process.fs
    .readdir(path)
    .filter(name => !name.startsWith('.'))
    .flatMap(name => {
      const stat = look(x, path + name)
      return stat ? [{ name, stat, folder: stat.type === 'directory' }] : []
    })
    .sort((a, b) => Number(b.folder) - Number(a.folder) || (a.name < b.name ? -1 : 1))
  const lines = entries.map(({ name, stat, folder }) => {
    const whole = folder ? `${name}/` : name
    const shown = whole.length > WIDTH ? `${whole.slice(0, WIDTH - 3)}..&gt;` : escaped(whole)
    const space = ' '.repeat(Math.max(0, WIDTH - whole.length))
    const size = folder ? '-' : x.scope.exactSizes ? String(stat.size) : rounded(stat.size)
    return `<a href="${encodeURI(whole)}">${shown}</a>${space} ${inList(stat.mtime)} ${size.padStart(x.scope.exactSizes ? 19 : 7)}\r\n`
  })
  const title = `Index of ${escaped(x.uri)}`
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${lines.join('')}</pre><hr></body>\r\n</html>\r\n`
}

const rounded = (bytes: number): string =>
  bytes > 1024 * 1024
    ? `${Math.round(bytes / 1024 / 1024)}M`
    : bytes > 9999
      ? `${Math.round(bytes / 1024)}K`
      : String(bytes)

/** The first of try_files that is there becomes the path; the last stands for none of them. */
export function tryFiles(x: Exchange): { last: string } | undefined {
  const { tryFiles: paths } = x.scope
  if (!paths) return undefined
  for (const text of paths.slice(0, -1)) {
    const path = text.of(x)
    const folder = path.endsWith('/')
    const file = fileOf(x, path).replace(/\/$/, '')
    if ((look(x, file || '/')?.type === 'directory') === folder && look(x, file || '/')) {
      x.uri = path
      return undefined
    }
  }
  return { last: paths.at(-1)!.of(x) }
}
