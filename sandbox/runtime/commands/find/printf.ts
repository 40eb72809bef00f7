/** `-printf` of find, the letters that scripts ask for. */
import type { FileSystem } from '../../files/fs.ts'
import { TYPE_LETTERS } from '../files/modes.ts'
import { unescapeText } from '../scripting/text.ts'
import { strftime } from '../system/date.ts'

export function formatted(fs: FileSystem, format: string, path: string, starts: readonly string[]): string {
  const stat = fs.lstat(path)
  const start = starts.find(each => path === each || path.startsWith(`${each.replace(/\/$/, '')}/`)) ?? path
  const below = path.slice(start.length).replace(/^\//, '')
  const name = path.replace(/\/+$/, '').split('/').pop() || '/'
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.'
  const values: Record<string, string> = {
    '%': '%',
    f: name,
    p: path,
    P: below,
    h: parent,
    H: start,
    s: String(stat.size),
    m: (stat.mode & 0o7777).toString(8),
    y: TYPE_LETTERS[stat.type].replace('-', 'f'),
    d: String(below ? below.split('/').length : 0),
    U: String(stat.uid),
    G: String(stat.gid),
    l: stat.type === 'symlink' ? fs.readlink(path) : '',
    n: String(stat.nlink ?? 1),
    i: String(stat.ino ?? 0),
    t: strftime('%a %b %e %H:%M:%S.0000000000 %Y', stat.mtime),
    'T@': `${Math.floor(stat.mtime / 1000)}.0000000000`,
  }
  return unescapeText(
    format.replace(/%(T.|.)/g, (piece, key: string) =>
      key[0] === 'T' && key !== 'T@' ? strftime(`%${key[1]}`, stat.mtime) : (values[key] ?? piece),
    ),
    false,
  ).text
}
