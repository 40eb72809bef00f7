/** `zlib` and `binascii`: checksums. What is compressed is refused. */
import { functions, intOf } from '../builtins/define.ts'
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { PyBytes, type Value } from '../objects/values.ts'

const TABLE = Int32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function bytesIn(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
}

function crc32(text: string, start: number): number {
  let crc = ~start
  for (let i = 0; i < text.length; i++) crc = TABLE[(crc ^ text.charCodeAt(i)) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}

function adler32(text: string, start: number): number {
  let [a, b] = [start & 0xffff, start >>> 16]
  for (let i = 0; i < text.length; i++) {
    a = (a + text.charCodeAt(i)) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

export const zlib = (): Record<string, Value> =>
  functions({
    crc32: (machine, [data, start = 0]) => {
      machine.step(bytesIn(data).length / 100)
      return crc32(bytesIn(data), intOf(start))
    },
    adler32: (machine, [data, start = 1]) => {
      machine.step(bytesIn(data).length / 100)
      return adler32(bytesIn(data), intOf(start))
    },
  })
