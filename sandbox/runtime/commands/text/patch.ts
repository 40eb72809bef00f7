/** `patch` of busybox: changes in the unified form, each put where its lines are found. */
import { isErrno } from '../../errno.ts'
import { dirname } from '../../files/path.ts'
import { type Call, type Command, type Options, options, print, Refusal } from '../command.ts'
import { readAll } from './reading.ts'

interface Hunk {
  /** As `@@ -oldLine,oldCount +newLine,newCount @@` says. */
  old: { line: number; count: number }
  new: { line: number; count: number }
  lines: string[]
}

export const patch: Command = async call => {
  const flags = options(call, 'Rup:i:NEfg:', {
    reverse: 'R',
    unified: 'u',
    strip: 'p',
    input: 'i',
    forward: 'N',
    'remove-empty-files': 'E',
    force: 'f',
    get: 'g',
    'dry-run': 'dry-run',
    'backup-if-mismatch': 'f',
    'no-backup-if-mismatch': 'f',
  })
  const strip = flags.value('p')
  if (strip !== undefined && !/^-?\d+$/.test(strip)) throw new Refusal(`invalid number '${strip}'`)
  const input = flags.value('i') ?? flags.rest[1]
  return new Patching(call, flags, strip === undefined ? undefined : Number(strip)).run(await textOf(call, input))
}

async function textOf({ process }: Call, file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') return readAll(process, process.fds[0]!)
  try {
    return process.fs.readFile(file)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refusal(`can't open '${file}': ${error.message}`)
  }
}

/** A file under way. */
interface Target {
  name: string
  /** What is done of it. */
  made: string
  /** All that it had, with the ends of lines. */
  given: readonly string[]
  /** Lines read of them. */
  line: number
  hunks: number
  creating: boolean
  mode: number | undefined
}

class Patching {
  readonly #call: Call
  readonly #flags: Options
  readonly #strip: number | undefined
  readonly #names: Record<'-' | '+', string | undefined> = { '-': undefined, '+': undefined }
  #target: Target | undefined
  #code = 0

  constructor(call: Call, flags: Options, strip: number | undefined) {
    this.#call = call
    this.#flags = flags
    this.#strip = strip
  }

  async run(text: string): Promise<number> {
    const lines = text.replace(/\n$/, '').split('\n')
    let ready = false
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!
      const sign = line.startsWith('--- ') ? '-' : line.startsWith('+++ ') ? '+' : undefined
      if (sign) {
        this.#finish()
        ready = sign === '+'
        this.#names[sign] = nameIn(line)
      } else if (ready && line.startsWith('@@ -')) {
        const { hunk, end, broken } = hunkAt(lines, at)
        at = end - 1
        ready = await this.#apply(hunk, broken)
      }
    }
    this.#finish()
    return this.#code
  }

  get #reverse(): boolean {
    return this.#flags.has('R')
  }

  /** @returns whether the next hunk belongs to the same file */
  async #apply(hunk: Hunk, broken: boolean): Promise<boolean> {
    if (!this.#target && !(await this.#open(hunk))) return false
    const target = this.#target!
    target.hunks++
    if (!broken && (await this.#place(hunk, target))) return true
    const { process } = this.#call
    await process.write(2, `Hunk ${target.hunks} FAILED ${hunk.old.line}/${hunk.new.line}.\n`)
    await process.write(2, hunk.lines.map(line => `${line}\n`).join(''))
    this.#code = 1
    this.#target = undefined
    return false
  }

  /** @returns whether there is a file whose lines are to be changed */
  async #open(hunk: Hunk): Promise<boolean> {
    const { process } = this.#call
    const { fs } = process
    const [minus, plus] = [this.#names['-'] ?? 'MISSING_FILENAME', this.#names['+'] ?? 'MISSING_FILENAME']
    const sum = ({ line, count }: Hunk['old']): number => line + count
    const empties = plus === '/dev/null' || !sum(this.#reverse ? hunk.old : hunk.new)
    const name = this.#flags.rest[0] ?? stripped(empties ? minus : plus, this.#strip)
    const dry = this.#flags.has('dry-run')
    const creating = (this.#reverse ? plus : minus) === '/dev/null' || !sum(hunk.old)
    const changing = creating ? 'creating' : 'patching file'
    const verb = !empties ? changing : this.#flags.has('E') ? 'removing' : 'patching file'
    await print(this.#call, `${verb} ${name}\n`)
    try {
      if (empties) {
        if (!dry && this.#flags.has('E')) fs.unlink(name)
        else if (!dry) fs.writeFile(name, fs.readFile(name) && '')
        return false
      }
      if (creating && !dry && fs.exists(name)) throw new Refusal(`can't open '${name}': File exists`)
      const text = creating ? '' : fs.readFile(name)
      const mode = creating ? undefined : fs.stat(name).mode
      const given = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
      this.#target = { name, made: '', given, line: 0, hunks: 0, creating, mode }
      return true
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Refusal(`can't open '${name}': ${error.message}`)
    }
  }

  /**
   * Reads on until the lines of a hunk are found, and changes them. Lines that the hunk would add, where they are there
   * already, are a sign that it has been applied: with `-N` it is then taken the other way round, and changes nothing.
   */
  async #place(hunk: Hunk, target: Target): Promise<boolean> {
    const { process } = this.#call
    const { lines } = hunk
    let reverse = this.#reverse
    let already = 0
    const isAdded = (i: number): boolean => lines[i]?.[0] === (reverse ? '-' : '+')
    let wanted = 0
    const skipAdded = (line: string | undefined, repeats: boolean): void => {
      while (isAdded(wanted)) {
        if (line !== undefined && line === lines[wanted]!.slice(1) && !already) {
          already = target.line
          if (this.#flags.has('N')) {
            reverse = !reverse
            if (repeats) continue
          }
        }
        wanted++
      }
    }
    const mustEnd = endsFile(lines)
    const held: string[] = []
    const applied = (): true => {
      const gone = this.#reverse ? '+' : '-'
      for (const line of lines) if (line[0] !== gone) target.made += `${line.slice(1)}\n`
      return true
    }
    if (!(this.#reverse ? hunk.old : hunk.new).count) return applied()
    for (;;) {
      const pause = process.tick(0.001)
      if (pause) await pause
      const line = target.given[target.line]?.replace(/\n$/, '')
      target.line++
      skipAdded(line, true)
      if (line === undefined) {
        if (wanted === lines.length && mustEnd) return applied()
        if (already) await process.write(2, `Possibly reversed hunk ${target.hunks} at ${target.line}\n`)
        return false
      }
      held.push(line)
      for (let at = held.length - 1; at < held.length; ) {
        skipAdded(held[at], false)
        if (held[at] === lines[wanted]?.slice(1)) {
          wanted++
          at++
          if (wanted === lines.length && !mustEnd) return applied()
        } else {
          target.made += `${held.shift()}\n`
          wanted = 0
          at = 0
        }
      }
    }
  }

  #finish(): void {
    const target = this.#target
    this.#target = undefined
    if (!target || this.#flags.has('dry-run')) return
    const { fs } = this.#call.process
    if (target.creating && target.name.includes('/')) fs.mkdir(dirname(target.name), { recursive: true })
    fs.writeFile(
      target.name,
      target.made + target.given.slice(target.line).join(''),
      target.mode === undefined ? {} : { mode: target.mode },
    )
  }
}

/** Fewer lines behind the changes than before them mean that the file ends there. */
function endsFile(lines: readonly string[]): boolean {
  const before = lines.findIndex(line => line[0] !== ' ')
  const after = lines.length - 1 - lines.findLastIndex(line => line[0] !== ' ')
  return !after || after < before
}

/** A file's name without the date behind it; of a file that was never there /dev/null. */
function nameIn(line: string): string {
  const [name = '', date = ''] = line.slice(4).split('\t')
  const year = Number.parseInt(date, 10)
  return year > 1900 && year <= 1970 ? '/dev/null' : name
}

/** @param count directories to leave away; absent: all */
function stripped(name: string, count: number | undefined): string {
  const parts = name.split(/\/+/)
  const all = parts.length - 1
  return parts.slice(count === undefined ? all : Math.min(count, all)).join('/')
}

/** @returns the hunk, where it ends, and whether it is cut short */
function hunkAt(lines: readonly string[], start: number): { hunk: Hunk; end: number; broken: boolean } {
  const [, oldLine = '0', oldCount = '1', newLine = '0', newCount = '1'] =
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))?/.exec(lines[start]!) ?? []
  const hunk: Hunk = {
    old: { line: Number(oldLine), count: Number(oldCount) },
    new: { line: Number(newLine), count: Number(newCount) },
    lines: [],
  }
  let [old, next] = [hunk.old.count, hunk.new.count]
  if (old < 1 && next < 1) throw new Refusal(`Really? ${lines[start]}`)
  let at = start + 1
  for (; (old > 0 || next > 0) && at < lines.length; at++) {
    const line = lines[at] || ' '
    if (!' +-'.includes(line[0]!)) return { hunk, end: at + 1, broken: true }
    if (line[0] !== '+') old--
    if (line[0] !== '-') next--
    hunk.lines.push(line)
  }
  return { hunk, end: at, broken: old > 0 || next > 0 }
}
