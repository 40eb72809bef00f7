/** Commands on lines: head, tail, wc, sort, cut, grep … Filters pass each line on as it comes. */
import { isErrno } from '../errno.ts'
import { byteLength } from '../tree.ts'
import { type Call, type Command, complain, options, print, Usage } from './command.ts'
import { allText, inputs, lines, readAll } from './reading.ts'
import { unescapeText } from './text.ts'

const whole = (call: Call, text: string): number => {
  const n = Number(text.replace(/k$/i, '000'))
  if (!/^[-+]?\d+k?$/i.test(text))
    throw new Usage(call.flavour === 'gnu' ? `invalid number of lines: '${text}'` : `invalid number '${text}'`)
  return Math.abs(n)
}

/** `head -5` as `head -n 5`. */
const oldStyle = (call: Call): Call => ({
  ...call,
  args: call.args.flatMap(arg => (/^-\d+$/.test(arg) ? ['-n', arg.slice(1)] : [arg])),
})

export const head: Command = async call => {
  const flags = options(oldStyle(call), 'n:c:qv', { lines: 'n', bytes: 'c' })
  const bytes = flags.value('c')
  const spec = bytes ?? flags.value('n') ?? '10'
  const count = whole(call, spec)
  const fromEnd = spec.startsWith('-')
  let code = 0
  let first = true
  for await (const input of inputs(call, flags.rest, () => {
    code = 1
  })) {
    if (flags.rest.length > 1 && !flags.has('q')) await print(call, `${first ? '' : '\n'}==> ${input.name} <==\n`)
    first = false
    if (bytes !== undefined) {
      const text = fromEnd ? (await readAll(call.process, input.stream)).slice(0, -count) : undefined
      if (text !== undefined) await print(call, text)
      else {
        let left = count
        while (left > 0) {
          const data = await input.stream.read(call.process, left)
          if (!data) break
          left -= data.length
          await print(call, data)
        }
      }
      continue
    }
    const kept: string[] = []
    let n = 0
    if (count === 0 && !fromEnd) continue
    for await (const line of lines(call.process, input.stream)) {
      if (!fromEnd) {
        await print(call, line)
        if (++n >= count) break
      } else {
        kept.push(line)
        if (kept.length > count) await print(call, kept.shift()!)
      }
    }
  }
  return code
}

const FOLLOW_MS = 1000

export const tail: Command = async call => {
  const flags = options(oldStyle(call), 'n:c:fFqvs:', { lines: 'n', bytes: 'c', follow: 'f' })
  const bytes = flags.value('c')
  const spec = bytes ?? flags.value('n') ?? '10'
  const count = whole(call, spec)
  const fromStart = spec.startsWith('+')
  let code = 0
  let first = true
  const followed: { name: string; position: number; ino: number | undefined }[] = []
  for await (const input of inputs(call, flags.rest, () => {
    code = 1
  })) {
    if (flags.rest.length > 1 && !flags.has('q')) await print(call, `${first ? '' : '\n'}==> ${input.name} <==\n`)
    first = false
    const text = await readAll(call.process, input.stream)
    if (bytes !== undefined) await print(call, fromStart ? text.slice(count - 1) : count ? text.slice(-count) : '')
    else {
      const all = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
      await print(call, (fromStart ? all.slice(Math.max(0, count - 1)) : count ? all.slice(-count) : []).join(''))
    }
    if (flags.rest.length && input.name !== 'standard input')
      followed.push({ name: input.name, position: text.length, ino: call.process.fs.stat(input.name).ino })
  }
  if (!flags.has('f') && !flags.has('F')) return code
  if (flags.has('F'))
    for (const name of flags.rest)
      if (!followed.some(f => f.name === name)) followed.push({ name, position: 0, ino: undefined })
  if (!followed.length) return code
  for (;;) {
    await call.process.sleep(flags.value('s') ? Number(flags.value('s')) * 1000 : FOLLOW_MS)
    for (const file of followed) {
      try {
        const stat = call.process.fs.stat(file.name)
        const text = call.process.fs.readFile(file.name)
        if (flags.has('F') && file.ino !== stat.ino) file.position = 0
        file.ino = stat.ino
        if (text.length < file.position) file.position = 0
        if (text.length === file.position) continue
        await print(call, text.slice(file.position))
        file.position = text.length
      } catch (error) {
        if (!isErrno(error, 'ENOENT')) throw error
      }
    }
  }
}

export const wc: Command = async call => {
  const flags = options(call, 'lwcmL', { lines: 'l', words: 'w', bytes: 'c', chars: 'm' })
  const which = ['l', 'w', 'm', 'c', 'L'].filter(flag => flags.has(flag))
  const shown = which.length ? which : ['l', 'w', 'c']
  let code = 0
  const total: Record<string, number> = { l: 0, w: 0, c: 0, m: 0, L: 0 }
  const rows: { counts: Record<string, number>; name: string }[] = []
  for await (const { name, stream } of inputs(call, flags.rest, () => {
    code = 1
  })) {
    const text = await readAll(call.process, stream)
    const counts: Record<string, number> = {
      l: text.split('\n').length - 1,
      w: text.split(/\s+/).filter(Boolean).length,
      c: byteLength(text),
      m: [...text].length,
      L: Math.max(0, ...text.split('\n').map(l => l.length)),
    }
    for (const key of Object.keys(total)) total[key]! += counts[key]!
    rows.push({ counts, name: flags.rest.length ? name : '' })
  }
  if (rows.length > 1) rows.push({ counts: total, name: 'total' })
  const single = shown.length === 1 && (rows.length === 1 || call.flavour === 'busybox')
  const width =
    call.flavour === 'busybox'
      ? 9
      : Math.max(flags.rest.length ? 1 : 7, ...rows.flatMap(row => shown.map(key => String(row.counts[key]).length)))
  await print(
    call,
    rows
      .map(
        ({ counts, name }) =>
          `${shown.map(key => (single ? String(counts[key]) : String(counts[key]).padStart(width))).join(' ')}${name ? ` ${name}` : ''}\n`,
      )
      .join(''),
  )
  return code
}

export const tee: Command = async call => {
  const flags = options(call, 'ai', { append: 'a' })
  const files = flags.rest.map(name => call.process.fs.open(name, flags.has('a') ? 'a' : 'w'))
  for (let data = await call.process.read(0); data; data = await call.process.read(0)) {
    await print(call, data)
    for (const file of files) await file.write(call.process, data)
  }
}

const SETS: Record<string, string> = {
  digit: '0-9',
  alpha: 'A-Za-z',
  alnum: '0-9A-Za-z',
  lower: 'a-z',
  upper: 'A-Z',
  space: ' \t\n\v\f\r',
  blank: ' \t',
  punct: '!-/:-@[-`{-~',
  xdigit: '0-9A-Fa-f',
}

/** The characters of a set of `tr`. */
function characters(spec: string): string[] {
  const named = spec.replace(/\[:(\w+):\]/g, (_, name: string) => SETS[name] ?? '')
  const text = unescapeText(named, false).text
  const out: string[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i + 1] === '-' && i + 2 < text.length) {
      for (let c = text.charCodeAt(i); c <= text.charCodeAt(i + 2); c++) out.push(String.fromCharCode(c))
      i += 2
    } else out.push(text[i]!)
  }
  return out
}

export const tr: Command = async call => {
  const flags = options(call, '+cCdst', { complement: 'c', delete: 'd', 'squeeze-repeats': 's' })
  const [from, to] = flags.rest
  if (from === undefined) throw new Usage('missing operand')
  const set = new Set(characters(from))
  const inSet = (c: string): boolean => set.has(c) !== (flags.has('c') || flags.has('C'))
  const ordered = [...new Set(characters(from))]
  const target = to === undefined ? undefined : characters(to)
  const squeeze = flags.has('s')
    ? target && !flags.has('d')
      ? new Set(target)
      : target
        ? new Set(target)
        : undefined
    : undefined
  let previous = ''
  for (let data = await call.process.read(0); data; data = await call.process.read(0)) {
    let out = ''
    for (const c of data) {
      const hit = inSet(c)
      if (hit && flags.has('d')) continue
      let mapped = c
      if (hit && target && !flags.has('d'))
        mapped = flags.has('c') || flags.has('C') ? target.at(-1)! : (target[ordered.indexOf(c)] ?? target.at(-1) ?? c)
      if (flags.has('s') && mapped === previous && (squeeze ? squeeze.has(mapped) : hit)) continue
      previous = mapped
      out += mapped
    }
    await print(call, out)
  }
}

/** Ranges of `cut`: 1,3-5,7-. */
function ranges(text: string): (n: number) => boolean {
  const list = text.split(',').map(part => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part)
    if (!match || part === '-' || part === '') throw new Usage(`invalid range '${text}'`)
    const from = Number(match[1] || 1)
    return [from, match[2] ? Number(match[3] || Number.POSITIVE_INFINITY) : from] as const
  })
  return n => list.some(([a, b]) => n >= a && n <= b)
}

export const cut: Command = async call => {
  const flags = options(call, 'd:f:c:b:sn', { delimiter: 'd', fields: 'f', characters: 'c', 'output-delimiter': 'o' })
  const delimiter = flags.value('d') ?? '\t'
  const fields = flags.value('f')
  const chosen = ranges(fields ?? flags.value('c') ?? flags.value('b') ?? '')
  let code = 0
  for await (const { stream } of inputs(call, flags.rest, () => {
    code = 1
  })) {
    for await (const raw of lines(call.process, stream)) {
      const line = raw.replace(/\n$/, '')
      if (fields !== undefined && !line.includes(delimiter)) {
        if (!flags.has('s')) await print(call, `${line}\n`)
        continue
      }
      const parts = fields === undefined ? [...line] : line.split(delimiter)
      await print(call, `${parts.filter((_, i) => chosen(i + 1)).join(fields === undefined ? '' : delimiter)}\n`)
    }
  }
  return code
}

const sizeValue = (text: string): number => {
  const match = /^\s*(-?[\d.]+)([KMGTPE]?)/i.exec(text)
  return match ? Number(match[1]) * 1024 ** ' KMGTPE'.indexOf(match[2]!.toUpperCase() || ' ') : 0
}

export const sort: Command = async call => {
  const flags = options(call, 'nruk:t:fbhVsmo:cgz', {
    numeric: 'n',
    reverse: 'r',
    unique: 'u',
    key: 'k',
    'numeric-sort': 'n',
    'field-separator': 't',
  })
  let code = 0
  const text = await allText(call, flags.rest, () => {
    code = 2
  })
  const all = text.split('\n')
  if (all.at(-1) === '') all.pop()
  const separator = flags.value('t')
  const keys = flags.values('k').map(spec => {
    const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(spec)
    if (!match) throw new Usage(`bad field specification`)
    return {
      from: Number(match[1]),
      char: Number(match[2] ?? 1),
      to: match[4] ? Number(match[4]) : Number.POSITIVE_INFINITY,
      how: (match[3] ?? '') + (match[5] ?? ''),
    }
  })
  const fieldsOf = (line: string): string[] =>
    separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator)
  const compare = (a: string, b: string, how: string): number => {
    const has = (flag: string): boolean => how.includes(flag) || (!/[nrfhVg]/.test(how) && flags.has(flag))
    let result: number
    if (has('n') || has('g')) result = (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0)
    else if (has('h')) result = sizeValue(a) - sizeValue(b)
    else if (has('V')) result = a.localeCompare(b, 'en', { numeric: true })
    else {
      const [x, y] = has('f') ? [a.toUpperCase(), b.toUpperCase()] : [a, b]
      result = x < y ? -1 : x > y ? 1 : 0
    }
    return how.includes('r') || (!/[nrfhVg]/.test(how) && flags.has('r')) ? -result : result
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
  const ordered = [...all].sort(order)
  if (flags.has('c')) return all.every((line, i) => line === ordered[i]) ? 0 : 1
  const out = flags.has('u') ? ordered.filter((line, i) => i === 0 || order(line, ordered[i - 1]!) !== 0) : ordered
  const result = out.map(line => `${line}\n`).join('')
  const file = flags.value('o')
  if (file) call.process.fs.writeFile(file, result)
  else await print(call, result)
  return code
}

export const uniq: Command = async call => {
  const flags = options(call, 'cduif:s:w:', { count: 'c', repeated: 'd', unique: 'u' })
  let previous: string | undefined
  let count = 0
  const key = (line: string): string => {
    const fields = line
      .split(/\s+/)
      .slice(Number(flags.value('f') ?? 0))
      .join(' ')
      .slice(Number(flags.value('s') ?? 0))
    return flags.has('i') ? fields.toLowerCase() : fields
  }
  const flush = async (): Promise<void> => {
    if (previous === undefined || (flags.has('d') && count < 2) || (flags.has('u') && count > 1)) return
    await print(call, `${flags.has('c') ? `${String(count).padStart(7)} ` : ''}${previous}\n`)
  }
  for await (const { stream } of inputs(call, flags.rest.slice(0, 1))) {
    for await (const raw of lines(call.process, stream)) {
      const line = raw.replace(/\n$/, '')
      if (previous !== undefined && key(line) === key(previous)) {
        count++
        continue
      }
      await flush()
      previous = line
      count = 1
    }
  }
  await flush()
}

export const seq: Command = async call => {
  const flags = options(
    { ...call, args: call.args.flatMap(arg => (/^-[\d.]/.test(arg) ? ['--', arg] : [arg])) },
    'ws:f:',
    { separator: 's' },
  )
  const given = call.args.filter(arg => /^-?[\d.]+$/.test(arg))
  const numbers = given.map(Number)
  if (!numbers.length || numbers.some(Number.isNaN))
    throw new Usage(
      call.flavour === 'gnu'
        ? `invalid floating point argument: '${call.args[0] ?? ''}'`
        : `invalid number '${call.args[0] ?? ''}'`,
    )
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : [numbers[0]!, numbers[1]!, numbers[2]!]
  const decimals = Math.max(...given.map(arg => arg.split('.')[1]?.length ?? 0))
  const width = flags.has('w') ? Math.max(first.toFixed(decimals).length, last.toFixed(decimals).length) : 0
  const separator = flags.value('s') ?? '\n'
  let buffer = ''
  let any = false
  for (let i = 0; ; i++) {
    const n = first + i * step
    if (step >= 0 ? n > last + 1e-9 : n < last - 1e-9) break
    buffer += (any ? separator : '') + n.toFixed(decimals).padStart(width, '0')
    any = true
    if (buffer.length > 4096) {
      await print(call, buffer)
      buffer = ''
    }
  }
  await print(call, buffer + (any ? '\n' : ''))
}

export const rev: Command = async call => {
  for await (const { stream } of inputs(call, call.args))
    for await (const line of lines(call.process, stream))
      await print(call, `${[...line.replace(/\n$/, '')].reverse().join('')}\n`)
}

export const tac: Command = async call =>
  print(call, ((await allText(call, call.args)).match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''))

export const nl: Command = async call => {
  const flags = options(call, 'b:w:s:n:')
  let n = 0
  for await (const { stream } of inputs(call, flags.rest)) {
    for await (const line of lines(call.process, stream)) {
      const blank = line === '\n' && flags.value('b') !== 'a'
      await print(
        call,
        blank
          ? `${' '.repeat(7)}\n`
          : `${String(++n).padStart(Number(flags.value('w') ?? 6))}${flags.value('s') ?? '\t'}${line}`,
      )
    }
  }
}

/** POSIX expressions to JavaScript's. */
export function regexp(pattern: string, kind: 'basic' | 'extended' | 'fixed', flags = ''): RegExp {
  if (kind === 'fixed') return new RegExp(pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), flags)
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '[') {
      let end = i + 1
      if (pattern[end] === '^') end++
      if (pattern[end] === ']') end++
      while (end < pattern.length && pattern[end] !== ']')
        end += pattern.startsWith('[:', end) ? pattern.indexOf(':]', end) + 2 - end : 1
      const inner = pattern
        .slice(i + 1, end)
        .replace(/\[:(\w+):\]/g, (_, name: string) => (SETS[name] ?? '').replace(/[[\]\\]/g, '\\$&'))
        .replace(/^(\^?)\]/, '$1\\]')
        .replace(/\\(?![\]\\[])/g, '\\\\')
        .replace(/(?<!\\)\[/g, '\\[')
      out += `[${inner}]`
      i = end
    } else if (c === '\\') {
      const next = pattern[++i] ?? ''
      if (kind === 'basic' && '(){}|+?'.includes(next)) out += next
      else if (next === '<' || next === '>') out += '\\b'
      else if (next === '`' || next === "'") out += next === '`' ? '^' : '$'
      else out += /[a-zA-Z0-9]/.test(next) ? `\\${next}` : `\\${next}`
    } else if (kind === 'basic' && '(){}|+?'.includes(c)) out += `\\${c}`
    else if (kind === 'basic' && c === '*' && (out === '' || out.endsWith('('))) out += '\\*'
    else if (kind === 'basic' && c === '^' && out !== '' && !out.endsWith('(') && !out.endsWith('|')) out += '\\^'
    else if (kind === 'basic' && c === '$' && i < pattern.length - 1 && !/^\\[)|]/.test(pattern.slice(i + 1)))
      out += '\\$'
    else if (kind === 'extended' && c === '{' && !/^\{\d*,?\d*\}/.test(pattern.slice(i))) out += '\\{'
    else out += c
  }
  return new RegExp(out, flags)
}

export const grep: Command = async call => {
  const flags = options(call, 'EFGPivnlLcqhHoewxrRsm:A:B:C:f:z'.replace('e', 'e:'), {
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'ignore-case': 'i',
    'invert-match': 'v',
    'line-number': 'n',
    'files-with-matches': 'l',
    count: 'c',
    quiet: 'q',
    silent: 'q',
    'only-matching': 'o',
    'word-regexp': 'w',
    'line-regexp': 'x',
    recursive: 'r',
    regexp: 'e',
    'max-count': 'm',
    'no-messages': 's',
    'line-buffered': 'z',
    color: 'z',
    'after-context': 'A',
    'before-context': 'B',
    context: 'C',
  })
  const rest = [...flags.rest]
  const patterns = [...flags.values('e')]
  for (const file of flags.values('f')) patterns.push(...call.process.fs.readFile(file).replace(/\n$/, '').split('\n'))
  if (!patterns.length) {
    const pattern = rest.shift()
    if (pattern === undefined) throw new Usage('missing pattern', 2)
    patterns.push(...pattern.split('\n'))
  }
  const kind =
    flags.has('F') || call.name === 'fgrep'
      ? 'fixed'
      : flags.has('E') || flags.has('P') || call.name === 'egrep'
        ? 'extended'
        : 'basic'
  let expressions: RegExp[]
  try {
    expressions = patterns.map(pattern => {
      const source = regexp(pattern, kind).source
      const bounded = flags.has('x') ? `^(?:${source})$` : flags.has('w') ? `(?<!\\w)(?:${source})(?!\\w)` : source
      return new RegExp(bounded, `g${flags.has('i') ? 'i' : ''}`)
    })
  } catch {
    return complain(call, call.flavour === 'gnu' ? 'Invalid regular expression' : `bad regex '${patterns[0]}'`, 2)
  }
  const recursive = flags.has('r') || flags.has('R')
  const files = recursive ? (rest.length ? rest : ['.']).flatMap(path => below(call, path)) : rest
  const named = (files.length > 1 || recursive || flags.has('H')) && !flags.has('h')
  const after = Number(flags.value('A') ?? flags.value('C') ?? 0)
  const before = Number(flags.value('B') ?? flags.value('C') ?? 0)
  const limit = Number(flags.value('m') ?? Number.POSITIVE_INFINITY)
  let found = false
  let failed = false
  for await (const { name, stream } of inputs({ ...call, process: call.process }, files, () => {
    failed = true
  })) {
    const label = name === 'standard input' ? '(standard input)' : name
    let count = 0
    let n = 0
    let trailing = 0
    let lastShown = 0
    const kept: string[] = []
    const show = async (line: string, number: number, mark: string): Promise<void> => {
      if ((after || before) && lastShown && number > lastShown + 1) await print(call, '--\n')
      lastShown = number
      await print(call, `${named ? label + mark : ''}${flags.has('n') ? number + mark : ''}${line}\n`)
    }
    for await (const raw of lines(call.process, stream)) {
      n++
      const line = raw.replace(/\n$/, '')
      const hit = expressions.some(e => {
        e.lastIndex = 0
        return e.test(line)
      })
      if (hit !== flags.has('v')) {
        count++
        found = true
        if (flags.has('q')) return 0
        if (flags.has('l')) break
        if (!flags.has('c') && !flags.has('L')) {
          if (flags.has('o')) {
            if (!flags.has('v'))
              for (const e of expressions) {
                // Where the look for a hit stopped would be where this one begins.
                e.lastIndex = 0
                for (const match of line.matchAll(e))
                  if (match[0])
                    await print(call, `${named ? `${label}:` : ''}${flags.has('n') ? `${n}:` : ''}${match[0]}\n`)
              }
          } else {
            for (const [i, old] of kept.entries()) await show(old, n - kept.length + i, '-')
            await show(line, n, ':')
            trailing = after
          }
        }
        kept.length = 0
        if (count >= limit) break
      } else if (trailing > 0) {
        trailing--
        await show(line, n, '-')
      } else if (before) {
        kept.push(line)
        if (kept.length > before) kept.shift()
      }
    }
    if (flags.has('c')) await print(call, `${named ? `${label}:` : ''}${count}\n`)
    if (flags.has('l') && count) await print(call, `${label}\n`)
    if (flags.has('L') && !count) await print(call, `${label}\n`)
  }
  return failed && !(found && flags.has('q')) ? 2 : found ? 0 : 1
}

/** All files below a path. */
function below(call: Call, path: string): string[] {
  try {
    if (call.process.fs.stat(path).type !== 'directory') return [path]
    return call.process.fs
      .readdir(path)
      .flatMap(name =>
        call.process.fs.lstat(`${path}/${name}`).type === 'symlink'
          ? []
          : below(call, `${path.replace(/\/$/, '')}/${name}`),
      )
  } catch {
    return [path]
  }
}

export const xargs: Command = async call => {
  const flags = options(call, '+n:I:0rtP:d:L:i', { null: '0', 'max-args': 'n', 'no-run-if-empty': 'r', replace: 'I' })
  const text = await readAll(call.process, call.process.fds[0]!)
  const replace = flags.value('I')
  const words = flags.has('0')
    ? text.split('\0').filter(Boolean)
    : replace || flags.has('L')
      ? text
          .split('\n')
          .map(l => l.trim())
          .filter(Boolean)
      : flags.value('d')
        ? text.replace(/\n$/, '').split(unescapeText(flags.value('d')!, false).text)
        : (text.match(/"[^"]*"|'[^']*'|(?:\\.|\S)+/g) ?? []).map(w => w.replace(/^(["'])(.*)\1$/s, '$2'))
  const command = flags.rest.length ? flags.rest : ['echo']
  const runs: string[][] = []
  if (replace) for (const word of words) runs.push(command.map(part => part.replaceAll(replace, word)))
  else {
    const per = Number(flags.value('n') ?? flags.value('L') ?? Number.POSITIVE_INFINITY)
    for (let i = 0; i < words.length; i += per) {
      runs.push([...command, ...words.slice(i, i + per)])
      if (per === Number.POSITIVE_INFINITY) break
    }
    if (!words.length && !flags.has('r')) runs.push([...command])
  }
  let code = 0
  for (const argv of runs) {
    if (flags.has('t')) await call.process.write(2, `${argv.join(' ')}\n`)
    try {
      const child = call.process.spawn({ argv, fds: { 0: call.process.fs.open('/dev/null', 'r') } })
      const { status } = await call.process.wait(child.pid)
      if (status.code === 255) return 124
      if (status.code) code = 123
    } catch (error) {
      if (!isErrno(error)) throw error
      return complain(call, `${argv[0]}: ${error.message}`, error.code === 'ENOENT' ? 127 : 126)
    }
  }
  return code
}
