/** What patterns do: look for matches, one after the other, and take texts apart or replace parts of them. */
import { given, intOf } from '../../builtins/define.ts'
import { Pieces } from '../../builtins/text/long.ts'
import { invoke, isCallable } from '../../machine/calls.ts'
import { breathe, whileCollecting } from '../../machine/iterate.ts'
import { type Machine, NO_KEYWORDS } from '../../machine/machine.ts'
import { PyList, PyTuple } from '../../objects/containers.ts'
import { typeError } from '../../objects/errors.ts'
import { typeOf } from '../../objects/types.ts'
import {
  DONE,
  isSteps,
  type Keywords,
  PyBytes,
  PyIterator,
  type PyObject,
  type Steps,
  type Value,
} from '../../objects/values.ts'
import { type How, Matcher } from '../../patterns/matcher.ts'
import { Subject } from '../../patterns/subject.ts'
import { wellFormed } from './compile.ts'
import { type Found, groupText, matchObject, patternOf, wrapped } from './objects.ts'
import { expand, parseTemplate } from './template.ts'

/** Of the matcher's steps, so many are one of the machine's; and so many are taken before it looks up. */
const STEPS_IN_ONE = 2
const PIECE = 10_000

/** A search in one text. */
class Search {
  readonly #machine: Machine
  readonly pattern: PyObject
  readonly subject: Subject
  readonly from: number
  readonly to: number
  readonly #matcher: Matcher
  #begun = false

  constructor(machine: Machine, pattern: PyObject, text: Value, how: How, from?: Value, to?: Value) {
    this.#machine = machine
    this.pattern = pattern
    this.subject = new Subject(textFor(pattern, text))
    const { length } = this.subject
    const clamp = (value: Value | undefined, otherwise: number): number =>
      value === undefined ? otherwise : Math.min(Math.max(intOf(value), 0), length)
    this.from = clamp(from, 0)
    this.to = clamp(to, length)
    const { program } = patternOf(pattern)
    this.#matcher = new Matcher(program, this.subject, how, this.from, this.to, {
      grown: bytes => machine.allocate(bytes),
    })
  }

  #piece(): boolean | undefined {
    const { found, left } = this.#matcher.run(PIECE)
    this.#machine.step((PIECE - left) / STEPS_IN_ONE)
    return found
  }

  /** Looks for the next match. @returns whether there is one, or the steps to find that out */
  next(): boolean | Steps<boolean> {
    if (this.#begun) this.#matcher.next()
    this.#begun = true
    const found = this.#piece()
    return found ?? this.#rest()
  }

  *#rest(): Steps<boolean> {
    for (;;) {
      if (this.#machine.step(0)) yield* breathe(this.#machine)
      const found = this.#piece()
      if (found !== undefined) return found
    }
  }

  /** Where the last match is. */
  get marks(): Int32Array {
    return this.#matcher.marks
  }

  get found(): Found {
    const { marks, last } = this.#matcher
    return { subject: this.subject, marks: marks.slice(), last, pattern: this.pattern }
  }

  get match(): PyObject {
    return matchObject(this.found, this.from, this.to)
  }

  text(from: number, to: number): Value {
    return wrapped(this.pattern, this.subject.slice(from, to))
  }

  /** What a group of the last match holds. */
  group(number: number): Value {
    const { subject, pattern } = this
    return wrapped(pattern, groupText({ subject, pattern, marks: this.marks, last: 0 }, number))
  }

  /** Goes through all matches. @param take returns false to end early */
  *each(take: () => boolean): Steps<void> {
    for (;;) {
      const next = this.next()
      if (!(typeof next === 'boolean' ? next : yield* next)) return
      if (take() === false) return
      if (this.#machine.step()) yield* breathe(this.#machine)
    }
  }
}

function textFor(pattern: PyObject, text: Value): string {
  const { bytes } = patternOf(pattern)
  if (text instanceof PyBytes) {
    if (!bytes) throw typeError('cannot use a string pattern on a bytes-like object')
    return text.text
  }
  if (typeof text !== 'string') throw typeError(`expected string or bytes-like object, got '${typeOf(text).name}'`)
  if (bytes) throw typeError('cannot use a bytes pattern on a string-like object')
  return text
}

const once =
  (how: How): Work =>
  (machine, pattern, args, keywords) => {
    const [text, from, to] = given(how, args, keywords, ['string', 'pos?', 'endpos?'])
    const search = new Search(machine, pattern, text!, how, from, to)
    const found = search.next()
    if (typeof found === 'boolean') return found ? search.match : null
    return (function* () {
      return (yield* found) ? search.match : null
    })()
  }

export type Work = (machine: Machine, pattern: PyObject, args: Value[], keywords: Keywords) => Value | Steps

function* substitute(machine: Machine, pattern: PyObject, args: Value[], keywords: Keywords): Steps<[Value, number]> {
  const [by, text, most] = given('sub', args, keywords, ['repl', 'string', 'count?'])
  const limit = most === undefined ? 0 : intOf(most)
  const search = new Search(machine, pattern, text!, 'search')
  const written = typeof by === 'string' || by instanceof PyBytes ? textFor(pattern, by) : undefined
  if (written === undefined && !isCallable(by!))
    throw typeError(`decoding to str: need a bytes-like object, ${typeOf(by!).name} found`)
  const template =
    written === undefined ? undefined : wellFormed(machine, by!, written, () => parseTemplate(written, pattern))
  const pieces = new Pieces(machine)
  try {
    let last = 0
    let count = 0
    for (; !limit || count < limit; count++) {
      const next = search.next()
      if (!(typeof next === 'boolean' ? next : yield* next)) break
      if (machine.step()) yield* breathe(machine)
      const [from, to] = [search.marks[0]!, search.marks[1]!]
      pieces.add(search.subject.slice(last, from))
      if (template) pieces.add(expand(template, search.found))
      else {
        const answer = invoke(machine, by!, [search.match], NO_KEYWORDS)
        const value = isSteps(answer) ? yield* answer : answer
        if (value !== null) pieces.add(pieceOf(pattern, value, count))
      }
      last = to
    }
    pieces.add(search.subject.slice(last, search.subject.length))
    return [wrapped(pattern, pieces.all), count]
  } finally {
    pieces.letGo()
  }
}

function pieceOf(pattern: PyObject, value: Value, at: number): string {
  const { bytes } = patternOf(pattern)
  if (bytes && value instanceof PyBytes) return value.text
  if (!bytes && typeof value === 'string') return value
  const wanted = bytes ? 'a bytes-like object is required,' : 'expected str instance,'
  throw typeError(`sequence item ${at}: ${wanted} ${typeOf(value).name} found`)
}

/** What patterns can do; the module's functions of the same names compile their first argument. */
export const WORK: Readonly<Record<string, Work>> = {
  search: once('search'),
  match: once('match'),
  fullmatch: once('fullmatch'),
  *findall(machine, pattern, args, keywords) {
    const [text, from, to] = given('findall', args, keywords, ['string', 'pos?', 'endpos?'])
    const search = new Search(machine, pattern, text!, 'search', from, to)
    const { groups } = patternOf(pattern).program
    const empty = wrapped(pattern, '')
    const all: Value[] = []
    yield* whileCollecting(machine, counted =>
      search.each(() => {
        const items: Value[] = []
        for (let i = groups ? 1 : 0; i <= groups; i++) items.push(search.group(i) ?? empty)
        for (const item of items) counted(item)
        all.push(items.length === 1 ? items[0]! : new PyTuple(items))
        return true
      }),
    )
    return new PyList(all)
  },
  finditer(machine, pattern, args, keywords) {
    const [text, from, to] = given('finditer', args, keywords, ['string', 'pos?', 'endpos?'])
    const search = new Search(machine, pattern, text!, 'search', from, to)
    return new PyIterator('callable_iterator', () => {
      const next = search.next()
      if (typeof next === 'boolean') return next ? search.match : DONE
      return (function* () {
        return (yield* next) ? search.match : DONE
      })()
    })
  },
  *sub(machine, pattern, args, keywords) {
    return (yield* substitute(machine, pattern, args, keywords))[0]
  },
  *subn(machine, pattern, args, keywords) {
    return new PyTuple(yield* substitute(machine, pattern, args, keywords))
  },
  *split(machine, pattern, args, keywords) {
    const [text, most] = given('split', args, keywords, ['string', 'maxsplit?'])
    const limit = most === undefined ? 0 : intOf(most)
    const search = new Search(machine, pattern, text!, 'search')
    const { groups } = patternOf(pattern).program
    const all: Value[] = []
    let last = 0
    let count = 0
    if (limit >= 0)
      yield* whileCollecting(machine, counted =>
        search.each(() => {
          all.push(counted(search.text(last, search.marks[0]!)))
          for (let i = 1; i <= groups; i++) all.push(counted(search.group(i)))
          last = search.marks[1]!
          return ++count !== limit
        }),
      )
    all.push(search.text(last, search.subject.length))
    return new PyList(all)
  },
}
