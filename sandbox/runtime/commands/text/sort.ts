/** `sort`, `uniq` and `seq`: lines in an order. */
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, Missing, type Options, options, print, Refusal, Usage } from '../command.ts'
import { formatted } from '../scripting/c-format.ts'
import { inputs, lines, readAll } from './reading.ts'

const sizeValue = (text: string): number => {
  const match = /^\s*(-?[\d.]+)([KMGTPE]?)/i.exec(text)
  return match ? Number(match[1]) * 1024 ** ' KMGTPE'.indexOf(match[2]!.toUpperCase() || ' ') : 0
}

const monthOf = (text: string): number =>
  'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'.indexOf(text.trim().slice(0, 3).toUpperCase() || '?')

const LONG_OPTIONS = {
  numeric: 'n',
  reverse: 'r',
  unique: 'u',
  key: 'k',
  'numeric-sort': 'n',
  'field-separator': 't',
  'version-sort': 'V',
  'human-numeric-sort': 'h',
  'ignore-case': 'f',
  'ignore-leading-blanks': 'b',
  'general-numeric-sort': 'g',
  'dictionary-order': 'd',
  merge: 'm',
  'zero-terminated': 'z',
  stable: 's',
  check: 'c',
  output: 'o',
  'month-sort': 'M',
  'random-sort': 'R',
  parallel: 'S',
  'buffer-size': 'S',
} as const

function refuseWrong({ flavour }: Call, flags: Options): void {
  const tab = flags.value('t')
  if (tab !== undefined && tab.length !== 1 && tab !== '\\0')
    throw new Refusal(
      flavour === 'busybox' ? 'bad -t parameter' : tab ? `multi-character tab '${tab}'` : 'empty tab',
      2,
    )
  const check = flags.has('C') ? 'C' : 'c'
  if (flavour === 'gnu' && flags.has(check) && flags.rest.length > 1)
    throw new Refusal(`extra operand '${flags.rest[1]}' not allowed with -${check}`, 2)
}

/** `-k 2,3n`: from which field, and character of it, to which, and how they are compared. */
function keyOf({ flavour }: Call, spec: string): { from: number; char: number; to: number; how: string } {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(spec)
  if (flavour === 'busybox' && (!match || match[1] === '0')) throw new Refusal('bad field specification', 2)
  if (Number(match?.[1]) === 0) throw new Refusal(`field number is zero: invalid field specification '${spec}'`, 2)
  if (!match && !/^\d/.test(spec))
    throw new Refusal(`invalid number at field start: invalid count at start of '${spec}'`, 2)
  if (!match) throw new Refusal(`stray character in field spec: invalid field specification '${spec}'`, 2)
  return {
    from: Number(match[1]),
    char: Number(match[2] ?? 1),
    to: match[4] ? Number(match[4]) : Number.POSITIVE_INFINITY,
    how: (match[3] ?? '') + (match[5] ?? ''),
  }
}

export const sort: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = gnu
    ? options(call, 'nruk:t:fbhVsmo:cgzMRdiS:T:C', LONG_OPTIONS)
    : options(call, 'nruk:t:fbhVsmo:cgzMdiS:T:')
  refuseWrong(call, flags)
  const separator = flags.value('t')
  const keys = flags.values('k').map(spec => keyOf(call, spec))
  const end = flags.has('z') ? '\0' : '\n'
  const checks = flags.has('c') || flags.has('C')
  let code = 0
  const all: string[] = []
  for await (const { stream } of inputs(checks ? { ...call, name: 'sort -c' } : call, flags.rest, () => {
    code = 2
  })) {
    const text = await readAll(call.process, stream)
    // One by one: a file may have more lines than a call takes arguments.
    if (text) for (const line of (text.endsWith(end) ? text.slice(0, -1) : text).split(end)) all.push(line)
  }
  if (code && (checks || gnu)) return code
  const fieldsOf = (line: string): string[] =>
    separator === undefined ? (line.trimEnd().match(/\s*\S+/g) ?? []) : line.split(separator)
  const compare = (a: string, b: string, how: string): number => {
    const has = (flag: string): boolean => how.includes(flag) || (!/[nrfhVgM]/.test(how) && flags.has(flag))
    let result: number
    if (has('n') || has('g')) result = (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0)
    else if (has('M')) result = monthOf(a) - monthOf(b)
    else if (has('h')) result = sizeValue(a) - sizeValue(b)
    else if (has('V')) result = a.localeCompare(b, 'en', { numeric: true })
    else {
      const [x, y] = has('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b]
      result = x < y ? -1 : x > y ? 1 : 0
    }
    return how.includes('r') || (!/[nrfhVgM]/.test(how) && flags.has('r')) ? -result : result
  }
  const order = (a: string, b: string): number => {
    for (const key of keys) {
      const pick = (line: string): string =>
        fieldsOf(line)
          .slice(key.from - 1, key.to)
          .join(separator ?? '')
          .slice(key.char - 1)
      const trim = (s: string): string => (separator === undefined ? s.trimStart() : s)
      const result = compare(trim(pick(a)), trim(pick(b)), key.how)
      if (result) return result
    }
    if (!keys.length) {
      const result = compare(a, b, '')
      if (result) return result
    }
    if (flags.has('s') || flags.has('u')) return 0
    return (a < b ? -1 : a > b ? 1 : 0) * (flags.has('r') ? -1 : 1)
  }
  if (checks) {
    const wrong = all.findIndex((line, i) => i > 0 && order(all[i - 1]!, line) > (flags.has('u') ? -1 : 0))
    if (wrong < 0) return 0
    if (flags.has('C')) return 1
    const where = flags.rest[0] ?? '-'
    const words =
      call.flavour === 'gnu' ? `sort: ${where}:${wrong + 1}: disorder: ${all[wrong]}\n` : `Check line ${wrong}\n`
    await call.process.write(2, words)
    return 1
  }
  const ordered = flags.has('R') ? shuffled(call.process, all) : [...all].sort(order)
  const out = flags.has('u') ? ordered.filter((line, i) => i === 0 || order(line, ordered[i - 1]!) !== 0) : ordered
  const result = out.map(line => line + end).join('')
  const file = flags.value('o')
  if (file) call.process.fs.writeFile(file, result)
  else await print(call, result)
  return code
}

/** In an order by chance, in which equal lines stay together. */
function shuffled({ random }: Process, all: readonly string[]): string[] {
  const places = new Map<string, number>()
  for (const line of all) if (!places.has(line)) places.set(line, random.int(2 ** 30))
  return [...all].sort((a, b) => places.get(a)! - places.get(b)!)
}

export const uniq: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, gnu ? 'cduDif:s:w:z' : 'cduif:s:w:z', {
    count: 'c',
    repeated: 'd',
    unique: 'u',
    'ignore-case': 'i',
    'skip-fields': 'f',
    'skip-chars': 's',
    'check-chars': 'w',
    ...(gnu && { 'all-repeated': 'D' }),
  })
  const end = flags.has('z') ? '\0' : '\n'
  const [, target] = flags.rest
  const out = target === undefined || target === '-' ? undefined : call.process.fs.open(target, 'w')
  const say = (text: string): Promise<void> => (out ? out.write(call.process, text) : print(call, text))
  let previous: string | undefined
  let count = 0
  const key = (line: string): string => {
    const fields = line
      .split(/\s+/)
      .slice(Number(flags.value('f') ?? 0))
      .join(' ')
      .slice(Number(flags.value('s') ?? 0))
      .slice(0, Number(flags.value('w') ?? Number.POSITIVE_INFINITY))
    return flags.has('i') ? fields.toLowerCase() : fields
  }
  const flush = async (): Promise<void> => {
    if (previous === undefined || (flags.has('d') && count < 2) || (flags.has('u') && count > 1)) return
    if (flags.has('D')) return
    await say(`${flags.has('c') ? `${String(count).padStart(7)} ` : ''}${previous}${end}`)
  }
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { stream } of inputs(call, flags.rest.slice(0, 1), failed)) {
    for await (const raw of lines(call.process, stream, end)) {
      const line = raw.endsWith(end) ? raw.slice(0, -1) : raw
      if (previous !== undefined && key(line) === key(previous)) {
        if (flags.has('D')) await say(`${count === 1 ? `${previous}${end}` : ''}${line}${end}`)
        count++
        continue
      }
      await flush()
      previous = line
      count = 1
    }
  }
  await flush()
  out?.close()
  return code
}

/** `seq -f`: one number of C's floating point. */
function byFormat(format: string, n: number): string {
  return format.replace(
    SPEC_OF_SEQ,
    (whole, signs: string, width = '', precision: string | undefined, conversion: string) => {
      if (whole === '%%') return '%'
      const spec = {
        flags: signs,
        width: width ? Number(width) : undefined,
        precision: precision === undefined ? undefined : Number(precision),
        conversion,
      }
      return formatted(spec, '', () => n)
    },
  )
}

const SPEC_OF_SEQ = /%(?:%|([-+ #0]*)(\d+)?(?:\.(\d+))?([aefgAEFG]))/g

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i

/** The digits behind the point that a number is written with. */
const decimalsOf = (text: string): number => {
  const [, digits = '', exponent = '0'] = /^[-+]?\d*\.?(\d*)(?:e([-+]?\d+))?$/i.exec(text) ?? []
  return Math.max(0, digits.length - Number(exponent))
}

export const seq: Command = async call => {
  const gnu = call.flavour === 'gnu'
  // GNU takes what begins with a digit after its sign for a number.
  const firstNumber = call.args.findIndex(
    (arg, i) => (/^-[\d.]/.test(arg) || !arg.startsWith('-')) && !/^-[sf]$/.test(call.args[i - 1] ?? ''),
  )
  const words = [...call.args]
  if (gnu && firstNumber >= 0 && words[firstNumber]!.startsWith('-')) words.splice(firstNumber, 0, '--')
  const flags = options({ ...call, args: words }, gnu ? '+ws:f:' : '+ws:', {
    ...(gnu && { separator: 's', format: 'f', 'equal-width': 'w' }),
  })
  const given = flags.rest
  if (!given.length) throw new Missing('missing operand')
  if (given.length > 3) throw gnu ? new Usage(`extra operand '${given[3]}'`) : new Missing('')
  const wrong = given.find(arg => !NUMBER.test(arg))
  if (wrong !== undefined)
    throw gnu ? new Usage(`invalid floating point argument: '${wrong}'`) : new Refusal(`invalid number '${wrong}'`)
  const numbers = given.map(Number)
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : [numbers[0]!, numbers[1]!, numbers[2]!]
  if (step === 0)
    throw call.flavour === 'gnu' ? new Usage("invalid Zero increment value: '0'") : new Refusal('increment is zero')
  // The last number has no say in how they are written, where there is more than one.
  const decimals = Math.max(0, ...given.slice(0, Math.max(gnu ? 1 : 0, given.length - 1)).map(decimalsOf))
  const format = flags.value('f')
  const shown = (n: number): string =>
    format === undefined ? n.toFixed(decimals).padStart(width, '0') : byFormat(format, n)
  const width = flags.has('w') ? Math.max(first.toFixed(decimals).length, last.toFixed(decimals).length) : 0
  const separator = flags.value('s') ?? '\n'
  let buffer = ''
  let any = false
  for (let i = 0; ; i++) {
    const n = first + i * step
    if (step >= 0 ? n > last + 1e-9 : n < last - 1e-9) break
    buffer += (any ? separator : '') + shown(n)
    any = true
    if (buffer.length > 4096) {
      await print(call, buffer)
      buffer = ''
    }
  }
  await print(call, buffer + (any ? '\n' : ''))
}
