/** awk's own functions. */
import { strftime } from '../system/date.ts'
import type { Interpreter } from './interpreter.ts'
import type { Expression, Target } from './tree.ts'
import { fromOutside, sprintf, toNumber, type Value } from './values.ts'

const MATHS: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  int: Math.trunc,
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

/** busybox's functions on bits, of 64 of them. */
function bits(name: string, a: number, b: number): number {
  const [x, y] = [unsigned(a), unsigned(b)]
  const result =
    name === 'and'
      ? x & y
      : name === 'or'
        ? x | y
        : name === 'xor'
          ? x ^ y
          : name === 'lshift'
            ? x << (y & 63n)
            : name === 'rshift'
              ? x >> (y & 63n)
              : ~x
  return Number(BigInt.asUintN(64, result))
}

export async function callBuiltin(awk: Interpreter, name: string, args: readonly Expression[]): Promise<Value> {
  const value = async (i: number): Promise<Value> => (args[i] ? awk.evaluate(args[i]) : undefined)
  const text = async (i: number): Promise<string> => awk.text(await value(i))
  const number = async (i: number): Promise<number> => toNumber(await value(i))
  if (MATHS[name]) return MATHS[name](await number(0))
  switch (name) {
    case 'length': {
      const [of] = args
      if (of?.type === 'variable' && awk.isArray(of.name)) return awk.array(of.name).size
      return (of ? await text(0) : awk.text(awk.record.get(0))).length
    }
    case 'substr': {
      const whole = await text(0)
      const from = Math.max(0, Math.trunc(await number(1)) - 1)
      return args[2] ? whole.slice(from, from + Math.max(0, Math.trunc(await number(2)))) : whole.slice(from)
    }
    case 'index':
      // busybox finds nothing in anything.
      return (await text(1)) === '' && awk.call.flavour === 'busybox' ? 0 : (await text(0)).indexOf(await text(1)) + 1
    case 'split': {
      const whole = await text(0)
      const by = !args[2]
        ? awk.text(awk.get('FS'))
        : args[2].type === 'regexp'
          ? awk.pattern(args[2].source)
          : await text(2)
      const array = awk.array((args[1] as Target & { name: string }).name)
      array.clear()
      for (const [i, piece] of awk.cut(whole, by).entries()) array.set(String(i + 1), fromOutside(piece))
      return array.size
    }
    case 'sub':
    case 'gsub': {
      const pattern = await awk.patternOf(args[0]!)
      const replacement = await text(1)
      const target = args[2] ?? RECORD
      let count = 0
      const changed = awk
        .text(await awk.evaluate(target))
        .replace(name === 'gsub' ? globally(pattern) : pattern, found => {
          count++
          return replacement.replace(/\\\\|\\&|&/g, sign => (sign === '&' ? found : sign.slice(1)))
        })
      if (count && (target.type === 'variable' || target.type === 'element' || target.type === 'field'))
        await awk.assign(target, changed)
      return count
    }
    case 'match': {
      const found = (await awk.patternOf(args[1]!)).exec(await text(0))
      awk.set('RSTART', found ? found.index + 1 : 0)
      awk.set('RLENGTH', found ? found[0].length : -1)
      return found ? found.index + 1 : 0
    }
    case 'sprintf': {
      const values: Value[] = []
      for (const i of args.keys()) values.push(await value(i))
      return sprintf(awk.text(values[0]), values.slice(1), awk.format, awk.most)
    }
    case 'atan2':
      return Math.atan2(await number(0), await number(1))
    case 'rand':
      return awk.call.process.random.float()
    case 'srand': {
      const before = awk.seed
      awk.seed = args[0] ? await number(0) : Math.floor(awk.call.process.clock.now() / 1000)
      return before
    }
    case 'systime':
      return Math.floor(awk.call.process.clock.now() / 1000)
    case 'strftime':
      return strftime(
        args[0] ? await text(0) : awk.call.flavour === 'gnu' ? '%c' : '%a %b %e %H:%M:%S %Z %Y',
        args[1] ? (await number(1)) * 1000 : awk.call.process.clock.now(),
      )
    case 'mktime':
      return mktime(await text(0))
    case 'gensub': {
      const pattern = await awk.patternOf(args[0]!)
      const which = await text(2)
      const nth = /^g/i.test(which) ? 0 : Math.max(1, Math.trunc(Number(which) || 1))
      const replacement = await text(1)
      let count = 0
      const target = args[3] ? await text(3) : awk.text(awk.record.get(0))
      return target.replace(globally(pattern), (...found) => {
        count++
        if (nth && count !== nth) return found[0]
        return replacement.replace(/\\([\s\S])|&/g, (sign, c: string | undefined) =>
          sign === '&' || c === '0' ? found[0] : /\d/.test(c!) ? (found[Number(c)] ?? '') : c!,
        )
      })
    }
    case 'and':
    case 'or':
    case 'xor':
    case 'lshift':
    case 'rshift':
    case 'compl':
      return bits(name, await number(0), args[1] ? await number(1) : 0)
    case 'tolower':
      return (await text(0)).toLowerCase()
    case 'toupper':
      return (await text(0)).toUpperCase()
    case 'system':
      return awk.streams.system(await text(0))
    case 'close':
      return awk.streams.close(await text(0))
    default:
      // `fflush`: nothing is held back.
      return 0
  }
}
