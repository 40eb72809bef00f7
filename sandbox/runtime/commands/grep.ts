/** `grep`, `egrep` and `fgrep`. */
import { type Call, type Command, complain, Missing, options, print } from './command.ts'
import { inputs, lines } from './reading.ts'
import { regexp } from './regexp.ts'

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
    if (pattern === undefined) throw new Missing('missing pattern', 2)
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
