/** `grep`, `egrep` and `fgrep`. */
import { isErrno } from '../../errno.ts'
import { matches } from '../../shell/expansion/pattern.ts'
import { type Call, type Command, complain, Missing, type Options, options, print, Refusal } from '../command.ts'
import { isDirectory } from '../files/operands.ts'
import { type Input, inputs, lines } from './reading.ts'
import { BadRegexp, regexp } from './regexp.ts'

const LETTERS = { gnu: 'EFGPivnlLcqhHoe:wxrRsm:A:B:C:f:zabyTUZID:', busybox: 'EFivnlLcqhHoe:wxrRsm:A:B:C:f:' } as const
/** busybox looks at none of them, and takes this one for the sake of aliases. */
const WORDS_OF_BUSYBOX: Readonly<Record<string, string>> = { color: 'color::', colour: 'color::' }

const WORDS: Readonly<Record<string, string>> = {
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
  'line-buffered': 'U',
  color: 'color::',
  colour: 'color::',
  include: 'include:',
  exclude: 'exclude:',
  'exclude-dir': 'exclude:',
  'with-filename': 'H',
  'no-filename': 'h',
  'files-without-match': 'L',
  'dereference-recursive': 'R',
  file: 'f',
  'byte-offset': 'b',
  text: 'a',
  'perl-regexp': 'P',
  'basic-regexp': 'G',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
}

export const grep: Command = async call => {
  const flags = options(call, LETTERS[call.flavour], call.flavour === 'gnu' ? WORDS : WORDS_OF_BUSYBOX)
  const rest = [...flags.rest]
  const patterns = givenPatterns(call, flags)
  refuseNumbers(call, flags)
  if (!patterns.length) {
    const pattern = rest.shift()
    if (pattern === undefined) throw new Missing('missing pattern', 2)
    patterns.push(...pattern.split('\n'))
  }
  const search: Search = {
    flags,
    expressions: await expressionsOf(call, flags, patterns),
    named: false,
    after: Number(flags.value('A') ?? flags.value('C') ?? 0),
    before: Number(flags.value('B') ?? flags.value('C') ?? 0),
    limit: Number(flags.value('m') ?? Number.POSITIVE_INFINITY),
  }
  const files = filesOf(call, flags, rest)
  // One file alone needs no name, even where directories were to be looked into.
  const several = files.length > 1 || rest.length > 1 || (isRecursive(flags) && files[0] !== rest[0])
  search.named = (several || flags.has('H')) && !flags.has('h')
  let found = false
  let failed = false
  const failing = (): void => {
    failed = true
  }
  const asDirectory = async (name: string): Promise<void> => {
    if (flags.has('c')) await print(call, `${search.named ? `${name}:` : ''}0\n`)
    if (flags.has('L')) await print(call, `${name}\n`)
    if (flags.has('L')) found = true
  }
  for await (const input of inputs(call, files, failing, flags.has('s'), asDirectory)) {
    found = (await searchIn(call, search, input)) || found
    if (found && flags.has('q')) return 0
  }
  return failed ? 2 : found ? 0 : 1
}

/** Patterns that options give, each line of files with them as well. */
function givenPatterns(call: Call, flags: Options): string[] {
  const patterns = [...flags.values('e')]
  for (const file of flags.values('f')) {
    try {
      patterns.push(...call.process.fs.readFile(file).replace(/\n$/, '').split('\n'))
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Refusal(`${file}: ${error.message}`, 2)
    }
  }
  return patterns
}

function refuseNumbers({ flavour }: Call, flags: Options): void {
  for (const letter of ['A', 'B', 'C', 'm']) {
    const number = flags.value(letter)
    if (number === undefined || /^-?\d+$/.test(number)) continue
    if (flavour !== 'gnu') throw new Refusal(`invalid number '${number}'`)
    throw new Refusal(letter === 'm' ? 'invalid max count' : `${number}: invalid context length argument`, 2)
  }
}

async function expressionsOf(call: Call, flags: Options, patterns: readonly string[]): Promise<RegExp[]> {
  const gnu = call.flavour === 'gnu'
  const kind =
    flags.has('F') || call.name === 'fgrep'
      ? 'fixed'
      : flags.has('E') || flags.has('P') || call.name === 'egrep'
        ? 'extended'
        : 'basic'
  if (gnu && patterns.some(pattern => /^\[:\w+:\]$/.test(pattern)))
    throw new Refusal('character class syntax is [[:space:]], not [:space:]', 2)
  if (gnu && kind === 'extended' && !flags.has('P') && patterns.some(pattern => pattern.startsWith('*')))
    await complain(call, 'warning: * at start of expression')
  const insensitive = flags.has('i') || flags.has('y')
  try {
    return patterns.map(pattern => {
      const source = regexp(pattern, kind).source
      const bounded = flags.has('x') ? `^(?:${source})$` : flags.has('w') ? `(?<!\\w)(?:${source})(?!\\w)` : source
      return new RegExp(bounded, `g${insensitive ? 'i' : ''}`)
    })
  } catch (error) {
    if (!(error instanceof BadRegexp)) throw error
    const why = flags.has('P') && /Unmatched \(/.test(error.message) ? 'missing closing parenthesis' : error.message
    throw new Refusal(gnu ? why : `bad regex '${patterns[0]}': ${why}`, 2)
  }
}

const isRecursive = (flags: Options): boolean => flags.has('r') || flags.has('R')

/** The files that are looked into: the operands, or all below them as far as they are wanted. */
function filesOf(call: Call, flags: Options, operands: readonly string[]): readonly string[] {
  if (!isRecursive(flags)) return operands
  const wanted = (path: string): boolean => {
    const name = path.split('/').pop()!
    const parts = path.split('/')
    if (flags.values('exclude').some(pattern => parts.some(part => matches(pattern, part)))) return false
    return !flags.has('include') || flags.values('include').some(pattern => matches(pattern, name))
  }
  return (operands.length ? operands : [call.flavour === 'gnu' ? '' : '.'])
    .flatMap(path => below(call, path, flags.has('R')))
    .filter(wanted)
}

interface Search {
  flags: Options
  expressions: readonly RegExp[]
  /** Whether each line tells the file that it is of. */
  named: boolean
  /** Lines of context. */
  after: number
  before: number
  limit: number
}

/** @returns whether anything was found */
async function searchIn(
  call: Call,
  { flags, expressions, named, after, before, limit }: Search,
  { name, stream }: Input,
): Promise<boolean> {
  const end = flags.has('z') ? '\0' : '\n'
  const label = name === 'standard input' ? '(standard input)' : name
  const coloured = flags.value('color') === 'always' && call.flavour === 'gnu'
  let count = 0
  let n = 0
  let trailing = 0
  let lastShown = 0
  const kept: string[] = []
  const show = async (line: string, number: number, mark: string): Promise<void> => {
    if ((after || before) && lastShown && number > lastShown + 1) await print(call, '--\n')
    lastShown = number
    const shown = coloured && mark === ':' ? expressions.reduce((text, e) => text.replace(e, RED), line) : line
    const at = flags.has('b') ? `${offset}${mark}` : ''
    await print(call, `${named ? label + mark : ''}${flags.has('n') ? number + mark : ''}${at}${shown}${end}`)
  }
  const showMatches = async (line: string): Promise<void> => {
    for (const e of expressions) {
      // Where the look for a hit stopped would be where this one begins.
      e.lastIndex = 0
      for (const match of line.matchAll(e))
        if (match[0]) await print(call, `${named ? `${label}:` : ''}${flags.has('n') ? `${n}:` : ''}${match[0]}${end}`)
    }
  }
  let offset = 0
  let next = 0
  for await (const raw of lines(call.process, stream, end)) {
    n++
    offset = next
    next += raw.length
    const line = raw.endsWith(end) ? raw.slice(0, -1) : raw
    const hit = expressions.some(e => {
      e.lastIndex = 0
      return e.test(line)
    })
    if (hit !== flags.has('v')) {
      count++
      if (flags.has('q')) return true
      if (flags.has('l')) break
      if (!flags.has('c') && !flags.has('L')) {
        if (!flags.has('o')) {
          for (const [i, old] of kept.entries()) await show(old, n - kept.length + i, '-')
          await show(line, n, ':')
          trailing = after
        } else if (!flags.has('v')) await showMatches(line)
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
  return flags.has('L') && call.flavour === 'busybox' ? !count : count > 0
}

/** What is found, as GNU paints it. */
const RED = '\x1b[01;31m\x1b[K$&\x1b[m\x1b[K'

/** All files below a path. Links are followed when that is asked for; without, GNU passes them by and busybox reads files. */
function below(call: Call, path: string, follow: boolean): string[] {
  const { fs } = call.process
  try {
    if (fs.stat(path || '.').type !== 'directory') return [path]
    return fs.readdir(path || '.').flatMap(name => {
      // Where no directory is named GNU does not name the current one either.
      const child = path ? `${path.replace(/\/$/, '')}/${name}` : name
      if (call.flavour === 'busybox' && !fs.exists(child)) return []
      if (follow || fs.lstat(child).type !== 'symlink') return below(call, child, follow)
      return call.flavour === 'busybox' && !isDirectory(call.process, child) ? [child] : []
    })
  } catch {
    return [path]
  }
}
