/** `traceback`: what would be printed of an error. */
import { functions, given } from '../builtins/define.ts'
import type { Machine } from '../machine/machine.ts'
import { PyList } from '../objects/containers.ts'
import { PyException, PyObject, type Value } from '../objects/values.ts'
import { lastLines, traceback } from '../traceback.ts'
import { writeTo } from './streams.ts'

const current = (machine: Machine, value?: Value): string => {
  const error = value instanceof PyException ? value : machine.handled()
  return error ? traceback(machine, error) : 'NoneType: None\n'
}

const errorIn = (args: readonly Value[]): Value | undefined =>
  args.find(arg => arg instanceof PyException) ??
  ((args.find(arg => arg instanceof PyObject && arg.data instanceof PyException) as PyObject | undefined)?.data as
    | Value
    | undefined)

export const tracebackModule = (): Record<string, Value> =>
  functions({
    format_exc: machine => current(machine),
    *print_exc(machine, args, keywords) {
      const [, file] = given('print_exc', args, keywords, ['limit?', 'file?', 'chain?'])
      yield* writeTo(machine, file ?? machine.modules.get('sys')!.attrs.get('stderr')!, current(machine), false)
      return null
    },
    format_exception: (machine, args) => new PyList(current(machine, errorIn(args)).match(/.*\n/g) ?? []),
    *print_exception(machine, args) {
      yield* writeTo(machine, machine.modules.get('sys')!.attrs.get('stderr')!, current(machine, errorIn(args)), false)
      return null
    },
    format_exception_only: (machine, args) => new PyList([lastLines(machine, errorIn(args) as PyException)]),
    format_tb: (machine, args) =>
      new PyList(traceback(machine, errorIn(args) as PyException).match(/^ .*\n(?: {4}.*\n)*/gm) ?? []),
  })
