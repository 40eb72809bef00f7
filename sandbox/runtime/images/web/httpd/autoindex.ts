/** Lists of directories: the plain one, and that of FancyIndexing. */
import { isErrno } from '../../../errno.ts'
import type { Exchange } from './exchange.ts'
import { fitsName } from './globs.ts'
import { type Answer, escaped, signature } from './reply.ts'
import { look, typeOf } from './static.ts'

interface Entry {
  name: string
  folder: boolean
  size: number
  mtime: number
}

function entriesOf(x: Exchange, path: string): Entry[] {
  return x.process.fs.readdir(path).flatMap(name => {
    const stat = look(x, path + name)
    if (!stat || x.scope.indexIgnore.some(pattern => fitsName(pattern, name))) return []
    return [
      { name, folder: stat.type === 'directory', size: stat.type === 'directory' ? -1 : stat.size, mtime: stat.mtime },
    ]
  })
}

type Column = 'N' | 'M' | 'S' | 'D'

/**
 * @param path of the directory, with its last slash
 * @param mayBeShown whether somebody may have what has this name
 */
export function listing(x: Exchange, path: string, mayBeShown: (name: string) => boolean): Answer {
  const { indexOptions: options } = x.scope
  const has = (name: string): boolean => options.has(name)
  const fancy =
    has('fancyindexing') ||
    [...options].some(one => /^(htmltable|foldersfirst|namewidth|suppress|versionsort)/.test(one))
  const asked = has('ignoreclient') ? '' : x.args
  const [, column = 'N', order = 'A'] = /(?:^|[;&])C=([NMSD])(?:[;&]O=([AD]))?/.exec(asked) ?? []
  const key = (entry: Entry): string | number =>
    column === 'M'
      ? entry.mtime
      : column === 'S'
        ? entry.size
        : has('ignorecase')
          ? entry.name.toLowerCase()
          : entry.name
  const compare = (a: Entry, b: Entry): number => {
    if (has('foldersfirst') && a.folder !== b.folder) return a.folder ? -1 : 1
    const [one, other] = [key(a), key(b)]
    if (column === 'N' && has('versionsort')) {
      const by = byVersion(String(one), String(other))
      return order === 'D' ? -by : by
    }
    const by = one < other ? -1 : one > other ? 1 : a.name < b.name ? -1 : 1
    return order === 'D' ? -by : by
  }
  const entries = entriesOf(x, path)
    .filter(({ name }) => mayBeShown(name))
    .sort(compare)
  const title = `Index of ${escaped(x.uri.replace(/(.)\/$/, '$1'))}`
  const preamble = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n`
  const [above, below] = [x.scope.header, x.scope.readme].map(name => textBeside(x, path, name))
  // A page of somebody's own may bring its own beginning and end.
  const bare = has('suppresshtmlpreamble')
  const head = `${above?.html && bare ? '' : preamble}${above?.text ?? `<h1>${title}</h1>\n`}`
  const tail = `${below?.text ?? ''}${below?.html ? '' : signature(x)}${below?.html && bare ? '' : '</body></html>\n'}`
  const parent = x.uri === '/' ? undefined : x.uri.replace(/[^/]+\/$/, '')
  const list = !fancy
    ? plain(entries, parent)
    : has('htmltable')
      ? table(entries, parent, column as Column, order)
      : text(entries, parent, column as Column, order)
  const charset = 'ISO-8859-1'
  return {
    status: 200,
    body: `${head}${list}${tail}`,
    headers: [['Content-Type', `text/html;charset=${charset}`]],
  }
}

/** What HeaderName or ReadmeName puts beside a list, where there is such a file. */
function textBeside(x: Exchange, path: string, name: string | undefined): { text: string; html: boolean } | undefined {
  const file = name && (name.startsWith('/') ? x.host.root + name : path + name)
  if (!file || look(x, file)?.type !== 'file') return undefined
  const { type = '' } = typeOf(x, file)
  if (!type.startsWith('text/')) return undefined
  const html = type.startsWith('text/html')
  try {
    const text = x.process.fs.readFile(file)
    return { html, text: html ? text : `<pre>\n${escaped(text)}</pre>\n` }
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

/** Numbers within names count as numbers. */
function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map(name => name.split(/(\d+)/)) as [string[], string[]]
  for (const [i, part] of left.entries()) {
    const other = right[i] ?? ''
    if (part === other) continue
    const by = i % 2 ? Number(part) - Number(other) : 0
    return by || (part < other ? -1 : 1)
  }
  return left.length - right.length
}

const shown = ({ name, folder }: Entry): string => name + (folder ? '/' : '')

function plain(entries: readonly Entry[], parent: string | undefined): string {
  const lines = entries.map(entry => `<li><a href="${encodeURI(shown(entry))}"> ${escaped(shown(entry))}</a></li>\n`)
  const up = parent === undefined ? '' : `<li><a href="${encodeURI(parent)}"> Parent Directory</a></li>\n`
  return `<ul>${up}${lines.join('')}</ul>\n`
}

const two = (n: number): string => String(n).padStart(2, '0')

function modified(ms: number): string {
  const d = new Date(ms)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}

/** In four characters, as `ls -h` would. */
function size(bytes: number): string {
  if (bytes < 973) return `${String(bytes).padStart(3)} `
  let rest = bytes
  for (const unit of 'KMGTPE') {
    const part = rest & 1023
    rest = Math.floor(rest / 1024)
    if (rest >= 973) continue
    if (rest < 9 || (rest === 9 && part < 973)) {
      const tenths = Math.floor((part * 5 + 256) / 512)
      return tenths >= 10 ? `${rest + 1}.0${unit}` : `${rest}.${tenths}${unit}`
    }
    return `${String(part >= 512 ? rest + 1 : rest).padStart(3)}${unit}`
  }
  return '****'
}

const HEADS: readonly [Column, string][] = [
  ['N', 'Name'],
  ['M', 'Last modified'],
  ['S', 'Size'],
  ['D', 'Description'],
]

const link = (own: Column, name: string, column: Column, order: string): string =>
  `<a href="?C=${own};O=${own === column && order === 'A' ? 'D' : 'A'}">${name}</a>`

const padding = (name: string): string => ' '.repeat(Math.max(0, WIDTH - name.length))

function table(entries: readonly Entry[], parent: string | undefined, column: Column, order: string): string {
  const heads = HEADS.map(([own, name]) => `<th>${link(own, name, column, order)}</th>`).join('')
  const row = (href: string, name: string, date: string, amount: string): string => {
    const when = date ? `<td align="right">${date}  </td>` : '<td>&nbsp;</td>'
    return `<tr><td valign="top">&nbsp;</td><td><a href="${encodeURI(href)}">${escaped(name)}</a>${padding(name)}</td>${when}<td align="right">${amount}</td><td>&nbsp;</td></tr>\n`
  }
  const rows = entries.map(entry =>
    row(shown(entry), shown(entry), modified(entry.mtime), entry.folder ? '  - ' : size(entry.size)),
  )
  const up = parent === undefined ? '' : row(parent, 'Parent Directory', '', '  - ')
  const line = '   <tr><th colspan="5"><hr></th></tr>\n'
  return `  <table>\n   <tr><th valign="top">&nbsp;</th>${heads}</tr>\n${line}${up}${rows.join('')}${line}</table>\n`
}

/** Names are cut to so many characters. */
const WIDTH = 23

function text(entries: readonly Entry[], parent: string | undefined, column: Column, order: string): string {
  const padded = (label: string, width: number): string => ' '.repeat(Math.max(0, width - label.length))
  const [name, date, amount, about] = HEADS.map(([own, label]) => link(own, label, column, order))
  const head = `<pre>      ${name}${padded('Name', WIDTH)} ${date}${padded('Last modified', 17)}  ${amount}  ${about}<hr>`
  const row = (href: string, label: string, when: string, size: string): string => {
    const cut = label.length > WIDTH ? `${label.slice(0, WIDTH - 3)}..&gt;` : escaped(label)
    return `      <a href="${encodeURI(href)}">${cut}</a>${padded(label, WIDTH)} ${when || ' '.repeat(17)}  ${size}  \n`
  }
  const rows = entries.map(entry =>
    row(shown(entry), shown(entry), modified(entry.mtime), entry.folder ? '  - ' : size(entry.size)),
  )
  const up = parent === undefined ? '' : row(parent, 'Parent Directory', '', '  - ')
  return `${head}${up}${rows.join('')}<hr></pre>\n`
}
