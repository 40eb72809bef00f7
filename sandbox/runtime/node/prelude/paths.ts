/** `path`. */
export const PATHS = String.raw`
const normal = path => { const out = []; for (const part of path.split('/')) if (part === '..') out.pop(); else if (part && part !== '.') out.push(part); return (path.startsWith('/') ? '/' : '') + out.join('/') || '.' }
const path = {
  sep: '/', join: (...parts) => normal(parts.filter(Boolean).join('/')), resolve: (...parts) => normal([process.cwd(), ...parts].reduce((all, part) => (part.startsWith('/') ? part : all + '/' + part))),
  dirname: p => p.replace(/\/[^/]*$/, '') || (p.startsWith('/') ? '/' : '.'), basename: (p, end = '') => { const b = p.split('/').pop(); return end && b.endsWith(end) ? b.slice(0, -end.length) : b },
  extname: p => /[^/](\.[^./]*)$/.exec(p)?.[1] ?? '',
}
path.posix = path
`
