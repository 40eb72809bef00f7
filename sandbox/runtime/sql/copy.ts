/** COPY of PostgreSQL: rows of a table as lines, with tabs or as CSV. */
import type { Table } from './catalog.ts'
import type { Cursor } from './cursor.ts'
import { fail, unsimulated } from './dialect.ts'
import type { Outcome } from './outcome.ts'
import { named } from './parse-expression.ts'
import type { Copy, Expression, Statement } from './tree.ts'
import type { Value } from './values.ts'
import { insert, type Place } from './write.ts'

type Style = Copy['style']

export function copy(c: Cursor): Statement {
  if (c.sees('(')) return unsimulated('COPY of a query')
  const table = named(c)
  const columns = c.sees('(') ? c.list(() => c.name()) : undefined
  const comes = c.eats('from')
  if (!comes) c.expect('to')
  if (!c.eatsOneOf('stdin', 'stdout')) return unsimulated('COPY with files of the server')
  return { kind: 'copy', table, comes, style: styleOf(c), ...(columns && { columns }) }
}

function styleOf(c: Cursor): Style {
  let csv = false
  let header = false
  let delimiter: string | undefined
  let nothing: string | undefined
  c.eats('with')
  const bracketed = c.eats('(')
  while (c.next.kind !== 'end' && !c.sees(')')) {
    if (c.eats(',')) continue
    const { at } = c.next
    if (c.eats('format')) {
      const format = c.name()
      if (format === 'binary') unsimulated('COPY in binary form')
      if (format !== 'csv' && format !== 'text') fail({ kind: 'copyFormat', format, at })
      csv = format === 'csv'
    } else if (c.eats('csv')) csv = true
    else if (c.eats('header')) {
      header = !c.eatsOneOf('false', 'off')
      c.eatsOneOf('true', 'on')
    } else if (c.eats('delimiter')) {
      c.eats('as')
      delimiter = c.text()
      if (delimiter.length !== 1) fail({ kind: 'copyDelimiter' })
    } else if (c.eats('null')) {
      c.eats('as')
      nothing = c.text()
    } else return unsimulated(`COPY with ${c.next.value.toUpperCase()}`)
  }
  if (bracketed) c.expect(')')
  return { csv, header, delimiter: delimiter ?? (csv ? ',' : '\t'), nothing: nothing ?? (csv ? '' : '\\N') }
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
const NAMES: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(ESCAPES).map(([a, b]) => [b, a]))

const escaped = (text: string, delimiter: string): string =>
  text.replace(/[\s\S]/g, sign =>
    sign in NAMES ? `\\${NAMES[sign]}` : sign === '\\' || sign === delimiter ? `\\${sign}` : sign,
  )

/** Lines of rows, with a line's end each. */
function written(of: Table, names: readonly string[], { csv, header, delimiter, nothing }: Style): string {
  const places = names.map(name => of.columns.findIndex(column => column.name === name))
  const cell = (value: Value): string => {
    if (value === null) return nothing
    const text = typeof value === 'boolean' ? (value ? 't' : 'f') : String(value)
    if (!csv) return escaped(text, delimiter)
    return text === nothing || text.includes(delimiter) || /["\r\n]/.test(text)
      ? `"${text.replaceAll('"', '""')}"`
      : text
  }
  const number = (value: Value, place: number): Value => {
    const scale = of.columns[place]?.type.scale
    return typeof value === 'number' && scale !== undefined ? value.toFixed(scale) : value
  }
  const lines = of.rows.map(row => places.map(place => cell(number(row[place] ?? null, place))).join(delimiter))
  return [...(header ? [names.join(delimiter)] : []), ...lines].map(line => `${line}\n`).join('')
}

/** The fields of each line. @throws SqlError when one has too many or too few */
function read(data: string, of: Table, names: readonly string[], style: Style): Expression[][] {
  const rows = style.csv ? csvRows(data, style.delimiter) : textRows(data, style.delimiter)
  if (style.header) rows.shift()
  return rows.map((fields, i) => {
    const line = i + 1 + Number(style.header)
    const text = fields.map(field => field.text).join(style.delimiter)
    if (fields.length < names.length)
      fail({ kind: 'copyLacks', table: of.name, column: names[fields.length]!, line, text })
    if (fields.length > names.length) fail({ kind: 'copyExtra', table: of.name, line, text })
    return fields.map(({ text, plain }): Expression => {
      if (plain && text === style.nothing) return { kind: 'literal', value: null }
      return { kind: 'literal', value: style.csv ? text : unescaped(text) }
    })
  })
}

interface Field {
  text: string
  /** Without quotes. */
  plain: boolean
}

const unescaped = (text: string): string => text.replace(/\\([\s\S])/g, (_, sign: string) => ESCAPES[sign] ?? sign)

/** A delimiter behind a backslash is part of its field. */
function textFields(line: string, delimiter: string): Field[] {
  const fields: Field[] = []
  let start = 0
  for (let at = 0; at < line.length; at++)
    if (line[at] === '\\') at++
    else if (line[at] === delimiter) {
      fields.push({ text: line.slice(start, at), plain: true })
      start = at + 1
    }
  return [...fields, { text: line.slice(start), plain: true }]
}

const textRows = (data: string, delimiter: string): Field[][] =>
  data
    .split('\n')
    .filter((line, i, all) => i < all.length - 1 || line !== '')
    .map(line => textFields(line, delimiter))

/** Fields of CSV; each may be quoted in part. */
function csvRows(data: string, delimiter: string): Field[][] {
  const rows: Field[][] = []
  let at = 0
  const endsLine = (): boolean => data[at] === '\n' || (data[at] === '\r' && data[at + 1] === '\n')
  const field = (): Field => {
    let [text, plain, quoted] = ['', true, false]
    for (; at < data.length && (quoted || !(data[at] === delimiter || endsLine())); at++) {
      if (data[at] !== '"') text += data[at]
      else if (quoted && data[at + 1] === '"') text += data[++at]
      else {
        quoted = !quoted
        plain = false
      }
    }
    return { text, plain }
  }
  while (at < data.length) {
    const row = [field()]
    for (; data[at] === delimiter; row.push(field())) at++
    at += data[at] === '\r' ? 2 : 1
    rows.push(row)
  }
  return rows
}

/** @param data the lines, where they come from the client */
export function copyRows(
  { table: named, columns, comes, style }: Copy,
  of: Table,
  data: string,
  place: Place,
): Outcome {
  const names = columns ?? of.columns.map(({ name }) => name)
  if (of.view) fail({ kind: 'copyView', view: of.name, comes })
  for (const name of names)
    if (!of.columns.some(column => column.name === name))
      fail({ kind: 'unknownColumn', column: name, clause: 'field list', at: 0, table: of.name })
  if (!comes) return { tag: `COPY ${of.rows.length}`, copied: written(of, names, style) }
  const rows = read(data, of, names, style)
  if (rows.length) insert({ kind: 'insert', table: named, columns: names, rows }, place)
  return { tag: `COPY ${rows.length}` }
}
