/** awk's own functions. */
import { strftime } from '../system/date.ts'
import type { Interpreter } from './interpreter.ts'
import type { Expression, Target } from './tree.ts'
import { fromOutside, sprintf, toNumber, type Value } from './values.ts'

/** The arguments of a call. They are evaluated when they are asked for, each time anew. */
class Arguments {
  readonly awk: Interpreter
  readonly all: readonly Expression[]

  constructor(awk: Interpreter, all: readonly Expression[]) {
    this.awk = awk
    this.all = all
  }

  async value(i: number): Promise<Value> {
    const expression = this.all[i]
    return expression && this.awk.evaluate(expression)
  }

  async text(i: number): Promise<string> {
    return this.awk.text(await this.value(i))
  }

  async number(i: number): Promise<number> {
    return toNumber(await this.value(i))
  }
}

type Builtin = (of: Arguments) => Value | Promise<Value>

/** @param name of a function that the parser knows */
export async function callBuiltin(awk: Interpreter, name: string, args: readonly Expression[]): Promise<Value> {
  // `fflush`: nothing is held back.
  return BUILTINS[name]?.(new Arguments(awk, args)) ?? 0
}

const RECORD: Expression = { type: 'field', of: { type: 'number', value: 0 } }

const globally = (pattern: RegExp): RegExp => new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`)

/** `2026 01 05 09 00 00` in seconds; -1 where it is no time. */
function mktime(text: string): number {
  const parts = text.trim().split(/\s+/).map(Number)
  if (parts.length < 6 || parts.some(Number.isNaN)) return -1
  const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number]
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000
}

/** A number as an unsigned one of 64 bits, as the processor makes it of those that do not fit. */
function unsigned(n: number): bigint {
  if (Number.isNaN(n)) return 2n ** 63n
  return n >= 2 ** 64 || n < -(2 ** 63) ? 0n : BigInt.asUintN(64, BigInt(Math.trunc(n)))
}

const maths =
  (of: (x: number) => number): Builtin =>
  async args =>
    of(await args.number(0))

/** busybox's functions on bits, of 64 of them. */
const bits =
  (of: (x: bigint, y: bigint) => bigint): Builtin =>
  async args => {
    const x = unsigned(await args.number(0))
    const y = unsigned(args.all[1] ? await args.number(1) : 0)
    return Number(BigInt.asUintN(64, of(x, y)))
  }

const replacing =
  (prepared: (pattern: RegExp) => RegExp): Builtin =>
  async args => {
    const { awk, all } = args
    const pattern = await awk.patternOf(all[0]!)
    const replacement = await args.text(1)
    const target = all[2] ?? RECORD
    let count = 0
    const changed = awk.text(await awk.evaluate(target)).replace(prepared(pattern), found => {
      count++
      return replacement.replace(/\\\\|\\&|&/g, sign => (sign === '&' ? found : sign.slice(1)))
    })
    if (count && (target.type === 'variable' || target.type === 'element' || target.type === 'field'))
      await awk.assign(target, changed)
    return count
  }

async function gensub(args: Arguments): Promise<string> {
  const { awk, all } = args
  const pattern = await awk.patternOf(all[0]!)
  const which = await args.text(2)
  const nth = /^g/i.test(which) ? 0 : Math.max(1, Math.trunc(Number(which) || 1))
  const replacement = await args.text(1)
  let count = 0
  const target = all[3] ? await args.text(3) : awk.text(awk.record.get(0))
  return target.replace(globally(pattern), (...found) => {
    count++
    if (nth && count !== nth) return found[0]
    return replacement.replace(/\\([\s\S])|&/g, (sign, c: string | undefined) =>
      sign === '&' || c === '0' ? found[0] : /\d/.test(c!) ? (found[Number(c)] ?? '') : c!,
    )
  })
}

async function length(args: Arguments): Promise<number> {
  const { awk, all } = args
  const [of] = all
  if (of?.type === 'variable' && awk.isArray(of.name)) return awk.array(of.name).size
  return (of ? await args.text(0) : awk.text(awk.record.get(0))).length
}

async function substr(args: Arguments): Promise<string> {
  const whole = await args.text(0)
  const from = Math.max(0, Math.trunc(await args.number(1)) - 1)
  return args.all[2] ? whole.slice(from, from + Math.max(0, Math.trunc(await args.number(2)))) : whole.slice(from)
}

async function index(args: Arguments): Promise<number> {
  // busybox finds nothing in anything.
  if ((await args.text(1)) === '' && args.awk.call.flavour === 'busybox') return 0
  return (await args.text(0)).indexOf(await args.text(1)) + 1
}

async function split(args: Arguments): Promise<number> {
  const { awk, all } = args
  const [, into, separator] = all
  const whole = await args.text(0)
  const by = !separator
    ? awk.text(awk.get('FS'))
    : separator.type === 'regexp'
      ? awk.pattern(separator.source)
      : await args.text(2)
  const array = awk.array((into as Target & { name: string }).name)
  array.clear()
  for (const [i, piece] of awk.cut(whole, by).entries()) array.set(String(i + 1), fromOutside(piece))
  return array.size
}

async function match(args: Arguments): Promise<number> {
  const { awk, all } = args
  const found = (await awk.patternOf(all[1]!)).exec(await args.text(0))
  awk.set('RSTART', found ? found.index + 1 : 0)
  awk.set('RLENGTH', found ? found[0].length : -1)
  return found ? found.index + 1 : 0
}

async function formatted(args: Arguments): Promise<string> {
  const { awk, all } = args
  const values: Value[] = []
  for (const i of all.keys()) values.push(await args.value(i))
  return sprintf(awk.text(values[0]), values.slice(1), awk.format, awk.most)
}

const nowMs = ({ awk }: Arguments): number => awk.call.process.clock.now()

const BUILTINS: Readonly<Record<string, Builtin>> = {
  sin: maths(Math.sin),
  cos: maths(Math.cos),
  exp: maths(Math.exp),
  log: maths(Math.log),
  sqrt: maths(Math.sqrt),
  int: maths(Math.trunc),
  atan2: async args => Math.atan2(await args.number(0), await args.number(1)),

  and: bits((x, y) => x & y),
  or: bits((x, y) => x | y),
  xor: bits((x, y) => x ^ y),
  lshift: bits((x, y) => x << (y & 63n)),
  rshift: bits((x, y) => x >> (y & 63n)),
  compl: bits(x => ~x),

  length,
  substr,
  index,
  split,
  match,
  sub: replacing(pattern => pattern),
  gsub: replacing(globally),
  gensub,
  sprintf: formatted,
  tolower: async args => (await args.text(0)).toLowerCase(),
  toupper: async args => (await args.text(0)).toUpperCase(),

  rand: ({ awk }) => awk.call.process.random.float(),
  async srand(args) {
    const { awk } = args
    const before = awk.seed
    awk.seed = args.all[0] ? await args.number(0) : Math.floor(nowMs(args) / 1000)
    return before
  },
  systime: args => Math.floor(nowMs(args) / 1000),
  mktime: async args => mktime(await args.text(0)),
  strftime: async args =>
    strftime(
      args.all[0] ? await args.text(0) : args.awk.call.flavour === 'gnu' ? '%c' : '%a %b %e %H:%M:%S %Z %Y',
      args.all[1] ? (await args.number(1)) * 1000 : nowMs(args),
    ),

  system: async args => args.awk.streams.system(await args.text(0)),
  close: async args => args.awk.streams.close(await args.text(0)),
}
