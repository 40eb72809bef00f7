/** Paths as text; nothing here looks at a file system. */

const PLAIN = /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/

/** The names on the way, without `.`, `..` and doubled slashes. */
export function names(path: string): string[] {
  const out: string[] = []
  for (let start = 0; start <= path.length; ) {
    const slash = path.indexOf('/', start)
    const end = slash < 0 ? path.length : slash
    const part = path.slice(start, end)
    if (part === '..') out.pop()
    else if (part && part !== '.') out.push(part)
    start = end + 1
  }
  return out
}

/** An absolute path without `.`, `..` and doubled slashes. */
export const normalize = (path: string): string => (PLAIN.test(path) ? path : `/${names(path).join('/')}`)

export const absolute = (cwd: string, path: string): string => (path.startsWith('/') ? path : `${cwd}/${path}`)

export const basename = (path: string): string => {
  const bare = path.replace(/\/+$/, '')
  return bare ? bare.slice(bare.lastIndexOf('/') + 1) : path ? '/' : ''
}

export const dirname = (path: string): string => {
  const bare = path.replace(/\/+$/, '')
  const at = bare.lastIndexOf('/')
  if (at < 0) return bare || !path ? '.' : '/'
  return bare.slice(0, at).replace(/\/+$/, '') || '/'
}
