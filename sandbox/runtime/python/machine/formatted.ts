/** f-strings, and how a value is shown by a format. */
import { formatValue } from '../objects/format.ts'
import { asciiOnly } from '../objects/show.ts'
import { type Frame, Instance, PyScalar, type Steps, type Value } from '../objects/values.ts'
import type { Expression, Formatted } from '../syntax/tree.ts'
import type { Machine } from './machine.ts'
import { evaluate } from './outcome.ts'

export function* joined(machine: Machine, e: Extract<Expression, { kind: 'joined' }>, frame: Frame): Steps {
  let text = ''
  for (const part of e.parts) {
    const piece = typeof part === 'string' ? part : yield* formatted(machine, part, frame)
    machine.allocate(piece.length)
    text += piece
  }
  return text
}

function* formatted(
  machine: Machine,
  { value: e, conversion, shown, spec, place }: Formatted,
  frame: Frame,
): Steps<string> {
  let value = yield* evaluate(machine, e, frame)
  frame.at = place
  if (conversion === 'r') value = machine.repr(value)
  else if (conversion === 'a') value = asciiOnly(machine.repr(value))
  else if (conversion === 's') value = machine.str(value)
  const format = spec ? String(yield* evaluate(machine, spec, frame)) : ''
  frame.at = place
  return (shown ?? '') + formatOf(machine, value, format)
}

export function formatOf(machine: Machine, value: Value, spec: string): string {
  if (value instanceof Instance) {
    const own = value.cls.find('__format__')
    if (own !== undefined) return String(machine.now(own, [value, spec]))
  }
  // How wide it becomes, and with how many decimals.
  for (const [digits] of spec.matchAll(/\d{7,}/g)) machine.allocate(Number(digits))
  // A class with a `__str__` of its own is shown by that; else it is the number or the text that is formatted.
  const shown = value instanceof PyScalar && (spec || value.cls.find('__str__') === undefined) ? value.value : value
  return formatValue(shown, spec, v => machine.str(v), machine.mostDigits)
}
