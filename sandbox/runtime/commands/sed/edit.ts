/** Runs a script of sed, line by line, so that it can stand in an endless pipe. */
import type { Process } from '../../processes/process.ts'
import type { Address, Instruction } from './instruction.ts'
import { substitute } from './substitute.ts'

const labelled = (list: readonly Instruction[], label: string): number =>
  list.findIndex(x => x.command === ':' && x.label === label)

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}

/** What `l` shows: nothing that cannot be seen, in lines of a length (0 and 1 mean any). */
function visible(text: string, width: number): string {
  let out = ''
  let column = 0
  for (const c of text) {
    const shown =
      NAMED[c] ??
      (/[\x20-\x7e]/.test(c)
        ? c
        : [...new TextEncoder().encode(c)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join(''))
    if (width > 1 && column + shown.length > width - 1) {
      out += '\\\n'
      column = 0
    }
    out += shown
    column += shown.length
  }
  return out
}

/**
 * @param options.fileName the file that is read, for `F`
 * @returns the exit code that the script asks for
 */
export async function edit(
  process: Process,
  program: Instruction[],
  source: AsyncGenerator<string>,
  silent: boolean,
  emit: (text: string) => Promise<void>,
  options: { busybox: boolean; fileName: () => string },
): Promise<number> {
  /** Whether the last line has been written without its end, as it was read: what follows begins with that. */
  let open = false
  const write = async (text: string): Promise<void> => {
    if (!text) return
    await emit(open ? `\n${text}` : text)
    open = false
  }
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
    if (i.from.kind === 'line' && i.from.n === 0 && !i.begun && !options.busybox) i.active = i.begun = true
    if (i.active) {
      if (i.to.kind === 'line' || i.to.kind === 'plus' || i.to.kind === 'multiple') {
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
    if (i.to.kind === 'multiple') i.until = i.to.n ? Math.ceil(n / i.to.n) * i.to.n : n
    if (i.to.kind === 'multiple') i.active = i.until! > n
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
          const result = substitute(pattern, i, options.busybox)
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
          if (process.fs.exists(i.file!)) {
            const text = process.fs.readFile(i.file!)
            after.push(options.busybox && text && !text.endsWith('\n') ? `${text}\n` : text)
          }
          break
        case 'w':
          append(i.file!, `${pattern}\n`)
          break
        case '=':
          await write(`${n}\n`)
          break
        case 'l':
          if (!options.busybox) await write(`${visible(pattern, Number(i.text || 70))}$\n`)
          break
        case 'F':
          await write(`${options.fileName()}\n`)
          break
        case 'z':
          pattern = ''
          break
        case 'W':
          append(i.file!, `${pattern.split('\n')[0]}\n`)
          break
        case 'T':
          if (substituted) {
            substituted = false
            break
          }
          if (!i.label) return 'next'
          k = labelled(list, i.label)
          if (k < 0) return { branch: i.label }
          break
        case 'h':
          hold = pattern
          break
        case 'H':
          hold += `\n${pattern}`
          break
        case 'g':
          pattern = hold
          newline = '\n'
          break
        case 'G':
          pattern += `\n${hold}`
          newline = '\n'
          break
        case 'x':
          ;[pattern, hold] = [hold, pattern]
          newline = '\n'
          break
        case 'n':
        case 'N': {
          if (i.command === 'n' && !silent) await write(pattern + newline)
          if (i.command === 'n' && !silent) open = newline === ''
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
    if (outcome !== 'delete' && !silent && !quit?.silent) {
      await write(pattern + newline)
      open = newline === ''
    }
    for (const text of after.splice(0)) await write(text)
    if (quit) return quit.quit
  }
}
