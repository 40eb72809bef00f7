/** Parts of a text: without its ends, or taken apart at a separator or at its lines. */
import type { Machine } from '../../machine/machine.ts'
import { PLACE, sizeOf } from '../../machine/memory.ts'
import { PyList, PyTuple } from '../../objects/containers.ts'
import { type Native, PyBytes, type Value } from '../../objects/values.ts'
import { SPACES } from '../../patterns/characters.ts'
import { given, intOf, valueError } from '../define.ts'
import { bytesOfParts, LONG } from './long.ts'

export const WHITE = `[${SPACES}]`
const LEADING = new RegExp(`^${WHITE}+`)
/** Whether it ends so is asked from the end: the engine would try each of many blanks within a text. */
const BLANK = new RegExp(WHITE)

export function strip(text: string, chars: Value | undefined, from: 'both' | 'left' | 'right'): string {
  let all = text
  if (chars === undefined || chars === null) {
    if (from !== 'right') all = all.replace(LEADING, '')
    if (from === 'left') return all
    let end = all.length
    while (end > 0 && BLANK.test(all[end - 1]!)) end--
    return all.slice(0, end)
  }
  const set = new Set([...(chars as string)])
  const letters = [...all]
  let start = 0
  let end = letters.length
  if (from !== 'right') while (start < end && set.has(letters[start]!)) start++
  if (from !== 'left') while (end > start && set.has(letters[end - 1]!)) end--
  return letters.slice(start, end).join('')
}

function split(text: string, separator: Value | undefined, most: number, right: boolean): string[] {
  if (separator === undefined || separator === null) {
    const words = text.split(new RegExp(`${WHITE}+`)).filter(Boolean)
    if (most < 0 || words.length <= most + 1) return words
    const trimmed = strip(text, null, 'both')
    const pattern = new RegExp(right ? `^(.*\\S)${WHITE}+(\\S+)$` : `^(\\S+)${WHITE}+(.*)$`, 's')
    const parts: string[] = []
    let rest = trimmed
    for (let i = 0; i < most; i++) {
      const [, a = '', b = ''] = pattern.exec(rest) ?? []
      parts[right ? 'unshift' : 'push'](right ? b : a)
      rest = right ? a : b
    }
    return right ? [rest, ...parts] : [...parts, rest]
  }
  const by = separator as string
  if (by === '') throw valueError('empty separator')
  const parts = text.split(by)
  if (most < 0 || parts.length <= most + 1) return parts
  return right
    ? [parts.slice(0, parts.length - most).join(by), ...parts.slice(parts.length - most)]
    : [...parts.slice(0, most), parts.slice(most).join(by)]
}

/** Room for the parts of a long text, before they are made. */
function allocateParts(machine: Machine, text: string, separator: Value | undefined, most: number): void {
  const by = typeof separator === 'string' && separator ? separator : ' '
  machine.allocate(text.length < LONG ? 0 : text.length + bytesOfParts(text, by, sizeOf('') + PLACE, most))
}

export const splitter =
  (right: boolean, make: (text: string) => Value): Native =>
  (machine, args, keywords) => {
    const [, separator, most] = given(right ? 'rsplit' : 'split', args, keywords, ['self', 'sep?', 'maxsplit?'])
    const text = (v: Value | undefined): Value | undefined => (v instanceof PyBytes ? v.text : v)
    const limit = most === undefined ? -1 : intOf(most)
    allocateParts(machine, text(args[0]) as string, text(separator), limit)
    return new PyList(split(text(args[0]) as string, text(separator), limit, right).map(make))
  }

export const lines = (machine: Machine, text: string, keep: boolean): Value => {
  allocateParts(machine, text, '\n', -1)
  const all =
    text.match(/[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|$)/g) ?? []
  if (all.at(-1) === '') all.pop()
  return new PyList(keep ? all : all.map(line => line.replace(/(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])$/, '')))
}

export function partition(
  text: string,
  by: string,
  last: boolean,
  make: (text: string) => Value = each => each,
): Value {
  if (!by) throw valueError('empty separator')
  const at = last ? text.lastIndexOf(by) : text.indexOf(by)
  const parts = at >= 0 ? [text.slice(0, at), by, text.slice(at + by.length)] : last ? ['', '', text] : [text, '', '']
  return new PyTuple(parts.map(make))
}
