/** Lines of several files beside one another: paste, comm and join. */
import { type Call, type Command, complain, Missing, options, print, Refusal, Usage } from '../command.ts'
import { unescapeText } from '../scripting/text.ts'
import { type LineReader, readersOf } from './line-reader.ts'

export const paste: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, gnu ? 'd:sz' : 'd:s', gnu ? { delimiters: 'd', serial: 's', 'zero-terminated': 'z' } : {})
  if (flags.has('z')) throw new Refusal('-z is not simulated')
  const given = flags.value('d') ?? '\t'
  if (!given && !gnu) throw new Refusal("-d '' is not supported")
  // An empty one of a list is written as \0.
  const between = given ? [...unescapeText(given, false).text].map(letter => (letter === '\0' ? '' : letter)) : ['']
  const names = flags.rest.length ? flags.rest : ['-']
  if (!gnu) {
    const readers = readersOf(call, names)
    if (flags.has('s')) for (const reader of readers) await serial(call, reader, between)
    else await alternately(call, readers, between)
    return 0
  }
  if (!flags.has('s')) return inRows(call, readersOf(call, names), between)
  let code = 0
  for (const name of names) {
    try {
      await serial(call, readersOf(call, [name])[0]!, between)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      code = await complain(call, error.message)
    }
  }
  return code
}

/** A row has a cell of each file, also of those that have ended. */
async function inRows(call: Call, readers: readonly LineReader[], between: readonly string[]): Promise<number> {
  const ended = new Set<LineReader>()
  for (;;) {
    const cells: string[] = []
    let some = false
    for (const [i, reader] of readers.entries()) {
      const line = ended.has(reader) ? undefined : await reader.next()
      if (line !== undefined) some = true
      else if (!ended.has(reader)) {
        reader.close()
        ended.add(reader)
      }
      cells.push((line ?? '') + (i === readers.length - 1 ? '' : between[i % between.length]!))
    }
    if (!some) return 0
    await print(call, `${cells.join('')}\n`)
  }
}

/** busybox: a file that has ended is left out, with what would stand behind its line. */
async function alternately(call: Call, readers: readonly LineReader[], between: readonly string[]): Promise<void> {
  const left = new Map(readers.entries())
  while (left.size) {
    let n = 0
    for (const [i, reader] of left) {
      const line = await reader.next()
      if (line === undefined) left.delete(i)
      else await print(call, line + (i === readers.length - 1 ? '\n' : between[n++ % between.length]!))
    }
  }
}

async function serial(call: Call, reader: LineReader, between: readonly string[]): Promise<void> {
  let out: string | undefined
  let n = 0
  for (let line = await reader.next(); line !== undefined; line = await reader.next())
    out = out === undefined ? line : out + between[n++ % between.length]! + line
  reader.close()
  await print(call, out === undefined ? (call.flavour === 'gnu' ? '\n' : '') : `${out}\n`)
}

/** As the C library compares texts in its own locale. */
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const comm: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(
    call,
    gnu ? '123z' : '123',
    gnu
      ? {
          'check-order': 'check-order',
          'nocheck-order': 'nocheck-order',
          'output-delimiter': 'output-delimiter:',
          total: 'total',
        }
      : {},
  )
  if (flags.has('z')) throw new Refusal('-z is not simulated')
  const [first, second, more] = flags.rest
  if (second === undefined)
    throw new Missing(first === undefined ? 'missing operand' : `missing operand after '${first}'`)
  if (more !== undefined) throw new Missing(`extra operand '${more}'`)
  const tab = flags.value('output-delimiter') ?? '\t'
  const readers = readersOf(call, [first!, second]) as [LineReader, LineReader]
  const lead = ['', flags.has('1') ? '' : tab, (flags.has('1') ? '' : tab) + (flags.has('2') ? '' : tab)]
  const count = [0, 0, 0]
  const say = async (kind: 0 | 1 | 2, line: string): Promise<void> => {
    count[kind]!++
    if (!flags.has(String(kind + 1))) await print(call, `${lead[kind]}${line}\n`)
  }
  const checks = new OrderCheck(call, !flags.has('nocheck-order'), flags.has('check-order'))
  const now = [await readers[0].next(), await readers[1].next()]
  const advance = async (i: 0 | 1): Promise<void> => {
    const before = now[i]!
    now[i] = await readers[i].next()
    if (gnu && now[i] !== undefined) await checks.see(i, before, now[i]!)
  }
  while (now[0] !== undefined || now[1] !== undefined) {
    const [a, b] = now
    const which = a === undefined ? 1 : b === undefined ? -1 : order(a, b)
    if (which) checks.unpaired = true
    await say(which < 0 ? 0 : which > 0 ? 1 : 2, which <= 0 ? a! : b!)
    if (which <= 0) await advance(0)
    if (which >= 0) await advance(1)
  }
  if (flags.has('total')) await print(call, `${count.join(tab)}${tab}total\n`)
  return gnu ? checks.end() : 0
}

/** GNU's comm and join tell of files that are not sorted, once there are lines without a partner. */
class OrderCheck {
  readonly #call: Call
  readonly #checks: boolean
  readonly #strict: boolean
  readonly #told = [false, false]
  #wrong = false
  unpaired = false

  constructor(call: Call, checks: boolean, strict: boolean) {
    this.#call = call
    this.#checks = checks
    this.#strict = strict
  }

  async see(file: 0 | 1, before: string, line: string): Promise<void> {
    if (!this.#checks || this.#told[file] || order(before, line) <= 0) return
    if (!this.#strict && !this.unpaired) return
    this.#told[file] = true
    this.#wrong = true
    const wrong = `file ${file + 1} is not in sorted order`
    if (this.#strict) throw new Refusal(wrong)
    await complain(this.#call, wrong)
  }

  async end(): Promise<number> {
    return this.#wrong ? complain(this.#call, 'input is not in sorted order') : 0
  }
}

/** A line of join, in its fields. */
interface Row {
  fields: readonly string[]
  key: string
  line: string
}

interface Joining {
  /** Fields to join on, from 0. */
  on: readonly [number, number]
  separator: string | undefined
  ignoresCase: boolean
  /** What is shown: the key (0), or a field of a file. */
  shown: readonly { file: 0 | 1 | 2; field: number }[] | undefined
  filler: string
}

export const join: Command = async call => {
  const flags = options(call, 'a:e:ij:o:t:v:1:2:z', {
    'ignore-case': 'i',
    header: 'header',
    'check-order': 'check-order',
    'nocheck-order': 'nocheck-order',
  })
  for (const flag of ['z', 'header', 'check-order'])
    if (flags.has(flag)) throw new Refusal(`${flag.length > 1 ? '--' : '-'}${flag} is not simulated`)
  const [first, second, more] = flags.rest
  if (second === undefined)
    throw new Missing(first === undefined ? 'missing operand' : `missing operand after '${first}'`)
  if (more !== undefined) throw new Missing(`extra operand '${more}'`)
  if (first === '-' && second === '-') throw new Refusal('both files cannot be standard input')
  const separator = flags.value('t')
  if (separator !== undefined && [...separator].length > 1 && separator !== '\\0')
    throw new Refusal(`multi-character tab '${separator}'`)
  const fieldOf = (text: string | undefined): number => {
    if (text !== undefined && !/^[1-9]\d*$/.test(text)) throw new Refusal(`invalid field number: '${text}'`)
    return Number(text ?? flags.value('j') ?? 1) - 1
  }
  const how: Joining = {
    on: [fieldOf(flags.value('1')), fieldOf(flags.value('2'))],
    separator,
    ignoresCase: flags.has('i'),
    shown: flags.values('o').length ? shownOf(flags.values('o').join(',')) : undefined,
    filler: flags.value('e') ?? '',
  }
  const alone = [...flags.values('a'), ...flags.values('v')]
  const wrong = alone.find(file => file !== '1' && file !== '2')
  if (wrong !== undefined) throw new Usage(`invalid file number: '${wrong}'`)
  const readers = readersOf(call, [first!, second]) as [LineReader, LineReader]
  return joined(call, readers, how, { alone, pairs: !flags.has('v') }, [first!, second], !flags.has('nocheck-order'))
}

/** `-o 0,1.2,2.1` */
function shownOf(list: string): Joining['shown'] {
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(each => {
      const match = /^(?:0|([12])\.(\d+))$/.exec(each)
      if (!match) throw new Refusal(`invalid field specifier: '${each}'`)
      return { file: Number(match[1] ?? 0) as 0 | 1 | 2, field: Number(match[2] ?? 1) - 1 }
    })
}

async function joined(
  call: Call,
  readers: readonly [LineReader, LineReader],
  how: Joining,
  { alone, pairs }: { alone: readonly string[]; pairs: boolean },
  names: readonly string[],
  checks: boolean,
): Promise<number> {
  const numbers = [0, 0]
  const told = [false, false]
  let unpaired = false
  const rowOf = (line: string, file: 0 | 1): Row => {
    const fields = how.separator === undefined ? line.trimStart().split(/[ \t]+/) : line.split(how.separator)
    const key = fields[how.on[file]] ?? ''
    return { fields, key: how.ignoresCase ? key.toLowerCase() : key, line }
  }
  const next = async (file: 0 | 1, before?: Row): Promise<Row | undefined> => {
    const line = await readers[file].next()
    if (line === undefined) return undefined
    numbers[file]!++
    const row = rowOf(line, file)
    if (checks && before && unpaired && !told[file] && order(before.key, row.key) > 0) {
      told[file] = true
      await complain(call, `${names[file]}:${numbers[file]}: is not sorted: ${line}`)
    }
    return row
  }
  const show = (a: Row | undefined, b: Row | undefined): Promise<void> => print(call, `${shown(a, b, how)}\n`)
  let [a, b] = [await next(0), await next(1)]
  while (a || b) {
    const which = !a ? 1 : !b ? -1 : order(a.key, b.key)
    if (which) unpaired = true
    if (which < 0) {
      if (alone.includes('1')) await show(a, undefined)
      a = await next(0, a)
    } else if (which > 0) {
      if (alone.includes('2')) await show(undefined, b)
      b = await next(1, b)
    } else {
      const { key } = a!
      const [left, right]: [Row[], Row[]] = [[], []]
      for (; a?.key === key; a = await next(0, a)) left.push(a)
      for (; b?.key === key; b = await next(1, b)) right.push(b)
      if (pairs) for (const x of left) for (const y of right) await show(x, y)
    }
  }
  return told.includes(true) ? complain(call, 'input is not in sorted order') : 0
}

function shown(a: Row | undefined, b: Row | undefined, { on, separator = ' ', shown, filler }: Joining): string {
  const key = (a ? a.fields[on[0]] : b!.fields[on[1]]) || filler
  const cell = (row: Row | undefined, field: number): string => row?.fields[field] || filler
  if (shown) return shown.map(({ file, field }) => (file ? cell(file === 1 ? a : b, field) : key)).join(separator)
  const rest = (row: Row | undefined, without: number): string[] =>
    row ? row.fields.filter((_, i) => i !== without).map(field => field || filler) : []
  return [key, ...rest(a, on[0]), ...rest(b, on[1])].join(separator)
}
