/** Groups of exceptions: how they are taken apart by `except*`, and what is left of them. */
import { PyList, PyTuple } from '../objects/containers.ts'
import { errorClass, raise, typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { isSteps, PyClass, PyException, type Steps, type Value } from '../objects/values.ts'
import { invoke } from './calls.ts'
import { type Machine, NO_KEYWORDS } from './machine.ts'

/** What a group was made of: its `args` may be changed afterwards, and so may the list that was given. */
export interface Group {
  message: string
  members: readonly PyException[]
}

/** The exceptions in a group; undefined where it is none. */
export const membersOf = (exception: PyException): readonly PyException[] | undefined =>
  exception.cls.is(errorClass('BaseExceptionGroup')) ? (exception.data as Group).members : undefined

export const messageOf = (group: PyException): string => (group.data as Group).message

const isPlain = (exception: PyException): boolean => exception.cls.is(errorClass('Exception'))

/** What `BaseExceptionGroup(…)` makes of its arguments. @throws TypeError, ValueError */
export function newGroup(cls: PyClass, args: readonly Value[]): PyException {
  if (args.length !== 2)
    throw typeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`)
  const [message, given] = args
  if (typeof message !== 'string')
    throw typeError(
      `BaseExceptionGroup.__new__() argument 1 must be str, not ${message === null ? 'None' : typeOf(message!).name}`,
    )
  if (!(given instanceof PyList || given instanceof PyTuple))
    throw typeError('second argument (exceptions) must be a sequence')
  if (!given.items.length) throw raise('ValueError', 'second argument (exceptions) must be a non-empty sequence')
  given.items.forEach((item, at) => {
    if (!(item instanceof PyException))
      throw raise('ValueError', `Item ${at} of second argument (exceptions) is not an exception`)
  })
  const members = given.items as PyException[]
  const whole = members.every(isPlain)
  const [base, plain] = [errorClass('BaseExceptionGroup'), errorClass('ExceptionGroup')]
  if (cls === plain && !whole) throw typeError('Cannot nest BaseExceptions in an ExceptionGroup')
  if (cls !== plain && cls.is(plain) && !whole) throw typeError(`Cannot nest BaseExceptions in '${cls.name}'`)
  const made = new PyException(cls === base && whole ? plain : cls, [message, given])
  made.data = { message, members: [...members] } satisfies Group
  return made
}

/** A group like that, of others: by its `derive`, with what it came from. */
function* derived(machine: Machine, group: PyException, members: readonly PyException[]): Steps<PyException> {
  const own = group.cls.find('derive')
  const result = own === undefined ? undefined : invoke(machine, own, [group, new PyList([...members])], NO_KEYWORDS)
  const made = result === undefined ? undefined : isSteps(result) ? yield* result : result
  if (!(made instanceof PyException && membersOf(made)))
    throw typeError('derive must return an instance of BaseExceptionGroup')
  const next = made
  next.traceback = [...group.traceback]
  next.cause = group.cause
  next.context = group.context
  next.seenIn = group.seenIn
  const notes = group.attrs!.get('__notes__')
  if (notes !== undefined) next.attrs!.set('__notes__', notes)
  return next
}

/** What of an exception holds, and what does not: each undefined where there is nothing of it. */
export function* split(
  machine: Machine,
  exception: PyException,
  holds: (exception: PyException) => boolean,
): Steps<[PyException | undefined, PyException | undefined]> {
  if (holds(exception)) return [exception, undefined]
  const members = membersOf(exception)
  if (!members) return [undefined, exception]
  const [yes, no]: PyException[][] = [[], []]
  for (const member of members) {
    const [match, rest] = yield* split(machine, member, holds)
    if (match) yes!.push(match)
    if (rest) no!.push(rest)
  }
  if (!yes!.length) return [undefined, exception]
  if (!no!.length) return [exception, undefined]
  return [yield* derived(machine, exception, yes!), yield* derived(machine, exception, no!)]
}

/** What a condition of `split` and `subgroup` means: a class, several, or a function. */
export function conditionOf(machine: Machine, given: Value): (exception: PyException) => boolean {
  const classes = given instanceof PyTuple ? given.items : [given]
  if (classes.every(cls => cls instanceof PyClass && cls.is(errorClass('BaseException'))))
    return exception => classes.some(cls => exception.cls.is(cls as PyClass))
  if (given instanceof PyTuple || given instanceof PyClass)
    throw typeError('expected a function, exception type or tuple of exception types')
  return exception => machine.truth(machine.now(given, [exception]))
}

/** A group of what one handler after the other has raised, and of what none of them took. */
export function* regrouped(
  machine: Machine,
  from: PyException,
  raised: readonly PyException[],
  rest: PyException | undefined,
): Steps<PyException | undefined> {
  const whole = membersOf(from) !== undefined
  if (!raised.length) return rest && !whole ? from : rest
  if (!whole && raised.length === 1 && !rest) return raised[0]!
  const fresh = raised.filter(each => !comesFrom(from, each))
  const again = [...raised.filter(each => comesFrom(from, each)), ...(rest ? [rest] : [])]
  const kept = again.length ? yield* projection(machine, from, again) : undefined
  if (!fresh.length) return kept
  return newGroup(errorClass('BaseExceptionGroup'), ['', new PyList([...fresh, ...(kept ? [kept] : [])])])
}

/** Single exceptions in it, however deep. */
function* leaves(exception: PyException): Generator<PyException> {
  const members = membersOf(exception)
  if (!members) yield exception
  else for (const member of members) yield* leaves(member)
}

/** Whether it is a part of that, raised again. */
function comesFrom(from: PyException, part: PyException): boolean {
  if (part === from) return true
  if (!membersOf(part)) return false
  const all = new Set(leaves(from))
  return messageOf(part) === messageOf(from) && [...leaves(part)].every(leaf => all.has(leaf))
}

/** What of a group is in its parts. */
function* projection(
  machine: Machine,
  from: PyException,
  parts: readonly PyException[],
): Steps<PyException | undefined> {
  if (!membersOf(from)) return from
  const wanted = new Set(parts.flatMap(part => [...leaves(part)]))
  const [kept] = yield* split(machine, from, exception => !membersOf(exception) && wanted.has(exception))
  return kept
}
