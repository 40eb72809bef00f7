/** Names: what they stand for, and where an assignment puts a value. */
import { raise } from '../objects/errors.ts'
import type { Frame, Names, Value } from '../objects/values.ts'
import type { Home, Name } from '../syntax/tree.ts'
import type { Machine } from './machine.ts'

/** The names that a function defined here sees around it: not a class's own, nor the module's, which all see. */
export const outerOf = ({ names, inClass, globals }: Frame): Names | undefined =>
  inClass ? names.outer : names.values === globals ? undefined : names

const up = (names: Names, levels: number): Names => {
  let at = names
  for (let i = 0; i < levels; i++) at = at.outer!
  return at
}

export function lookUp(machine: Machine, name: Name, frame: Frame): Value {
  const { id, home } = name
  if (typeof home === 'number') {
    const found = up(frame.names, home).values.get(id)
    if (found !== undefined) return found
    frame.at = name
    throw home === 0
      ? raise('UnboundLocalError', `cannot access local variable '${id}' where it is not associated with a value`)
      : nameError(`cannot access free variable '${id}' where it is not associated with a value in enclosing scope`, id)
  }
  let found = home === 'class' ? frame.names.values.get(id) : undefined
  if (found === undefined) found = frame.globals.get(id)
  if (found === undefined) found = machine.builtins.get(id)
  if (found !== undefined) return found
  frame.at = name
  throw nameError(`name '${id}' is not defined`, id)
}

function nameError(message: string, name: string) {
  const error = raise('NameError', message)
  error.exception.attrs!.set('name', name)
  return error
}

export function assign(frame: Frame, id: string, home: Home, value: Value): void {
  if (typeof home === 'number') up(frame.names, home).values.set(id, value)
  else if (home === 'class') frame.names.values.set(id, value)
  else frame.globals.set(id, value)
}

/** The name of a caught error goes with its block, if it is still there. @returns whether it was */
export function unname(frame: Frame, { id, home }: Name): boolean {
  const names =
    typeof home === 'number' ? up(frame.names, home).values : home === 'class' ? frame.names.values : frame.globals
  return names.delete(id)
}

export function forget(frame: Frame, name: Name): void {
  if (unname(frame, name)) return
  throw typeof name.home === 'number'
    ? raise('UnboundLocalError', `cannot access local variable '${name.id}' where it is not associated with a value`)
    : nameError(`name '${name.id}' is not defined`, name.id)
}
