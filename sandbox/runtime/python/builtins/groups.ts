/** `ExceptionGroup`, `BaseExceptionGroup` and their methods. */
import { conditionOf, membersOf, messageOf, newGroup, split } from '../machine/groups.ts'
import { PyTuple } from '../objects/containers.ts'
import { errorClass } from '../objects/errors.ts'
import { PyBuiltin, type PyClass, type PyException, PyProperty, type Steps, type Value } from '../objects/values.ts'
import { methods } from './define.ts'

const group = (value: Value | undefined): PyException => value as PyException

export function installGroups(): void {
  const cls = errorClass('BaseExceptionGroup')
  methods(cls, {
    __new__: (_, [of, ...args]) => newGroup(of as PyClass, args),
    __init__: () => null,
    derive: (_, [self, members]) =>
      newGroup(errorClass('BaseExceptionGroup'), [messageOf(group(self)), members ?? null]),
    *split(machine, [self, condition = null]): Steps {
      const [match, rest] = yield* split(machine, group(self), conditionOf(machine, condition))
      return new PyTuple([match ?? null, rest ?? null])
    },
    *subgroup(machine, [self, condition = null]): Steps {
      const [match] = yield* split(machine, group(self), conditionOf(machine, condition))
      return match ?? null
    },
    __class_getitem__: (_, [self]) => self!,
    __str__: (_, [self]) => {
      const { length } = membersOf(group(self))!
      return `${messageOf(group(self))} (${length} sub-exception${length === 1 ? '' : 's'})`
    },
    __repr__: (machine, [self]) => {
      const { args, cls: of } = group(self)
      return `${of.name}(${machine.repr(messageOf(group(self)))}, ${machine.repr(args[1] ?? new PyTuple(membersOf(group(self))!))})`
    },
  })
  cls.attrs.set('message', new PyProperty(new PyBuiltin('message', (_, [self]) => messageOf(group(self)))))
  cls.attrs.set(
    'exceptions',
    new PyProperty(new PyBuiltin('exceptions', (_, [self]) => new PyTuple(membersOf(group(self))!))),
  )
}
