/** `zlib` and `binascii`: checksums. What is compressed is refused. */
import { functions, intOf } from '../builtins/define.ts'
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { type Native, PyBytes, type Value } from '../objects/values.ts'

const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function bytesIn(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
}

function crcOf(text: string, start: number): number {
  let crc = ~start
  for (let i = 0; i < text.length; i++) crc = TABLE[(crc ^ text.charCodeAt(i)) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}

function adlerOf(text: string, start: number): number {
  let [a, b] = [start & 0xffff, start >>> 16]
  for (let i = 0; i < text.length; i++) {
    a = (a + text.charCodeAt(i)) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

const sum =
  (of: (text: string, start: number) => number, begin: number): Native =>
  (machine, [data, start = begin]) => {
    machine.step(bytesIn(data).length / 100)
    return of(bytesIn(data), intOf(start))
  }

export const crc32 = sum(crcOf, 0)
export const adler32 = sum(adlerOf, 1)

export const zlib = (): Record<string, Value> => functions({ crc32, adler32 })
