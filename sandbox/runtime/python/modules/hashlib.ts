/** `hashlib`: md5, sha1, sha256, sha384, sha512. */
import { sha2 } from '../../commands/sha2.ts'
import { functions, methods } from '../builtins/define.ts'
import { fromBytes } from '../objects/codecs.ts'
import { typeError } from '../objects/errors.ts'
import { object, typeOf } from '../objects/types.ts'
import { PyBytes, PyClass, PyObject, type Value } from '../objects/values.ts'
import { md5, sha1, sha256 } from './hashes.ts'

const SUMS: Readonly<Record<string, (bytes: string) => string>> = {
  md5,
  sha1,
  sha256,
  sha384: bytes => sha2(fromBytes(new PyBytes(bytes)), 384),
  sha512: bytes => sha2(fromBytes(new PyBytes(bytes)), 512),
}

const hashClass = new PyClass('HASH', [object], new Map(), '_hashlib', true)

function begin(name: string, initial: Value | undefined): PyObject {
  const made = new PyObject(hashClass)
  made.data = ''
  made.attrs!.set('name', name)
  if (initial !== undefined) add(made, initial)
  return made
}

function add(hash: PyObject, value: Value): void {
  if (typeof value === 'string') throw typeError('Strings must be encoded before hashing')
  if (!(value instanceof PyBytes))
    throw typeError(`object supporting the buffer API required, not ${typeOf(value).name}`)
  hash.data = String(hash.data) + value.text
}

const digest = (hash: Value | undefined): string =>
  SUMS[String((hash as PyObject).attrs!.get('name'))]!(String((hash as PyObject).data))

methods(hashClass, {
  update: (_, [self, value]) => {
    add(self as PyObject, value!)
    return null
  },
  hexdigest: (_, [self]) => digest(self),
  digest: (_, [self]) => new PyBytes(digest(self).replace(/../g, hex => String.fromCharCode(Number.parseInt(hex, 16)))),
})

export const hashlib = (): Record<string, Value> =>
  functions({
    ...Object.fromEntries(
      Object.keys(SUMS).map(name => [name, (_: unknown, [initial]: Value[]) => begin(name, initial)]),
    ),
    new: (_, [name, initial]) => begin(String(name), initial),
  })
