/** The path of a request, and the file that it stands for. */
import { isErrno } from '../../../errno.ts'
import type { Exchange } from './exchange.ts'
import { look } from './static.ts'

/** Without detours and doubled slashes; undefined of one that leads above the root. */
export function normalized(path: string): string | undefined {
  if (!/\/(\.|\/)/.test(path)) return path
  const parts: string[] = []
  const all = path.split('/').slice(1)
  for (const part of all) {
    if (part === '..') {
      if (!parts.length) return undefined
      parts.pop()
    } else if (part && part !== '.') parts.push(part)
  }
  const last = all.at(-1)
  return `/${parts.join('/')}${parts.length && (!last || last === '.' || last === '..') ? '/' : ''}`
}

/** What of a path goes on behind a file, or behind the first name that is not there, becomes its path info. */
export function resolvePath(x: Exchange): void {
  const whole = x.filename
  if (look(x, whole)) return
  for (let end = whole.lastIndexOf('/'); end >= 0; end = whole.lastIndexOf('/', end - 1)) {
    const stat = look(x, whole.slice(0, end) || '/')
    if (!stat && end > 0) continue
    const cut = stat?.type === 'file' ? end : whole.indexOf('/', end + 1)
    if (cut > 0) {
      x.filename = whole.slice(0, cut)
      x.pathInfo = whole.slice(cut)
    }
    return
  }
}

/** Whether all directories on the way may be searched. */
export function reachable(x: Exchange): boolean {
  try {
    x.process.fs.stat(x.filename)
    return true
  } catch (error) {
    return !isErrno(error, 'EACCES')
  }
}
