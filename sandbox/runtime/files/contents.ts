/** What files hold: texts, and zeros that take no memory. Disks charge for both. */
import { errno } from '../errno.ts'
import { byteLength, charge, type Inode, type Payer } from './tree.ts'

export function setText(inode: Inode, text: string, payer?: Payer): void {
  const bytes = byteLength(text)
  charge(inode, bytes - inode.bytes, payer)
  inode.text = text
  inode.bytes = bytes
  delete inode.zeros
  touch(inode)
}

/** As much of a text as fits into so many bytes, in whole characters. */
export function firstBytes(text: string, room: number): string {
  let part = text.slice(0, room)
  for (let over = byteLength(part) - room; over > 0; over = byteLength(part) - room)
    part = part.slice(0, -Math.ceil(over / 3))
  return /[\ud800-\udbff]$/.test(part) ? part.slice(0, -1) : part
}

/** Makes a file as big as that, with zeros that take no memory. What does not fit is refused, what fits is written. */
export function allocate(inode: Inode, size: number, payer?: Payer): void {
  if (size <= inode.bytes) return
  const { room } = inode.disk
  if (room && size - inode.bytes > room) allocate(inode, inode.bytes + room, payer)
  charge(inode, size - inode.bytes, payer)
  inode.zeros = (inode.zeros ?? 0) + size - inode.bytes
  inode.bytes = size
  touch(inode)
}

/** What fits is written before the rest is refused. */
export function appendText(inode: Inode, text: string, payer?: Payer): void {
  if (isZeros(text)) {
    allocate(inode, inode.bytes + text.length, payer)
    return
  }
  const before = inode.zeros ? contentsOf(inode) : inode.text
  const bytes = byteLength(text)
  const { room } = inode.disk
  if (room && bytes > room) appendText(inode, firstBytes(text, room), payer)
  charge(inode, bytes, payer)
  inode.text = before + text
  inode.bytes += bytes
  delete inode.zeros
  touch(inode)
}

/** As much as anybody reads of a file of zeros. */
const READABLE_ZEROS = 64 * 1024 ** 2

/** What a file holds, its zeros spelt out. @throws Errno EFBIG when they are too many */
export function contentsOf({ text, zeros }: Inode): string {
  if (!zeros) return text
  if (zeros > READABLE_ZEROS) throw errno('EFBIG')
  return text + '\0'.repeat(zeros)
}

let lastZeros = ''

/** So many zeros. Asked for the same number again, it is the same string, and who compares the two need not look into them. */
export function zerosOf(length: number): string {
  if (lastZeros.length !== length) lastZeros = '\0'.repeat(length)
  return lastZeros
}

/** Big files are mostly made of them, for nobody cares what is in a file that is only to be big. */
const isZeros = (text: string): boolean =>
  text.length >= 64 && !text.charCodeAt(0) && !text.charCodeAt(text.length - 1) && text === zerosOf(text.length)

const touch = (inode: Inode): void => {
  inode.mtime = inode.disk.now()
  inode.disk.changed(inode)
}
