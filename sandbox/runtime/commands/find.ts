/** `find`, and `expr`. */
import { isErrno } from '../errno.ts'
import type { FileSystem } from '../fs.ts'
import { matches } from '../shell/pattern.ts'
import { type Call, type Command, complain, Missing, print, Refusal, Usage, WrongOption } from './command.ts'
import { strftime } from './date.ts'
import { idOf, parseMode, TYPE_LETTERS } from './modes.ts'
import { regexp } from './regexp.ts'
import { unescapeText } from './text.ts'

type Test = (path: string, name: string) => boolean | Promise<boolean>

export const find: Command = async call => {
  const words = [...call.args]
  const paths: string[] = []
  let follow = false
  while (/^-[HLP]$/.test(words[0] ?? '')) follow = words.shift() === '-L'
  while (words.length && !/^[-(!]/.test(words[0]!)) paths.push(words.shift()!)
  if (!paths.length) paths.push('.')
  const { fs, clock } = call.process
  let maxDepth = Number.POSITIVE_INFINITY
  let minDepth = 0
  let acts = false
  let code = 0
  let depthFirst = false
  const pruned = new Set<string>()
  const batches: { argv: string[]; paths: string[] }[] = []
  const compare = (spec: string, value: number): boolean => {
    const n = Number(spec.replace(/^[-+]/, ''))
    return spec[0] === '+' ? value > n : spec[0] === '-' ? value < n : value === n
  }
  const gnu = call.flavour === 'gnu'
  const depthOf = (word: string, text: string): number => {
    if (gnu && !/^\d+$/.test(text))
      throw new Refusal(`Expected a positive decimal integer argument to ${word}, but got '${text}'`)
    return Number(text)
  }
  const given: string[] = []
  /** The predicate whose words are being read. */
  let predicate = ''
  const next = (): string => {
    const word = words.shift()
    if (word === undefined)
      throw new Refusal(gnu ? `missing argument to \`${predicate}'` : `${predicate} requires an argument`)
    given.push(word)
    return word
  }
  const run = async (argv: readonly string[]): Promise<boolean> => {
    let child: ReturnType<typeof call.process.spawn>
    try {
      child = call.process.spawn({ argv })
    } catch (error) {
      if (!isErrno(error)) throw error
      await complain(call, gnu ? `'${argv[0]}': ${error.message}` : `${argv[0]}: ${error.message}`)
      return false
    }
    return (await call.process.wait(child.pid)).status.code === 0
  }
  const primary = (): Test => {
    const word = next()
    predicate = word
    switch (word) {
      case '(': {
        const inner = or()
        if (next() !== ')') throw new Usage('missing )')
        return inner
      }
      case '!':
      case '-not': {
        const inner = primary()
        return async (p, n) => !(await inner(p, n))
      }
      case '-name':
      case '-iname': {
        const pattern = next()
        return (_, name) =>
          word === '-name' ? matches(pattern, name) : matches(pattern.toLowerCase(), name.toLowerCase())
      }
      case '-path': {
        const pattern = next()
        return path => matches(pattern, path)
      }
      case '-regex': {
        const pattern = regexp(next(), 'basic')
        return path => new RegExp(`^(?:${pattern.source})$`).test(path)
      }
      case '-type': {
        const types = next()
        if (gnu && !/^[bcdpflsD](,[bcdpflsD])*$/.test(types)) throw new Refusal(`Unknown argument to -type: ${types}`)
        return path => types.includes(TYPE_LETTERS[fs.lstat(path).type].replace('-', 'f'))
      }
      case '-size': {
        const asked = next()
        const [, spec = '', unit = ''] = /^([-+]?\d+)([ckMGbw]?)$/.exec(asked) ?? []
        if (!spec && gnu) throw new Refusal(`invalid -size type \`${asked.at(-1)}'`)
        const size = { c: 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit] ?? 512
        return path => compare(spec, Math.ceil(fs.lstat(path).size / size))
      }
      case '-mtime':
      case '-mmin': {
        const spec = next()
        if (gnu && !/^[-+]?\d+(\.\d+)?$/.test(spec)) throw new Refusal(`invalid argument \`${spec}' to \`${word}'`)
        const unit = word === '-mtime' ? 86_400_000 : 60_000
        return path => compare(spec, Math.floor((clock.now() - fs.lstat(path).mtime) / unit))
      }
      case '-newer': {
        const file = next()
        if (!fs.exists(file))
          throw new Refusal(gnu ? `'${file}': No such file or directory` : `${file}: No such file or directory`)
        const { mtime } = fs.stat(file)
        return path => fs.lstat(path).mtime > mtime
      }
      case '-user':
      case '-group': {
        const name = next()
        const id = idOf(call.process, name, word === '-user' ? '/etc/passwd' : '/etc/group')
        if (id === undefined) {
          const kind = word === '-user' ? 'user' : 'group'
          throw new Refusal(
            gnu
              ? `'${name}' is not the name of ${kind === 'user' ? 'a known user' : 'an existing group'}`
              : `unknown ${kind} ${name}`,
          )
        }
        return path => fs.lstat(path)[word === '-user' ? 'uid' : 'gid'] === id
      }
      case '-links': {
        const spec = next()
        return path => compare(spec, fs.lstat(path).nlink ?? 1)
      }
      case '-printf': {
        acts = true
        const format = next()
        return async path => {
          await print(call, formatted(fs, format, path, paths))
          return true
        }
      }
      case '-perm': {
        const mode = next()
        if (gnu && parseMode(mode.replace(/^[-/]/, ''), { type: 'file', mode: 0 }) === undefined)
          throw new Refusal(`invalid mode '${mode}'`)
        return path => {
          const stat = fs.lstat(path)
          const wanted = parseMode(mode.replace(/^[-/]/, ''), { ...stat, mode: 0 }) ?? 0
          return mode[0] === '-'
            ? (stat.mode & wanted) === wanted
            : mode[0] === '/'
              ? (stat.mode & wanted) !== 0
              : stat.mode === wanted
        }
      }
      case '-empty':
        return path => {
          const stat = fs.lstat(path)
          return stat.type === 'directory' ? !fs.readdir(path).length : stat.type === 'file' && stat.size === 0
        }
      case '-maxdepth':
        maxDepth = depthOf(word, next())
        return () => true
      case '-mindepth':
        minDepth = depthOf(word, next())
        return () => true
      case '-depth':
        depthFirst = true
        return () => true
      case '-follow':
      case '-xdev':
        return () => true
      case '-prune':
        return path => {
          pruned.add(path)
          return true
        }
      case '-print':
      case '-print0':
        acts = true
        return async path => {
          await print(call, path + (word === '-print' ? '\n' : '\0'))
          return true
        }
      case '-quit':
        acts = true
        return () => call.process.exit(code)
      case '-delete':
        acts = depthFirst = true
        return path => {
          if (fs.lstat(path).type === 'directory') fs.rmdir(path)
          else fs.unlink(path)
          return true
        }
      case '-execdir':
      case '-exec': {
        acts = true
        const argv: string[] = []
        for (let w = next(); w !== ';' && !(w === '+' && argv.at(-1) === '{}'); w = next()) argv.push(w)
        const plus = argv.at(-1) === '{}' && call.args[call.args.length - words.length - 1] === '+'
        if (plus) {
          const batch = { argv: argv.slice(0, -1), paths: [] as string[] }
          batches.push(batch)
          return path => batch.paths.push(path) > 0
        }
        return path => run(argv.map(w => w.replaceAll('{}', path)))
      }
      default:
        throw call.flavour === 'gnu'
          ? new Refusal(`unknown predicate \`${word}'`)
          : new WrongOption(`unrecognized: ${word}`)
    }
  }
  const and = (): Test => {
    let left = primary()
    while (words.length && words[0] !== ')' && words[0] !== '-o' && words[0] !== '-or') {
      if (words[0] === '-a' || words[0] === '-and') words.shift()
      const [a, b] = [left, primary()]
      left = async (p, n) => (await a(p, n)) && (await b(p, n))
    }
    return left
  }
  const or = (): Test => {
    let left = and()
    while (words[0] === '-o' || words[0] === '-or') {
      words.shift()
      const [a, b] = [left, and()]
      left = async (p, n) => (await a(p, n)) || (await b(p, n))
    }
    return left
  }
  const test: Test = words.length ? or() : () => true
  const visit = async (path: string, depth: number): Promise<void> => {
    const pause = call.process.tick()
    if (pause) await pause
    const name = path.replace(/\/+$/, '').split('/').pop() || '/'
    const self = async (): Promise<void> => {
      if (depth >= minDepth && (await test(path, name)) && !acts) await print(call, `${path}\n`)
    }
    try {
      const isDirectory = (follow && fs.exists(path) ? fs.stat(path) : fs.lstat(path)).type === 'directory'
      if (!depthFirst) await self()
      if (isDirectory && depth < maxDepth && !pruned.has(path))
        for (const child of fs.readdir(path)) await visit(`${path.replace(/\/$/, '')}/${child}`, depth + 1)
      if (depthFirst) await self()
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(call, call.flavour === 'gnu' ? `'${path}': ${error.message}` : `${path}: ${error.message}`)
    }
  }
  for (const path of paths) await visit(path, 0)
  for (const { argv, paths: found } of batches) if (found.length && !(await run([...argv, ...found]))) code = 1
  return code
}

/** `-printf`, the letters that scripts ask for. */
function formatted(fs: FileSystem, format: string, path: string, starts: readonly string[]): string {
  const stat = fs.lstat(path)
  const start = starts.find(each => path === each || path.startsWith(`${each.replace(/\/$/, '')}/`)) ?? path
  const below = path.slice(start.length).replace(/^\//, '')
  const name = path.replace(/\/+$/, '').split('/').pop() || '/'
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.'
  const values: Record<string, string> = {
    '%': '%',
    f: name,
    p: path,
    P: below,
    h: parent,
    H: start,
    s: String(stat.size),
    m: (stat.mode & 0o7777).toString(8),
    y: TYPE_LETTERS[stat.type].replace('-', 'f'),
    d: String(below ? below.split('/').length : 0),
    U: String(stat.uid),
    G: String(stat.gid),
    l: stat.type === 'symlink' ? fs.readlink(path) : '',
    n: String(stat.nlink ?? 1),
    i: String(stat.ino ?? 0),
    t: strftime('%a %b %e %H:%M:%S.0000000000 %Y', stat.mtime),
    'T@': `${Math.floor(stat.mtime / 1000)}.0000000000`,
  }
  return unescapeText(
    format.replace(/%(T.|.)/g, (piece, key: string) =>
      key[0] === 'T' && key !== 'T@' ? strftime(`%${key[1]}`, stat.mtime) : (values[key] ?? piece),
    ),
    false,
  ).text
}

/** Precedence from low to high, as POSIX has it. */
const LEVELS = [['|'], ['&'], ['=', '==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%'], [':']]

export const expr: Command = async call => {
  const words = [...call.args]
  if (!words.length) {
    throw call.flavour === 'gnu' ? new Missing('missing operand', 2) : new Refusal('too few arguments', 2)
  }
  const value = level(call, words, 0)
  if (words.length) throw new Usage('syntax error', 2)
  await print(call, `${value}\n`)
  return value === '' || value === '0' ? 1 : 0
}

function level(call: Call, words: string[], depth: number): string {
  if (depth === LEVELS.length) return operand(call, words)
  let left = level(call, words, depth + 1)
  while (words.length && LEVELS[depth]!.includes(words[0]!)) {
    const op = words.shift()!
    left = apply(call, op, left, level(call, words, depth + 1))
  }
  return left
}

function operand(call: Call, words: string[]): string {
  const word = words.shift()
  if (word === undefined)
    throw call.flavour === 'gnu'
      ? new Refusal(`syntax error: missing argument after '${call.args.at(-1)}'`, 2)
      : new Usage('syntax error', 2)
  if (word === '(') {
    const value = level(call, words, 0)
    if (words.shift() !== ')') throw new Usage('syntax error', 2)
    return value
  }
  if (word === 'length' && words.length) return String([...words.shift()!].length)
  if (word === 'substr' && words.length >= 3) {
    const [text, from, length] = words.splice(0, 3)
    return text!.slice(Number(from) - 1, Number(from) - 1 + Number(length))
  }
  if (word === 'index' && words.length >= 2) {
    const [text, set] = words.splice(0, 2)
    return String([...text!].findIndex(c => set!.includes(c)) + 1)
  }
  if (word === 'match' && words.length >= 2) {
    const [text, pattern] = words.splice(0, 2)
    return apply(call, ':', text!, pattern!)
  }
  return word
}

const isNumber = (text: string): boolean => /^-?\d+$/.test(text)
const nothing = (text: string): boolean => text === '' || text === '0'

function apply(call: Call, op: string, a: string, b: string): string {
  if (op === '|') return nothing(a) ? b || '0' : a
  if (op === '&') return nothing(a) || nothing(b) ? '0' : a
  if (op === ':') {
    const match = new RegExp(`^(?:${regexp(b, 'basic').source})`).exec(a)
    const group = match?.[1]
    return /\\\(/.test(b) ? (group ?? '') : String(match?.[0].length ?? 0)
  }
  if ('+-*/%'.includes(op)) {
    if (!isNumber(a) || !isNumber(b))
      throw new Refusal(call.flavour === 'gnu' ? 'non-integer argument' : 'non-numeric argument', 2)
    const [x, y] = [BigInt(a), BigInt(b)]
    if ('/%'.includes(op) && y === 0n) throw new Refusal('division by zero', 2)
    return String(op === '+' ? x + y : op === '-' ? x - y : op === '*' ? x * y : op === '/' ? x / y : x % y)
  }
  const order = isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0
  const holds = {
    '=': order === 0,
    '==': order === 0,
    '!=': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  }[op]
  return holds ? '1' : '0'
}
