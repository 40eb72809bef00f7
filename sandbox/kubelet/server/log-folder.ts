/** GET /logs/…: the node's /var/log, as Go's file server shows folders and files. */
import type { KubeletAnswer } from '../../api/egress/node-proxy.ts'
import type { Directory } from '../../runtime/files/fs.ts'
import { basename, normalize } from '../../runtime/files/path.ts'

const ROOT = '/var/log'
const HEAD = '<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n'

const escaped = (name: string): string =>
  name.replace(/[&<>"']/g, c => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': '#34', "'": '#39' }[c]};`)

/** What cannot be read is taken as it stands: nothing has such a name. */
function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** @returns undefined where nothing is */
export function logFolder(host: Directory, path: string): KubeletAnswer | undefined {
  const asked = normalize(ROOT + unescaped(path.slice('/logs'.length)))
  const typeOf = (at: string): string | undefined => (at === ROOT ? 'directory' : host.stat(at)?.type)
  const type = asked === ROOT || asked.startsWith(`${ROOT}/`) ? typeOf(asked) : undefined
  if (type === 'file') return { status: 200, type: 'text/plain; charset=utf-8', body: host.read(asked) ?? '' }
  if (type !== 'directory') return undefined
  if (!path.endsWith('/')) return { status: 301, type: 'text/plain', body: '', location: `${basename(path)}/` }
  const entries = [...host.list(asked)].sort().map(name => {
    const shown = typeOf(`${asked}/${name}`) === 'directory' ? `${name}/` : name
    return `<a href="${encodeURI(shown)}">${escaped(shown)}</a>\n`
  })
  return { status: 200, type: 'text/html; charset=utf-8', body: `${HEAD}${entries.join('')}</pre>\n` }
}
