/** Where one text is within another: `find`, `count`, `startswith` and their likes. */

import { PyTuple } from '../../objects/containers.ts'
import { typeError } from '../../objects/errors.ts'
import { lengthOf } from '../../objects/format.ts'
import * as types from '../../objects/types.ts'
import { type Native, PyBytes, type Value } from '../../objects/values.ts'
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
    const wanted = args[1] instanceof PyBytes ? args[1].text : textOf(args[1], 'must be str, not')
    const [text, from] = within(raw, args)
    const found = last ? text.lastIndexOf(wanted) : text.indexOf(wanted, from)
    const at = found < from ? -1 : found
    if (at < 0 && strict) throw valueError('substring not found')
    if (at < 0 || args[0] instanceof PyBytes || !/[\ud800-\udbff]/.test(raw)) return at
    if (args.length > 2) throw new NotSimulated('searching in a part of a text with characters beyond 16 bits')
    return lengthOf(raw.slice(0, at))
  }

export const affix =
  (name: string, test: (text: string, affix: string) => boolean): Native =>
  (_, args) => {
    const raw = args[0] instanceof PyBytes ? args[0].text : self(args)
    const [text, from] = within(raw, args)
    const all = args[1] instanceof PyTuple ? args[1].items : [args[1]!]
    return all.some(each => {
      const wanted = each instanceof PyBytes ? each.text : typeof each === 'string' ? each : undefined
      if (wanted === undefined)
        throw typeError(`${name} first arg must be str or a tuple of str, not ${types.typeOf(each).name}`)
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
