/** The format of tar archives, as text: names and sizes as ustar has them. */

import { bytesOfText, textOfBytes } from '../../../bytes.ts'

const BLOCK = 512

const octal = (n: number, width: number): string =>
  `${Math.floor(n)
    .toString(8)
    .padStart(width - 1, '0')}\0`

export interface Entry {
  name: string
  type: '0' | '2' | '5'
  mode: number
  uid: number
  gid: number
  mtime: number
  link: string
  text: string
}

function header(entry: Entry, size: number): string {
  const fields = (sum: string): string =>
    [
      entry.name.slice(0, 100).padEnd(100, '\0'),
      octal(entry.mode & 0o7777, 8),
      octal(entry.uid, 8),
      octal(entry.gid, 8),
      octal(size, 12),
      octal(entry.mtime / 1000, 12),
      sum,
      entry.type,
      entry.link.padEnd(100, '\0'),
      'ustar\x0000',
      'root'.padEnd(32, '\0'),
      'root'.padEnd(32, '\0'),
    ]
      .join('')
      .padEnd(BLOCK, '\0')
  const bytes = bytesOfText(fields('        '))
  const sum = bytes.reduce((a, b) => a + b, 0)
  return fields(`${sum.toString(8).padStart(6, '0')}\0 `)
}

export function pack(entries: readonly Entry[]): string {
  let out = ''
  for (const entry of entries) {
    const size = entry.type === '0' ? bytesOfText(entry.text).length : 0
    out += header(entry, size) + (entry.type === '0' ? entry.text : '') + '\0'.repeat((BLOCK - (size % BLOCK)) % BLOCK)
  }
  return out + '\0'.repeat(2 * BLOCK)
}

/** undefined: no archive. */
export function unpack(archive: string): Entry[] | undefined {
  const bytes = bytesOfText(archive)
  const entries: Entry[] = []
  if (bytes.length < BLOCK) return undefined
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const field = (from: number, length: number): string =>
      textOfBytes(bytes.subarray(at + from, at + from + length)).split('\0')[0]!
    const number = (from: number, length: number): number => Number.parseInt(field(from, length).trim() || '0', 8)
    if (bytes[at] === 0) break
    if (field(257, 5) !== 'ustar') return undefined
    const size = number(124, 12)
    const prefix = field(345, 155)
    const name = prefix ? `${prefix}/${field(0, 100)}` : field(0, 100)
    const type = field(156, 1) || '0'
    const text = textOfBytes(bytes.subarray(at + BLOCK, at + BLOCK + size))
    // Other kinds of entries (long names, attributes) say nothing that matters here.
    if (type === '0' || type === '2' || type === '5') {
      entries.push({
        name,
        type,
        mode: number(100, 8),
        uid: number(108, 8),
        gid: number(116, 8),
        mtime: number(136, 12) * 1000,
        link: field(157, 100),
        text,
      })
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return entries
}
