/** httpd.conf with all that it includes, as one tree: what stands in <IfModule> and its likes only where it holds. */
import { isErrno } from '../../../errno.ts'
import type { Process } from '../../../processes/process.ts'
import { fitsName, hasSigns } from './globs.ts'
import { isSimulated } from './modules.ts'
import { at, ConfigError, type Directive, linesOf, ReadingError, word, words } from './syntax.ts'

export const SERVER_ROOT = '/usr/local/apache2'

/** What the directives of the file have made so far. */
export interface Reading {
  process: Process
  version: string
  root: string
  modules: Set<string>
  defined: Map<string, string>
  /** Complaints that do not stop it. */
  warn(text: string): void
}

/** Deeper than that files include themselves. */
const DEEPEST = 128

export const absolute = (root: string, path: string): string => (path.startsWith('/') ? path : `${root}/${path}`)

/** @throws ConfigError, ReadingError */
export function readTree(reading: Reading, path: string): Directive[] {
  return readFile(reading, path, undefined, 0)
}

function readFile(reading: Reading, path: string, from: Directive | undefined, depth: number): Directive[] {
  let text: string
  try {
    text = reading.process.fs.readFile(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    if (!from) throw new ConfigError(`httpd: Could not open configuration file ${path}: ${error.message}`)
    throw new ReadingError(from, `Could not open configuration file ${path}: ${error.message}`)
  }
  return readLines(reading, text, path, depth)
}

/** A .htaccess: what changes the reading itself is left for the check of where directives may stand. @throws ConfigError, ReadingError */
export const readAccessFile = (reading: Reading, text: string, file: string): Directive[] =>
  readLines(reading, text, file, undefined)

/** @param depth of the files that include one another; undefined in a .htaccess */
function readLines(reading: Reading, text: string, file: string, depth: number | undefined): Directive[] {
  const top: Directive[] = []
  const open: { section: Directive; into: Directive[]; skipped: boolean }[] = []
  for (const { text: line, number } of linesOf(text)) {
    const place = { line: number, file }
    const skipping = open.at(-1)?.skipped ?? false
    const [, raw = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? []
    if (raw.startsWith('</')) {
      close(open.pop()?.section, raw, place)
      continue
    }
    const target = open.at(-1)?.into ?? top
    const section = raw.startsWith('<')
    // A section's name may touch its `>`.
    const { word: quoted } = word(line)
    const name = section ? raw.replace(/>$/, '') : quoted
    const told = skipping ? rest : expanded(reading, section && raw.endsWith('>') ? '' : rest)
    const d: Directive = { name, args: told, ...place }
    if (section) {
      if (!skipping && !/>$/.test(line)) throw at(d, `${name}> directive missing closing '>'`)
      d.args = told.replace(/\s*>$/, '')
      const holds = skipping ? false : condition(reading, d)
      if (holds === undefined) {
        d.inside = []
        target.push(d)
        open.push({ section: d, into: d.inside, skipped: false })
      } else open.push({ section: d, into: target, skipped: !holds })
    } else if (skipping) continue
    else if (depth === undefined && !/^error$/i.test(name)) target.push(d)
    else take(reading, d, target, depth ?? 0)
  }
  const left = open.at(-1)?.section
  if (left) throw new ReadingError(left, `${left.file}:${left.line}: ${left.name}> was not closed.`)
  return top
}

function close(section: Directive | undefined, raw: string, place: { line: number; file: string }): void {
  const ended = raw.slice(2).replace(/>$/, '')
  if (!section) throw new ReadingError(place, `</${ended}> without matching <${ended}> section`)
  if (section.name.slice(1).toLowerCase() !== ended.toLowerCase())
    throw new ReadingError(place, `Expected </${section.name.slice(1)}> but saw </${ended}>`)
}

const expanded = ({ defined, process, warn }: Reading, text: string): string =>
  text.includes('${')
    ? text.replace(/\$\{([^}:]+)\}/g, (all, name: string) => {
        const value = defined.get(name) ?? process.env[name]
        if (value === undefined) warn(`AH00111: Config variable \${${name}} is not defined`)
        return value ?? all
      })
    : text

/** Whether a section that asks something holds; undefined of one that asks nothing. */
function condition(reading: Reading, { name, args, ...place }: Directive): boolean | undefined {
  const kind = name.slice(1).toLowerCase()
  if (kind === 'ifversion') return compare(reading.version, words(args))
  if (kind !== 'ifmodule' && kind !== 'ifdefine' && kind !== 'iffile') return undefined
  const { word: asked } = word(args)
  if (!asked) throw new ReadingError(place, `${name}> directive requires additional arguments`)
  const not = asked.startsWith('!')
  const key = not ? asked.slice(1) : asked
  const holds =
    kind === 'ifdefine'
      ? reading.defined.has(key)
      : kind === 'iffile'
        ? reading.process.fs.exists(absolute(reading.root, key))
        : reading.modules.has(key.replace(/^mod_/, '').replace(/(_module|\.c)$/, ''))
  return holds !== not
}

function compare(version: string, [sign = '=', wanted = '']: string[]): boolean {
  const numbers = (text: string): number[] => text.split('.').map(Number)
  const [mine, other] = [numbers(version), numbers(wanted)]
  const difference = [0, 1, 2].map(i => (mine[i] ?? 0) - (other[i] ?? 0)).find(n => n !== 0) ?? 0
  const not = sign.startsWith('!')
  const signs: Record<string, boolean> = {
    '=': difference === 0,
    '==': difference === 0,
    '>': difference > 0,
    '>=': difference >= 0,
    '<': difference < 0,
    '<=': difference <= 0,
  }
  return (signs[not ? sign.slice(1) : sign] ?? false) !== not
}

/** What is done while the file is being read; everything else waits until all of it is there. */
function take(reading: Reading, d: Directive, target: Directive[], depth: number): void {
  const name = d.name.toLowerCase()
  const [first, second] = words(d.args)
  if (name === 'include' || name === 'includeoptional') {
    if (first === undefined)
      throw new ReadingError(
        d,
        `${d.name} takes one argument, Name(s) of the config file(s) to be included; shell wildcard characters permitted`,
      )
    for (const file of included(reading, d, first, name === 'include')) {
      if (depth > DEEPEST)
        throw new ReadingError(
          d,
          `Exceeded the maximum include directory nesting level. You have probably a recursion somewhere.`,
        )
      try {
        target.push(...readFile(reading, file, d, depth + 1))
      } catch (error) {
        if (!(error instanceof ReadingError) || error.place === d) throw error
        throw new ReadingError(d, error.message)
      }
    }
  } else if (name === 'loadmodule') {
    if (second === undefined)
      throw new ReadingError(
        d,
        'LoadModule takes two arguments, a module name and the name of a shared object file to load it from',
      )
    load(reading, d, first!, second)
  } else if (name === 'define') {
    if (first === undefined)
      throw new ReadingError(
        d,
        'Define takes 1-2 arguments, Define a variable, optionally to a value.  Same as passing -D to the command line.',
      )
    reading.defined.set(first, second ?? '')
  } else if (name === 'undefine') reading.defined.delete(first ?? '')
  else if (name === 'error') throw at(d, d.args)
  else {
    if (name === 'serverroot' && first !== undefined) reading.root = first.replace(/\/$/, '')
    target.push(d)
  }
}

function load(reading: Reading, d: Directive, name: string, path: string): void {
  const file = absolute(reading.root, path)
  if (!reading.process.fs.exists(file))
    throw new ReadingError(
      d,
      `Cannot load ${path} into server: ${file}: cannot open shared object file: No such file or directory`,
    )
  const module = name.replace(/_module$/, '')
  if (reading.modules.has(module)) {
    reading.warn(`AH01574: module ${name} is already loaded, skipping`)
    return
  }
  if (!isSimulated(module)) throw new ReadingError(d, `Cannot load ${path} into server: mod_${module} is not simulated`)
  reading.modules.add(module)
}

function included({ process, root }: Reading, d: Directive, pattern: string, needed: boolean): string[] {
  const path = absolute(root, pattern)
  const { fs } = process
  if (!hasSigns(path)) {
    if (!fs.exists(path)) return needed ? [path] : []
    if (fs.stat(path).type !== 'directory') return [path]
    return [...fs.readdir(path)].sort().map(name => `${path.replace(/\/$/, '')}/${name}`)
  }
  let found = ['']
  let folder = ''
  for (const part of path.split('/').slice(1)) {
    if (hasSigns(part)) {
      found = found.flatMap(base => namesIn(fs, base || '/', part).map(name => `${base}/${name}`))
      if (!found.length && needed)
        throw new ReadingError(
          d,
          `Include/IncludeOptional: No matches for the wildcard '${part}' in '${folder}', failing`,
        )
    } else found = found.map(base => `${base}/${part}`)
    folder += `/${part}`
  }
  return found.filter(file => fs.exists(file))
}

/** What fits, in order; what begins with a dot only where that is asked for. */
function namesIn(fs: Process['fs'], folder: string, part: string): string[] {
  if (!fs.exists(folder) || fs.stat(folder).type !== 'directory') return []
  return fs
    .readdir(folder)
    .filter(name => fitsName(part, name) && (!name.startsWith('.') || part.startsWith('.')))
    .sort()
}
