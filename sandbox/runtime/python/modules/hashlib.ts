/** `hashlib`: md5, sha1, sha224, sha256, sha384, sha512. */
import { sha2 } from '../../commands/bytes/sha2.ts'
import { functions, methods } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { fromBytes } from '../objects/codecs.ts'
import { PySet } from '../objects/containers.ts'
import { raise, typeError } from '../objects/errors.ts'
import { object, typeOf } from '../objects/types.ts'
import { PyBytes, PyClass, PyObject, type Value } from '../objects/values.ts'
import { md5, sha1, sha224, sha256 } from './hashes.ts'

const SUMS: Readonly<Record<string, (bytes: string) => string>> = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384: bytes => sha2(fromBytes(new PyBytes(bytes)), 384),
  sha512: bytes => sha2(fromBytes(new PyBytes(bytes)), 512),
}

/** Bytes of a sum, and of the blocks it is worked out by. */
const SIZES: Readonly<Record<string, [number, number]>> = {
  md5: [16, 64],
  sha1: [20, 64],
  sha224: [28, 64],
  sha256: [32, 64],
  sha384: [48, 128],
  sha512: [64, 128],
}

const hashClass = new PyClass('HASH', [object], new Map(), '_hashlib', true)

function begin(name: string, initial: Value | undefined): PyObject {
  const made = new PyObject(hashClass)
  made.data = ''
  if (!SUMS[name]) throw raise('ValueError', `unsupported hash type ${name}`)
  made.attrs!.set('name', name)
  made.attrs!.set('digest_size', SIZES[name]![0])
  made.attrs!.set('block_size', SIZES[name]![1])
  if (initial !== undefined) add(made, initial)
  return made
}

function add(hash: PyObject, value: Value): void {
  if (typeof value === 'string') throw typeError('Strings must be encoded before hashing')
  if (!(value instanceof PyBytes))
    throw typeError(`object supporting the buffer API required, not ${typeOf(value).name}`)
  hash.data = String(hash.data) + value.text
}

function digest(machine: Machine, hash: Value | undefined): string {
  const { attrs, data } = hash as PyObject
  machine.step(String(data).length / 10)
  return SUMS[String(attrs!.get('name'))]!(String(data))
}

methods(hashClass, {
  update: (_, [self, value]) => {
    add(self as PyObject, value!)
    return null
  },
  copy: (_, [self]) => {
    const made = begin(String((self as PyObject).attrs!.get('name')), undefined)
    made.data = (self as PyObject).data
    return made
  },
  hexdigest: (machine, [self]) => digest(machine, self),
  digest: (machine, [self]) =>
    new PyBytes(digest(machine, self).replace(/../g, hex => String.fromCharCode(Number.parseInt(hex, 16)))),
})

const names = (): PySet => {
  const all = new PySet()
  for (const name of Object.keys(SUMS)) all.entries.set(`s${name}`, name)
  return all
}

export const hashlib = (): Record<string, Value> => ({
  algorithms_available: names(),
  algorithms_guaranteed: names(),
  ...functions({
    ...Object.fromEntries(
      Object.keys(SUMS).map(name => [name, (_: unknown, [initial]: Value[]) => begin(name, initial)]),
    ),
    new: (_, [name, initial]) => begin(String(name), initial),
  }),
})
