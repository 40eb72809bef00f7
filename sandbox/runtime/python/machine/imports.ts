/** `import`: modules made here, those of the simulated library, and files beside the program. */

import { hasLibraryFile, libraryFile, moduleMakers, STANDARD } from '../modules/index.ts'
import { PyList } from '../objects/containers.ts'
import { raise } from '../objects/errors.ts'
import { type Frame, PyModule, type Steps, type Value } from '../objects/values.ts'
import { parseModule } from '../syntax/statements.ts'
import { type FunctionCode, type Name, NotSimulated, type Statement } from '../syntax/tree.ts'
import { findAttribute } from './attributes.ts'
import type { Machine } from './machine.ts'

/** @returns the first module of a dotted name, and the last */
export function* importModule(machine: Machine, name: string): Steps<[PyModule, PyModule]> {
  const parts = name.split('.')
  let first: PyModule | undefined
  let before: PyModule | undefined
  for (let i = 1; i <= parts.length; i++) {
    const full = parts.slice(0, i).join('.')
    const module = machine.modules.get(full) ?? (yield* load(machine, full, before))
    before?.attrs.set(parts[i - 1]!, module)
    first ??= module
    before = module
  }
  return [first!, before!]
}

/** A program's text as code, with what the compiler warns of told on standard error. @throws Raised SyntaxError */
export function* compiled(machine: Machine, source: string, file: string): Steps<FunctionCode> {
  const code = machine.parse(source, file)
  // Older ones told of such escapes only who had asked for it.
  const told = code.warnings?.filter(({ message }) => machine.version[1] >= 12 || !message.startsWith('invalid'))
  if (!told?.length) return code
  const lines = source.split('\n')
  for (const { line, message } of told) {
    const text = lines[line - 1]?.trim()
    machine.err.put(`${file}:${line}: SyntaxWarning: ${message}\n${text && !file.startsWith('<') ? `  ${text}\n` : ''}`)
  }
  yield* machine.wait(() => machine.err.flush())
  return code
}

/** The library's code, which nothing changes: it is read once for all programs. */
const parsed = new Map<string, FunctionCode>()

function parsedOnce(text: string, file: string): FunctionCode {
  const known = parsed.get(file)
  if (known) return known
  const code = parseModule(text, file)
  parsed.set(file, code)
  return code
}

function* load(machine: Machine, name: string, parent: PyModule | undefined): Steps<PyModule> {
  const make = moduleMakers[name]
  if (make) {
    const module = new PyModule(
      name,
      new Map<string, Value>([
        ['__name__', name],
        ['__simulated__', true],
      ]),
    )
    machine.modules.set(name, module)
    for (const [key, value] of Object.entries(make(machine))) module.attrs.set(key, value)
    return module
  }
  const text = yield* libraryFile(machine, name)
  if (text !== undefined) {
    const file = `/usr/local/lib/python${machine.version[0]}.${machine.version[1]}/${name.replaceAll('.', '/')}.py`
    return yield* run(
      machine,
      name,
      parsedOnce(text, file),
      text,
      new Map<string, Value>([
        ['__simulated__', true],
        ['__file__', file],
      ]),
    )
  }
  const found = findFile(machine, name, parent)
  if (found) {
    const attrs = new Map<string, Value>([['__file__', found.file]])
    if (found.folder) attrs.set('__path__', new PyList([found.folder]))
    const source = machine.process.fs.readFile(found.file)
    machine.sources.set(found.file, source)
    return yield* run(machine, name, yield* compiled(machine, source, found.file), source, attrs)
  }
  const top = name.split('.')[0]!
  if (STANDARD.has(top)) throw new NotSimulated(`the module '${name}'`)
  const message =
    parent && !parent.attrs.has('__path__')
      ? `No module named '${name}'; '${parent.name}' is not a package`
      : `No module named '${name}'`
  const error = raise('ModuleNotFoundError', message)
  error.exception.attrs!.set('name', name)
  throw error
}

function* run(
  machine: Machine,
  name: string,
  code: FunctionCode,
  source: string,
  attrs: Map<string, Value>,
): Steps<PyModule> {
  const module = new PyModule(name, new Map<string, Value>([['__name__', name], ['__doc__', null], ...attrs]))
  machine.modules.set(name, module)
  machine.sources.set(code.file, source)
  try {
    const frame = moduleFrame(code, module.attrs)
    yield { kind: 'enter', activation: { steps: machine.does.body(machine, code, frame), frame } }
  } catch (error) {
    machine.modules.delete(name)
    throw error
  }
  return module
}

export const moduleFrame = (code: FunctionCode, globals: Map<string, Value>): Frame => ({
  code,
  names: { values: globals, outer: undefined },
  globals,
  at: { line: 1, column: 0, endLine: 1, endColumn: 0 },
  handling: [],
  inClass: false,
  qualname: '',
})

function findFile(
  machine: Machine,
  name: string,
  parent: PyModule | undefined,
): { file: string; folder?: string } | undefined {
  const { fs } = machine.process
  const path = parent?.attrs.get('__path__')
  const folders = path instanceof PyList ? path.items : parent ? [] : machine.path.items
  const last = name.split('.').at(-1)!
  for (const folder of folders) {
    if (typeof folder !== 'string') continue
    const at = `${folder === '' ? machine.process.cwd : folder}`.replace(/\/$/, '')
    if (fs.exists(`${at}/${last}/__init__.py`)) return { file: `${at}/${last}/__init__.py`, folder: `${at}/${last}` }
    if (fs.exists(`${at}/${last}.py`)) return { file: `${at}/${last}.py` }
  }
  return undefined
}

export function* importFrom(
  machine: Machine,
  s: Extract<Statement, { kind: 'from' }>,
  frame: Frame,
): Steps<[Name, Value][]> {
  const base = s.level ? relative(s.level, s.module, frame) : s.module
  if (base === '__future__') return []
  const [, module] = yield* importModule(machine, base)
  const all: [Name, Value][] = []
  for (const { name, alias } of s.names) {
    if (name === '*') {
      const listed = module.attrs.get('__all__')
      const names =
        listed instanceof PyList ? listed.items.map(String) : [...module.attrs.keys()].filter(n => !n.startsWith('_'))
      for (const each of names) all.push([{ ...alias, id: each, home: 'global' }, module.attrs.get(each)!])
      continue
    }
    let found = findAttribute(machine, module, name) as Value | undefined
    if (
      found === undefined &&
      (module.attrs.has('__path__') || hasLibraryFile(`${base}.${name}`) || moduleMakers[`${base}.${name}`])
    )
      found = (yield* importModule(machine, `${base}.${name}`))[1]
    if (found === undefined) {
      if (module.attrs.has('__simulated__')) throw new NotSimulated(`${base}.${name}`)
      const file = module.attrs.get('__file__')
      const error = raise(
        'ImportError',
        `cannot import name '${name}' from '${base}' (${typeof file === 'string' ? file : 'unknown location'})`,
      )
      error.exception.attrs!.set('name', base)
      throw error
    }
    all.push([alias, found])
  }
  return all
}

function relative(level: number, module: string, frame: Frame): string {
  const name = String(frame.globals.get('__name__'))
  const parts = name.split('.')
  const keep = frame.globals.has('__path__') ? parts.length - level + 1 : parts.length - level
  if (name === '__main__' || keep < 1)
    throw raise('ImportError', 'attempted relative import with no known parent package')
  return [...parts.slice(0, keep), ...(module ? [module] : [])].join('.')
}
