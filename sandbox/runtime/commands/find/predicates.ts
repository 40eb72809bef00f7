/** The predicates of find: what each reads of the words after it, and what it asks of a path or does with it. */
import { isErrno } from '../../errno.ts'
import type { FileStat } from '../../files/fs.ts'
import { absolute, basename, dirname, normalize } from '../../files/path.ts'
import { testWords } from '../../shell/builtins/test.ts'
import { matches } from '../../shell/expansion/pattern.ts'
import { type Call, complain, print, Refusal, WrongOption } from '../command.ts'
import { idOf, nameOf, parseMode, TYPE_LETTERS } from '../files/modes.ts'
import { regexp } from '../text/regexp.ts'
import { formatted } from './printf.ts'
import type { Walk } from './walk.ts'

/** Whether a path is wanted; what acts answers whether it has succeeded. */
export type Test = (path: string, name: string) => boolean | Promise<boolean>

/** A predicate while its words are read. */
export interface Reading {
  call: Call
  gnu: boolean
  /** The predicate itself, with its dash. */
  word: string
  /** Where the walk begins. */
  paths: readonly string[]
  /** Is told what the predicate wants of the walk. */
  walk: Walk
  /** The next word. @throws Refusal when there is none */
  next(): string
  /** Whether the word that `next` gave last was written as `+`. */
  endedByPlus(): boolean
  /** Of a path as the walk looks at it: links may be followed. */
  stat(path: string): FileStat
}

type Predicate = (reading: Reading) => Test

const always: Test = () => true

/** `+5` is more than five, `-5` less, `5` exactly. */
function compare(spec: string, value: number): boolean {
  const n = Number(spec.replace(/^[-+]/, ''))
  return spec[0] === '+' ? value > n : spec[0] === '-' ? value < n : value === n
}

/** @returns whether the command succeeded */
export async function runFor(call: Call, argv: readonly string[], cwd?: string): Promise<boolean> {
  let child: ReturnType<typeof call.process.spawn>
  try {
    child = call.process.spawn({ argv, ...(cwd !== undefined && { cwd }) })
  } catch (error) {
    if (!isErrno(error)) throw error
    await complain(call, call.flavour === 'gnu' ? `'${argv[0]}': ${error.message}` : `${argv[0]}: ${error.message}`)
    return false
  }
  return (await call.process.wait(child.pid)).status.code === 0
}

const path: Predicate = ({ next }) => {
  const pattern = next()
  return path => matches(pattern, path)
}

const ignoringCase: Predicate = ({ next }) => {
  const pattern = next().toLowerCase()
  return path => matches(pattern, path.toLowerCase())
}

const size: Predicate = ({ gnu, next, stat }) => {
  const asked = next()
  const [, spec = '', unit = ''] = /^([-+]?\d+)([ckMGbw]?)$/.exec(asked) ?? []
  if (!spec && gnu) throw new Refusal(`invalid -size type \`${asked.at(-1)}'`)
  const bytes = { c: 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit] ?? 512
  return path => compare(spec, Math.ceil(stat(path).size / bytes))
}

const type: Predicate = ({ gnu, next, stat }) => {
  const types = next()
  if (!gnu && !/^[bcdpfls]$/.test(types)) throw new Refusal(`invalid argument '${types}' to '-type'`)
  if (gnu && !/^[bcdpflsD](,[bcdpflsD])*$/.test(types)) throw new Refusal(`Unknown argument to -type: ${types}`)
  return path => types.includes(TYPE_LETTERS[stat(path).type].replace('-', 'f'))
}

/** @param unitMs of the number, which counts whole ones since the last change */
const modified =
  (unitMs: number): Predicate =>
  ({ call, gnu, word, next, stat }) => {
    const { clock } = call.process
    const spec = next()
    if (gnu && !/^[-+]?\d+(\.\d+)?$/.test(spec)) throw new Refusal(`invalid argument \`${spec}' to \`${word}'`)
    return path => compare(spec, Math.floor((clock.now() - stat(path).mtime) / unitMs))
  }

const newer: Predicate = ({ call, gnu, next, stat }) => {
  const { fs } = call.process
  const file = next()
  if (!fs.exists(file))
    throw new Refusal(gnu ? `'${file}': No such file or directory` : `${file}: No such file or directory`)
  const { mtime } = fs.stat(file)
  return path => stat(path).mtime > mtime
}

const OWNERS = {
  uid: { file: '/etc/passwd', kind: 'user', known: 'a known user' },
  gid: { file: '/etc/group', kind: 'group', known: 'an existing group' },
} as const

const owned =
  (by: keyof typeof OWNERS): Predicate =>
  ({ call, gnu, next, stat }) => {
    const { file, kind, known } = OWNERS[by]
    const name = next()
    const id = idOf(call.process, name, file)
    if (id === undefined) throw new Refusal(gnu ? `'${name}' is not the name of ${known}` : `unknown ${kind} ${name}`)
    return path => stat(path)[by] === id
  }

/** `-644` wants all these bits, `/644` any of them, `644` these and no others. */
const perm: Predicate = ({ gnu, next, stat }) => {
  const mode = next()
  const bits = mode.replace(/^[-/]/, '')
  if (gnu && parseMode(bits, { type: 'file', mode: 0 }) === undefined) throw new Refusal(`invalid mode '${mode}'`)
  return path => {
    const found = stat(path)
    const wanted = parseMode(bits, { ...found, mode: 0 }) ?? 0
    if (mode[0] === '-') return (found.mode & wanted) === wanted
    return mode[0] === '/' ? (found.mode & wanted) !== 0 : found.mode === wanted
  }
}

const empty: Predicate =
  ({ call, stat }) =>
  path => {
    const { type, size } = stat(path)
    return type === 'directory' ? !call.process.fs.readdir(path).length : type === 'file' && size === 0
  }

const depth = ({ gnu, word, next }: Reading): number => {
  const text = next()
  if (gnu && !/^\d+$/.test(text))
    throw new Refusal(`Expected a positive decimal integer argument to ${word}, but got '${text}'`)
  return Number(text)
}

const printed =
  (end: string): Predicate =>
  ({ call, walk }) => {
    walk.acts = true
    return async path => {
      await print(call, path + end)
      return true
    }
  }

const printf: Predicate = ({ call, paths, walk, next }) => {
  walk.acts = true
  const format = next()
  return async path => {
    await print(call, formatted(call.process.fs, format, path, paths))
    return true
  }
}

const remove: Predicate = ({ call, walk }) => {
  walk.acts = walk.depthFirst = true
  const { fs } = call.process
  return path => {
    if (fs.lstat(path).type === 'directory') fs.rmdir(path)
    else fs.unlink(path)
    return true
  }
}

/** A command for each path, or with `{} +` one for all of them at the end. */
const exec: Predicate = reading => {
  const { call, walk } = reading
  const { argv, gathers } = commandOf(reading)
  if (gathers) {
    const batch = { argv, paths: [] as string[] }
    walk.batches.push(batch)
    return path => batch.paths.push(path) > 0
  }
  return path => runFor(call, withPath(argv, path))
}

/** As `exec`, from the directory in which it lies; with `{} +` one for each directory. */
const execInDirectory: Predicate = reading => {
  const { call, walk } = reading
  const { argv, gathers } = commandOf(reading)
  const place = (path: string): { cwd: string; name: string } => {
    const at = absolute(call.process.cwd, path)
    const name = basename(at)
    return { cwd: normalize(dirname(at)), name: name === '/' ? '/' : `./${name}` }
  }
  if (!gathers)
    return path => {
      const { cwd, name } = place(path)
      return runFor(call, withPath(argv, name), cwd)
    }
  return path => {
    const { cwd, name } = place(path)
    let batch = walk.batches.find(each => each.argv === argv && each.cwd === cwd)
    if (!batch) walk.batches.push((batch = { argv, paths: [], cwd }))
    return batch.paths.push(name) > 0
  }
}

/** The words up to `;`, or up to `{} +`. */
function commandOf({ walk, next, endedByPlus }: Reading): { argv: string[]; gathers: boolean } {
  walk.acts = true
  const argv: string[] = []
  for (let w = next(); w !== ';' && !(w === '+' && argv.at(-1) === '{}'); w = next()) argv.push(w)
  const gathers = argv.at(-1) === '{}' && endedByPlus()
  return { argv: gathers ? argv.slice(0, -1) : argv, gathers }
}

const withPath = (argv: readonly string[], path: string): string[] => argv.map(word => word.replaceAll('{}', path))

/** What only GNU's find has. */
const ofGnu =
  (predicate: Predicate): Predicate =>
  reading => {
    if (!reading.gnu) throw new WrongOption(`unrecognized: ${reading.word}`)
    return predicate(reading)
  }

const sameFileSystem: Predicate = ({ walk }) => {
  walk.oneFileSystem = true
  return always
}

/** Whether the caller may do something with it, as `test` says. */
const allowed =
  (question: '-r' | '-w' | '-x'): Predicate =>
  ({ call }) =>
  path =>
    testWords(call.process, [question, path])

const regex =
  (flags: string): Predicate =>
  ({ next }) => {
    const whole = new RegExp(`^(?:${regexp(next(), 'basic').source})$`, flags)
    return path => whole.test(path)
  }

const unknownOwner =
  (by: 'uid' | 'gid', file: '/etc/passwd' | '/etc/group'): Predicate =>
  ({ call, stat }) =>
  path => {
    const id = stat(path)[by]
    return nameOf(call.process, id, file) === String(id)
  }

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

export const PREDICATES: Readonly<Record<string, Predicate>> = {
  // Of names and paths
  '-name': ({ next }) => {
    const pattern = next()
    return (_, name) => matches(pattern, name)
  },
  '-iname': ({ next }) => {
    const pattern = next().toLowerCase()
    return (_, name) => matches(pattern, name.toLowerCase())
  },
  '-path': path,
  '-wholename': path,
  '-ipath': ignoringCase,
  '-iwholename': ofGnu(ignoringCase),
  '-regex': regex(''),
  '-iregex': ofGnu(regex('i')),
  '-true': ofGnu(() => always),
  '-false': ofGnu(() => () => false),

  // Of what lies there
  '-type': type,
  '-size': size,
  '-empty': empty,
  '-perm': perm,
  '-user': owned('uid'),
  '-group': owned('gid'),
  '-nouser': ofGnu(unknownOwner('uid', '/etc/passwd')),
  '-nogroup': ofGnu(unknownOwner('gid', '/etc/group')),
  '-executable': allowed('-x'),
  '-readable': ofGnu(allowed('-r')),
  '-writable': ofGnu(allowed('-w')),
  '-mtime': modified(DAY_MS),
  '-mmin': modified(MINUTE_MS),
  // A file has one time here, that of its last change.
  '-atime': modified(DAY_MS),
  '-ctime': modified(DAY_MS),
  '-amin': modified(MINUTE_MS),
  '-cmin': modified(MINUTE_MS),
  '-newer': newer,
  '-links': ({ next, stat }) => {
    const spec = next()
    return path => compare(spec, stat(path).nlink ?? 1)
  },
  '-inum': ({ next, stat }) => {
    const number = Number(next())
    return path => stat(path).ino === number
  },
  '-samefile': ({ call, next, stat }) => {
    const { ino } = call.process.fs.stat(next())
    return path => stat(path).ino === ino
  },

  // Of the walk
  '-maxdepth': reading => {
    reading.walk.maxDepth = depth(reading)
    return always
  },
  '-mindepth': reading => {
    reading.walk.minDepth = depth(reading)
    return always
  },
  '-depth': ({ walk }) => {
    walk.depthFirst = true
    return always
  },
  '-follow': ({ walk }) => {
    walk.follow = true
    return always
  },
  '-xdev': sameFileSystem,
  '-mount': ofGnu(sameFileSystem),
  '-prune':
    ({ walk }) =>
    path => {
      walk.pruned.add(path)
      return true
    },
  '-quit': ({ call, walk }) => {
    walk.acts = true
    return () => call.process.exit(walk.code)
  },

  // What is done with what is found
  '-print': printed('\n'),
  '-print0': printed('\0'),
  '-printf': printf,
  '-delete': remove,
  '-exec': exec,
  '-execdir': ofGnu(execInDirectory),
}
