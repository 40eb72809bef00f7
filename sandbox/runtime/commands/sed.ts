/** `sed`: line by line, so that it can stand in an endless pipe. */
import type { Process } from '../process.ts'
import { type Command, type Flavour, options, print, Refusal, Usage } from './command.ts'
import { inputs, lines } from './reading.ts'
import { regexp } from './regexp.ts'

type Address =
  | { kind: 'line'; n: number }
  | { kind: 'last' }
  | { kind: 'match'; regexp: RegExp }
  | { kind: 'step'; first: number; step: number }
  | { kind: 'plus'; n: number }

interface Instruction {
  from?: Address
  to?: Address
  negated: boolean
  command: string
  regexp?: RegExp
  replacement?: string
  flags?: string
  file?: string
  text?: string
  label?: string
  block?: Instruction[]
  /** Inside its range; the line that ends it, if known. */
  active?: boolean
  until?: number
}

class Parser {
  #at = 0
  readonly #text: string
  readonly #flavour: Flavour
  readonly #kind: 'basic' | 'extended'
  #last: RegExp | undefined

  constructor(text: string, extended: boolean, flavour: Flavour) {
    this.#text = text
    this.#flavour = flavour
    this.#kind = extended ? 'extended' : 'basic'
  }

  /** What is wrong, in the words of both. */
  #wrong(gnu: string, busybox: string): Refusal {
    return new Refusal(this.#flavour === 'gnu' ? `-e expression #1, char ${this.#at}: ${gnu}` : busybox)
  }

  parse(nested = false): Instruction[] {
    const out: Instruction[] = []
    for (;;) {
      this.#skip(/[\s;]/)
      if (this.#at >= this.#text.length) {
        if (nested) throw new Usage("unmatched `{'")
        return out
      }
      if (this.#text[this.#at] === '}') {
        this.#at++
        if (!nested) throw new Usage("unexpected `}'")
        return out
      }
      if (this.#text[this.#at] === '#') {
        this.#until('\n')
        continue
      }
      out.push(this.#instruction())
    }
  }

  #skip(what: RegExp): void {
    while (this.#at < this.#text.length && what.test(this.#text[this.#at]!)) this.#at++
  }

  #until(end: string): string {
    const at = this.#text.indexOf(end, this.#at)
    const stop = at < 0 ? this.#text.length : at
    const text = this.#text.slice(this.#at, stop)
    this.#at = stop
    return text
  }

  #delimited(delimiter: string, isPattern: boolean): string {
    let out = ''
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text[this.#at]!
      if (c === '\\') {
        const next = this.#text[++this.#at] ?? ''
        out +=
          next === delimiter && !/[()|{}+?.*^$[\]&\d]/.test(next)
            ? next
            : next === delimiter && isPattern
              ? next
              : `\\${next}`
      } else if (isPattern && c === '[') {
        const end = this.#text.indexOf(']', this.#at + 2)
        if (end < 0) {
          out += c
          continue
        }
        out += this.#text.slice(this.#at, end + 1)
        this.#at = end
      } else if (c === delimiter) {
        this.#at++
        return out
      } else out += c
    }
    throw this.#wrong("unterminated `s' command", "unmatched '/'".replace('/', delimiter))
  }

  #regexp(source: string, flags = ''): RegExp {
    if (!source) return this.#last ?? /(?:)/
    this.#last = regexp(source.replaceAll('\\n', '\n'), this.#kind, flags)
    return this.#last
  }

  #address(): Address | undefined {
    const rest = this.#text.slice(this.#at)
    const step = /^(\d+)~(\d+)/.exec(rest)
    const number = /^\+?\d+/.exec(rest)
    if (step) {
      this.#at += step[0].length
      return { kind: 'step', first: Number(step[1]), step: Number(step[2]) }
    }
    if (number) {
      this.#at += number[0].length
      return rest[0] === '+' ? { kind: 'plus', n: Number(number[0]) } : { kind: 'line', n: Number(number[0]) }
    }
    if (rest[0] === '$') {
      this.#at++
      return { kind: 'last' }
    }
    if (rest[0] === '/' || rest[0] === '\\') {
      const delimiter = rest[0] === '/' ? '/' : rest[1]!
      this.#at += rest[0] === '/' ? 1 : 2
      const source = this.#delimited(delimiter, true)
      const insensitive = this.#text[this.#at] === 'I'
      if (insensitive) this.#at++
      return { kind: 'match', regexp: this.#regexp(source, insensitive ? 'i' : '') }
    }
    return undefined
  }

  #instruction(): Instruction {
    const out: Instruction = { negated: false, command: '' }
    const from = this.#address()
    if (from) out.from = from
    this.#skip(/ /)
    if (from && this.#text[this.#at] === ',') {
      this.#at++
      this.#skip(/ /)
      const to = this.#address()
      if (!to) throw new Usage("unexpected `,'")
      out.to = to
    }
    this.#skip(/ /)
    while (this.#text[this.#at] === '!') {
      out.negated = true
      this.#at++
      this.#skip(/ /)
    }
    const command = this.#text[this.#at++] ?? ''
    out.command = command
    switch (command) {
      case '{':
        out.block = this.parse(true)
        break
      case 's': {
        const delimiter = this.#text[this.#at++]!
        const source = this.#delimited(delimiter, true)
        out.replacement = this.#delimited(delimiter, false)
        const flags = /^[gpiIme\d]*/.exec(this.#text.slice(this.#at))![0]
        this.#at += flags.length
        out.flags = flags
        if (this.#text[this.#at] === 'w') {
          this.#at++
          out.file = this.#until('\n').trim()
        }
        out.regexp = this.#regexp(source, /i/i.test(flags) ? 'i' : '')
        break
      }
      case 'y': {
        const delimiter = this.#text[this.#at++]!
        out.text = this.#delimited(delimiter, false)
        out.replacement = this.#delimited(delimiter, false)
        break
      }
      case 'a':
      case 'i':
      case 'c': {
        this.#skip(/[ \t]/)
        if (this.#text[this.#at] === '\\') {
          this.#at++
          this.#skip(/[ \t]/)
          if (this.#text[this.#at] === '\n') this.#at++
        }
        let text = this.#until('\n')
        while (text.endsWith('\\')) {
          this.#at++
          text = `${text.slice(0, -1)}\n${this.#until('\n')}`
        }
        out.text = text
        break
      }
      case 'b':
      case 't':
      case ':':
        out.label = /^[^;\n}]*/.exec(this.#text.slice(this.#at))![0].trim()
        this.#at += /^[^;\n}]*/.exec(this.#text.slice(this.#at))![0].length
        break
      case 'r':
      case 'w':
        out.file = this.#until('\n').trim()
        break
      case 'q':
      case 'Q': {
        const code = /^\s*(\d*)/.exec(this.#text.slice(this.#at))!
        out.text = code[1]!
        this.#at += code[0].length
        break
      }
      default:
        if (!'pdDnNgGhHxPl='.includes(command) || !command)
          throw this.#wrong(`unknown command: \`${command}'`, `unsupported command ${command}`)
    }
    return out
  }
}

function substitute(text: string, instruction: Instruction): string | undefined {
  const { regexp: pattern, replacement = '', flags = '' } = instruction
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1)
  const all = flags.includes('g')
  let count = 0
  let hit = false
  const out = text.replace(new RegExp(pattern!.source, `g${pattern!.flags.replace('g', '')}`), (...match) => {
    count++
    if (count < nth || (!all && count > nth)) return match[0] as string
    hit = true
    let change = ''
    return replacement.replace(/\\([\s\S])|&|[^\\&]+/g, (piece, c: string | undefined) => {
      let added = piece
      if (piece === '&') added = match[0] as string
      else if (c !== undefined) {
        if (/[LUE]/.test(c)) {
          change = c
          return ''
        }
        added = /\d/.test(c)
          ? c === '0'
            ? (match[0] as string)
            : ((match[Number(c)] as string | undefined) ?? '')
          : c === 'n'
            ? '\n'
            : c === 't'
              ? '\t'
              : c
      }
      return change === 'U' ? added.toUpperCase() : change === 'L' ? added.toLowerCase() : added
    })
  })
  return hit ? out : undefined
}

export const sed: Command = async call => {
  const flags = options(call, 'nEre:f:i', {
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    expression: 'e',
    file: 'f',
    'in-place': 'i',
  })
  const rest = [...flags.rest]
  const scripts = [...flags.values('e'), ...flags.values('f').map(file => call.process.fs.readFile(file))]
  if (!scripts.length) {
    const script = rest.shift()
    if (script === undefined) throw new Usage('no script given')
    scripts.push(script)
  }
  const program = new Parser(scripts.join('\n'), flags.has('E') || flags.has('r'), call.flavour).parse()
  if (!flags.has('i')) {
    let code = 0
    const source = async function* (): AsyncGenerator<string> {
      for await (const { stream } of inputs(call, rest, () => {
        code = 1
      }))
        yield* lines(call.process, stream)
    }
    const quit = await edit(call.process, program, source(), flags.has('n'), text => print(call, text))
    return quit || code
  }
  for (const file of rest) {
    let out = ''
    const stream = call.process.fs.open(file, 'r')
    await edit(call.process, program, lines(call.process, stream), flags.has('n'), async text => {
      out += text
    })
    call.process.fs.writeFile(file, out)
  }
  return 0
}

const labelled = (list: readonly Instruction[], label: string): number =>
  list.findIndex(x => x.command === ':' && x.label === label)

async function edit(
  process: Process,
  program: Instruction[],
  source: AsyncGenerator<string>,
  silent: boolean,
  write: (text: string) => Promise<void>,
): Promise<number> {
  let n = 0
  let hold = ''
  let pattern = ''
  let newline = '\n'
  let ahead = await source.next()
  const take = async (): Promise<string | undefined> => {
    if (ahead.done) return undefined
    const raw = ahead.value
    n++
    newline = raw.endsWith('\n') ? '\n' : ''
    // Looking ahead is only needed where "the last line" is asked for; an endless pipe must not wait for it.
    if (needsLast) ahead = await source.next()
    else pendingNext = true
    return raw.replace(/\n$/, '')
  }
  const needsLast = JSON.stringify(program, (key, value) =>
    key === 'kind' && value === 'last' ? '$LAST' : value,
  ).includes('$LAST')
  let pendingNext = false
  const hits = (address: Address): boolean => {
    switch (address.kind) {
      case 'line':
        return n === address.n
      case 'last':
        return ahead.done === true
      case 'step':
        return address.step ? n >= address.first && (n - address.first) % address.step === 0 : n === address.first
      case 'match':
        return new RegExp(address.regexp.source, address.regexp.flags.replace('g', '')).test(pattern)
      default:
        return false
    }
  }
  const selected = (i: Instruction): boolean => {
    if (!i.from) return true
    if (!i.to) return hits(i.from)
    if (i.active) {
      if (i.to.kind === 'line' || i.to.kind === 'plus') {
        const until = i.to.kind === 'line' ? i.to.n : i.until!
        if (n >= until) i.active = false
        return n <= until
      }
      if (hits(i.to)) i.active = false
      return true
    }
    if (!hits(i.from)) return false
    i.active = !(i.to.kind === 'line' && i.to.n <= n)
    if (i.to.kind === 'plus') i.until = n + i.to.n
    return true
  }
  const after: string[] = []
  const files = new Map<string, string>()
  const append = (file: string, text: string): void => {
    files.set(file, (files.get(file) ?? '') + text)
    process.fs.writeFile(file, files.get(file)!)
  }
  type Outcome = 'next' | 'delete' | 'restart' | { quit: number; silent: boolean } | { branch: string }
  let substituted = false
  const run = async (list: readonly Instruction[]): Promise<Outcome> => {
    for (let k = 0; k < list.length; k++) {
      const i = list[k]!
      if (selected(i) === i.negated) continue
      switch (i.command) {
        case '{': {
          const outcome = await run(i.block!)
          if (outcome !== 'next') {
            if (typeof outcome === 'object' && 'branch' in outcome) {
              const target = list.findIndex(x => x.command === ':' && x.label === outcome.branch)
              if (target >= 0) {
                k = target
                continue
              }
            }
            return outcome
          }
          break
        }
        case 's': {
          const result = substitute(pattern, i)
          if (result === undefined) break
          pattern = result
          substituted = true
          if (i.flags!.includes('p')) await write(`${pattern}\n`)
          if (i.file) append(i.file, `${pattern}\n`)
          break
        }
        case 'y':
          pattern = [...pattern]
            .map(c => {
              const at = [...i.text!].indexOf(c)
              return at < 0 ? c : ([...i.replacement!][at] ?? c)
            })
            .join('')
          break
        case 'p':
          await write(`${pattern}\n`)
          break
        case 'P':
          await write(`${pattern.split('\n')[0]}\n`)
          break
        case 'd':
          return 'delete'
        case 'D': {
          const at = pattern.indexOf('\n')
          if (at < 0) return 'delete'
          pattern = pattern.slice(at + 1)
          return 'restart'
        }
        case 'a':
          after.push(`${i.text}\n`)
          break
        case 'i':
          await write(`${i.text}\n`)
          break
        case 'c':
          if (!i.to || !i.active) await write(`${i.text}\n`)
          return 'delete'
        case 'r':
          if (process.fs.exists(i.file!)) after.push(process.fs.readFile(i.file!))
          break
        case 'w':
          append(i.file!, `${pattern}\n`)
          break
        case '=':
          await write(`${n}\n`)
          break
        case 'l':
          await write(`${pattern.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')}$\n`)
          break
        case 'h':
          hold = pattern
          break
        case 'H':
          hold += `\n${pattern}`
          break
        case 'g':
          pattern = hold
          break
        case 'G':
          pattern += `\n${hold}`
          break
        case 'x':
          ;[pattern, hold] = [hold, pattern]
          break
        case 'n':
        case 'N': {
          if (i.command === 'n' && !silent) await write(pattern + newline)
          if (pendingNext) {
            pendingNext = false
            ahead = await source.next()
          }
          const next = await take()
          if (next === undefined) return i.command === 'N' ? { quit: 0, silent: false } : { quit: 0, silent: true }
          pattern = i.command === 'N' ? `${pattern}\n${next}` : next
          break
        }
        case 'q':
          return { quit: Number(i.text || 0), silent: false }
        case 'Q':
          return { quit: Number(i.text || 0), silent: true }
        case 't':
          if (!substituted) break
          substituted = false
          if (!i.label) return 'next'
          k = labelled(list, i.label)
          if (k < 0) return { branch: i.label }
          break
        case 'b':
          if (!i.label) return 'next'
          k = labelled(list, i.label)
          if (k < 0) return { branch: i.label }
          break
      }
    }
    return 'next'
  }
  for (;;) {
    if (pendingNext) {
      pendingNext = false
      ahead = await source.next()
    }
    const line = await take()
    if (line === undefined) return 0
    pattern = line
    substituted = false
    let outcome = await run(program)
    while (outcome === 'restart') outcome = await run(program)
    const quit = typeof outcome === 'object' && 'quit' in outcome ? outcome : undefined
    if (outcome !== 'delete' && !silent && !quit?.silent) await write(pattern + newline)
    for (const text of after.splice(0)) await write(text)
    if (quit) return quit.quit
  }
}
