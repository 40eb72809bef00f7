/** `grep`, `egrep` and `fgrep`. */
import { isErrno } from '../errno.ts'
import { matches } from '../shell/pattern.ts'
import { type Call, type Command, complain, Missing, options, print } from './command.ts'
import { isDirectory } from './operands.ts'
import { inputs, lines } from './reading.ts'
import { BadRegexp, regexp } from './regexp.ts'

export const grep: Command = async call => {
  const flags = options(call, 'EFGPivnlLcqhHoe:wxrRsm:A:B:C:f:zabyTUZID:', {
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
  })
  const rest = [...flags.rest]
  const patterns = [...flags.values('e')]
  const gnu = call.flavour === 'gnu'
  for (const file of flags.values('f')) {
    try {
      patterns.push(...call.process.fs.readFile(file).replace(/\n$/, '').split('\n'))
    } catch (error) {
      if (!isErrno(error)) throw error
      return complain(call, `${file}: ${error.message}`, 2)
    }
  }
  for (const letter of ['A', 'B', 'C', 'm'] as const) {
    const number = flags.value(letter)
    if (number === undefined || /^-?\d+$/.test(number)) continue
    if (gnu)
      return complain(call, letter === 'm' ? 'invalid max count' : `${number}: invalid context length argument`, 2)
    return complain(call, `invalid number '${number}'`)
  }
  if (!patterns.length) {
    const pattern = rest.shift()
    if (pattern === undefined) throw new Missing('missing pattern', 2)
    patterns.push(...pattern.split('\n'))
  }
  const kind =
    flags.has('F') || call.name === 'fgrep'
      ? 'fixed'
      : flags.has('E') || flags.has('P') || call.name === 'egrep'
        ? 'extended'
        : 'basic'
  if (gnu && patterns.some(pattern => /^\[:\w+:\]$/.test(pattern)))
    return complain(call, 'character class syntax is [[:space:]], not [:space:]', 2)
  if (gnu && kind === 'extended' && !flags.has('P') && patterns.some(pattern => pattern.startsWith('*')))
    await complain(call, 'warning: * at start of expression')
  const insensitive = flags.has('i') || flags.has('y')
  let expressions: RegExp[]
  try {
    expressions = patterns.map(pattern => {
      const source = regexp(pattern, kind).source
      const bounded = flags.has('x') ? `^(?:${source})$` : flags.has('w') ? `(?<!\\w)(?:${source})(?!\\w)` : source
      return new RegExp(bounded, `g${insensitive ? 'i' : ''}`)
    })
  } catch (error) {
    if (!(error instanceof BadRegexp)) throw error
    const why = flags.has('P') && /Unmatched \(/.test(error.message) ? 'missing closing parenthesis' : error.message
    return complain(call, gnu ? why : `bad regex '${patterns[0]}'`, 2)
  }
  const recursive = flags.has('r') || flags.has('R')
  const wanted = (path: string): boolean => {
    const name = path.split('/').pop()!
    const parts = path.split('/')
    if (flags.values('exclude').some(pattern => parts.some(part => matches(pattern, part)))) return false
    return !flags.has('include') || flags.values('include').some(pattern => matches(pattern, name))
  }
  const files = recursive
    ? (rest.length ? rest : ['.']).flatMap(path => below(call, path, flags.has('R'))).filter(wanted)
    : rest
  const coloured = flags.value('color') === 'always'
  const named = (files.length > 1 || recursive || flags.has('H')) && !flags.has('h')
  const after = Number(flags.value('A') ?? flags.value('C') ?? 0)
  const before = Number(flags.value('B') ?? flags.value('C') ?? 0)
  const limit = Number(flags.value('m') ?? Number.POSITIVE_INFINITY)
  let found = false
  let failed = false
  const failing = (): void => {
    failed = true
  }
  for await (const { name, stream } of inputs(call, files, failing, flags.has('s'))) {
    const label = name === 'standard input' ? '(standard input)' : name
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
      await print(call, `${named ? label + mark : ''}${flags.has('n') ? number + mark : ''}${at}${shown}\n`)
    }
    let offset = 0
    let next = 0
    for await (const raw of lines(call.process, stream)) {
      n++
      offset = next
      next += raw.length
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
  if (found && (flags.has('q') || !gnu)) return 0
  return failed ? 2 : found ? 0 : 1
}

/** What is found, as GNU paints it. */
const RED = '\x1b[01;31m\x1b[K$&\x1b[m\x1b[K'

/** All files below a path. Links are followed when that is asked for; without, GNU passes them by and busybox reads files. */
function below(call: Call, path: string, follow: boolean): string[] {
  const { fs } = call.process
  try {
    if (fs.stat(path).type !== 'directory') return [path]
    return fs.readdir(path).flatMap(name => {
      const child = `${path.replace(/\/$/, '')}/${name}`
      if (follow || fs.lstat(child).type !== 'symlink') return below(call, child, follow)
      return call.flavour === 'busybox' && !isDirectory(call.process, child) ? [child] : []
    })
  } catch {
    return [path]
  }
}
