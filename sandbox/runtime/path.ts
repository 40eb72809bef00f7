/** Paths as text; nothing here looks at a file system. */

/** An absolute path without `.`, `..` and doubled slashes. */
export function normalize(path: string): string {
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') out.pop()
    else if (part && part !== '.') out.push(part)
  }
  return `/${out.join('/')}`
}

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
