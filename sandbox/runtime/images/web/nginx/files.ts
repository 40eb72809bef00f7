/** nginx.conf with all that it includes, read and checked directive by directive. */
import { isErrno } from '../../../errno.ts'
import type { Process } from '../../../processes/process.ts'
import type { Context } from './directive-table.ts'
import { checkDirective, contextIn } from './directives.ts'
import { openFailure } from './failures.ts'
import { at, ConfigError, type Directive, parse } from './syntax.ts'

export const CONFIG = '/etc/nginx/nginx.conf'

export interface Source {
  path: string
  text: string
}

export interface Configuration {
  /** With what is included in place of each `include`. */
  directives: readonly Directive[]
  /** For `nginx -T`. */
  sources: readonly Source[]
}

export const absolute = (path: string): string => (path.startsWith('/') ? path : `/etc/nginx/${path}`)

function content(process: Process, path: string, from?: Directive): string {
  try {
    return process.fs.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    const fault = openFailure(path, error)
    throw from ? at(fault, from) : new ConfigError(fault)
  }
}

/** Thousands of servers have the same files, and the same patterns. */
function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>()
  return key => {
    let value = known.get(key)
    if (value === undefined) {
      if (known.size >= 50) known.clear()
      known.set(key, (value = make(key)))
    }
    return value
  }
}

const patternOf = remembered(name => {
  const signs = name
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${signs}$`)
})

function entriesOf(fs: Process['fs'], directory: string): readonly string[] {
  try {
    return fs.readdir(directory)
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
    return []
  }
}

/** Files that fit, in order; a name without signs is itself, whether it is there or not. */
function matching({ fs }: Process, pattern: string): readonly string[] {
  const slash = pattern.lastIndexOf('/')
  const name = pattern.slice(slash + 1)
  if (!/[*?[]/.test(name)) return [pattern]
  const directory = pattern.slice(0, slash)
  return fittingIn(entriesOf(fs, directory), directory, name)
}

/** What was found last in a list of names: that of a directory which nobody has changed is one list for all its containers. */
const fitting = new WeakMap<readonly string[], { directory: string; pattern: string; paths: readonly string[] }>()

function fittingIn(entries: readonly string[], directory: string, pattern: string): readonly string[] {
  const known = fitting.get(entries)
  if (known?.directory === directory && known.pattern === pattern) return known.paths
  const fits = patternOf(pattern)
  const paths = entries
    .filter(entry => fits.test(entry) && !entry.startsWith('.'))
    .sort()
    .map(entry => `${directory}/${entry}`)
  fitting.set(entries, { directory, pattern, paths })
  return paths
}

const filesOf = (process: Process, { args }: Directive): readonly string[] => matching(process, absolute(args[0] ?? ''))

interface File {
  directives: readonly Directive[]
  includes: readonly Directive[]
}

const includesIn = (directives: readonly Directive[]): Directive[] =>
  directives.flatMap(d => (d.block ? includesIn(d.block) : d.name === 'include' ? [d] : []))

/** By path, and then by text: what images share is one text, which is found without being read again. */
const parsedAt = remembered(path =>
  remembered<File>(text => {
    const directives = parse(text, path)
    return { directives, includes: includesIn(directives) }
  }),
)
const parsed = ({ path, text }: Source): File => parsedAt(path)(text)

/** As deep as files may include one another; nginx itself ends when it has no more files to open. */
const DEEPEST = 50

/** A file and all that it includes, in the order in which they are read. */
function gather(process: Process, path: string, sources: Source[], from?: Directive, depth = 0): void {
  if (depth > DEEPEST) throw at(`open() "${path}" failed (24: Too many open files)`, from!)
  const source = { path, text: content(process, path, from) }
  sources.push(source)
  for (const include of parsed(source).includes)
    for (const file of filesOf(process, include)) gather(process, file, sources, include, depth + 1)
}

/** Puts what is included where it is included; the sources come in just this order. */
function expand(
  directives: readonly Directive[],
  rest: Source[],
  countOf: (include: Directive) => number,
): Directive[] {
  return directives.flatMap(directive => {
    if (directive.name === 'include' && !directive.block) {
      return Array.from({ length: countOf(directive) }, () => {
        return expand(parsed(rest.shift()!).directives, rest, countOf)
      }).flat()
    }
    return directive.block ? [{ ...directive, block: expand(directive.block, rest, countOf) }] : [directive]
  })
}

/** @throws ConfigError */
function check(directives: readonly Directive[], context: Context): void {
  const before = new Set<string>()
  for (const directive of directives) {
    checkDirective(directive, context, before)
    const inner = directive.block && contextIn(context, directive.name)
    if (inner) check(directive.block!, inner)
  }
}

interface Known extends Configuration {
  global: string
}

/** Lately read ones; texts are compared, which costs nothing where they are the same of one image. */
let known: readonly Known[] = []
const KNOWN = 50

const isSame = (a: readonly Source[], b: readonly Source[]): boolean =>
  a.length === b.length && a.every(({ path, text }, i) => path === b[i]!.path && text === b[i]!.text)

/** @param global directives from the command line @throws ConfigError */
export function readConfiguration(process: Process, path: string, global: string): Configuration {
  const sources: Source[] = []
  gather(process, path, sources)
  const again = known.find(one => one.global === global && isSame(one.sources, sources))
  if (again) return again
  const written = expand(
    [{ name: 'include', args: [path], line: 0, file: '' }],
    [...sources],
    include => filesOf(process, include).length,
  )
  const directives = [...parse(global, ''), ...written]
  check(directives, 'm')
  if (!directives.some(({ name }) => name === 'events')) throw new ConfigError('no "events" section in configuration')
  const configuration = { directives, sources, global }
  known = [configuration, ...known.slice(0, KNOWN - 1)]
  return configuration
}
