/** Where one text is within another: `find`, `count`, `startswith` and their likes. */

import { PyTuple } from '../../objects/containers.ts'
import { typeError } from '../../objects/errors.ts'
import { lengthOf } from '../../objects/format.ts'
import * as types from '../../objects/types.ts'
import { isInt, type Native, PyBytes, type Value } from '../../objects/values.ts'
import { NotSimulated } from '../../syntax/tree.ts'
import { textOf, valueError } from '../define.ts'

const self = (args: readonly Value[]): string => args[0] as string

/** Where to look, of the two optional ends. */
export function within(text: string, args: readonly Value[]): [string, number] {
  const clamp = (v: Value | undefined, otherwise: number): number =>
    v === undefined || v === null
      ? otherwise
      : Number(v) < 0
        ? Math.max(0, Number(v) + text.length)
        : Math.min(Number(v), text.length)
  const from = clamp(args[2], 0)
  return [text.slice(0, clamp(args[3], text.length)), from]
}

export const finder =
  (last: boolean, strict: boolean): Native =>
  (_, args) => {
    const raw = args[0] instanceof PyBytes ? args[0].text : self(args)
    const name = `${last ? 'r' : ''}${strict ? 'index' : 'find'}`
    const wanted = wantedIn(args, name)
    const [text, from] = within(raw, args)
    const found = last ? text.lastIndexOf(wanted) : text.indexOf(wanted, from)
    const at = found < from ? -1 : found
    if (at < 0 && strict) throw valueError(args[0] instanceof PyBytes ? 'subsection not found' : 'substring not found')
    if (at < 0 || args[0] instanceof PyBytes || !/[\ud800-\udbff]/.test(raw)) return at
    if (args.length > 2) throw new NotSimulated('searching in a part of a text with characters beyond 16 bits')
    return lengthOf(raw.slice(0, at))
  }

/** What is looked for: a text in a text, bytes or one byte in bytes. */
export function wantedIn([where, what]: readonly Value[], name: string): string {
  if (!(where instanceof PyBytes)) return textOf(what, `${name}() argument 1`)
  if (what instanceof PyBytes) return what.text
  if (!isInt(what ?? null))
    throw typeError(`argument should be integer or bytes-like object, not '${types.typeOf(what ?? null).name}'`)
  const byte = Number(what)
  if (byte < 0 || byte > 255) throw valueError('byte must be in range(0, 256)')
  return String.fromCharCode(byte)
}

export const affix =
  (name: string, test: (text: string, affix: string) => boolean): Native =>
  (_, args) => {
    const raw = args[0] instanceof PyBytes ? args[0].text : self(args)
    const [text, from] = within(raw, args)
    const several = args[1] instanceof PyTuple
    const all = several ? (args[1] as PyTuple).items : [args[1]!]
    const bytes = args[0] instanceof PyBytes
    return all.some(each => {
      const wanted = bytes
        ? each instanceof PyBytes
          ? each.text
          : undefined
        : typeof each === 'string'
          ? each
          : undefined
      if (wanted === undefined) {
        const kind = types.typeOf(each).name
        if (several && bytes) throw typeError(`a bytes-like object is required, not '${kind}'`)
        throw typeError(
          several
            ? `tuple for ${name} must only contain str, not ${kind}`
            : `${name} first arg must be ${bytes ? 'bytes or a tuple of bytes' : 'str or a tuple of str'}, not ${kind}`,
        )
      }
      return test(text.slice(from), wanted)
    })
  }

/** How often one is in the other, without touching itself. */
export function countIn(text: string, part: string): number {
  if (part === '') return lengthOf(text) + 1
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}
