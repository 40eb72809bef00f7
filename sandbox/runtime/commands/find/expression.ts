/** The expression of find: what its words ask of each path, and how they want the tree to be walked. */
import { isErrno } from '../../errno.ts'
import { matches } from '../../shell/expansion/pattern.ts'
import { type Call, complain, print, Refusal, Usage, WrongOption } from '../command.ts'
import { idOf, parseMode, TYPE_LETTERS } from '../files/modes.ts'
import { regexp } from '../text/regexp.ts'
import { formatted } from './printf.ts'

export type Test = (path: string, name: string) => boolean | Promise<boolean>

export interface Walk {
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  /** Something is done with what is found, so its path is not printed as well. */
  acts: boolean
  /** Directories that are not to be gone into. */
  pruned: Set<string>
  /** Commands that are run once, at the end, for all that was found for them. */
  batches: { argv: string[]; paths: string[] }[]
  /** The exit status so far. */
  code: number
}

/** @returns whether the command succeeded */
export async function runFor(call: Call, argv: readonly string[]): Promise<boolean> {
  let child: ReturnType<typeof call.process.spawn>
  try {
    child = call.process.spawn({ argv })
  } catch (error) {
    if (!isErrno(error)) throw error
    await complain(call, call.flavour === 'gnu' ? `'${argv[0]}': ${error.message}` : `${argv[0]}: ${error.message}`)
    return false
  }
  return (await call.process.wait(child.pid)).status.code === 0
}

/** @param paths where the walk begins  @param walk is told what the words want of it */
export function expressionOf(call: Call, words: string[], paths: readonly string[], walk: Walk): Test {
  const { fs, clock } = call.process
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
  /** The predicate whose words are being read. */
  let predicate = ''
  const next = (): string => {
    const word = words.shift()
    if (word === undefined)
      throw new Refusal(gnu ? `missing argument to \`${predicate}'` : `${predicate} requires an argument`)
    return word
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
      case '-wholename':
      case '-path': {
        const pattern = next()
        return path => matches(pattern, path)
      }
      case '-regex': {
        const pattern = regexp(next(), 'basic')
        return path => new RegExp(`^(?:${pattern.source})$`).test(path)
      }
      case '-inum': {
        const number = Number(next())
        return path => fs.lstat(path).ino === number
      }
      case '-samefile': {
        const { ino } = fs.stat(next())
        return path => fs.lstat(path).ino === ino
      }
      case '-type': {
        const types = next()
        if (!gnu && !/^[bcdpfls]$/.test(types)) throw new Refusal(`invalid argument '${types}' to '-type'`)
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
        walk.acts = true
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
        walk.maxDepth = depthOf(word, next())
        return () => true
      case '-mindepth':
        walk.minDepth = depthOf(word, next())
        return () => true
      case '-depth':
        walk.depthFirst = true
        return () => true
      case '-follow':
      case '-xdev':
        return () => true
      case '-prune':
        return path => {
          walk.pruned.add(path)
          return true
        }
      case '-print':
      case '-print0':
        walk.acts = true
        return async path => {
          await print(call, path + (word === '-print' ? '\n' : '\0'))
          return true
        }
      case '-quit':
        walk.acts = true
        return () => call.process.exit(walk.code)
      case '-delete':
        walk.acts = walk.depthFirst = true
        return path => {
          if (fs.lstat(path).type === 'directory') fs.rmdir(path)
          else fs.unlink(path)
          return true
        }
      case '-execdir':
      case '-exec': {
        walk.acts = true
        const argv: string[] = []
        for (let w = next(); w !== ';' && !(w === '+' && argv.at(-1) === '{}'); w = next()) argv.push(w)
        const plus = argv.at(-1) === '{}' && call.args[call.args.length - words.length - 1] === '+'
        if (plus) {
          const batch = { argv: argv.slice(0, -1), paths: [] as string[] }
          walk.batches.push(batch)
          return path => batch.paths.push(path) > 0
        }
        return path =>
          runFor(
            call,
            argv.map(w => w.replaceAll('{}', path)),
          )
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
  return words.length ? or() : () => true
}
