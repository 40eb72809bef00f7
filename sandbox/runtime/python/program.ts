/** `python`: its options, where the program comes from, and how it ends. */
import { absolute, dirname, normalize } from '../files/path.ts'
import type { Process } from '../processes/process.ts'
import { builtinNames } from './builtins/index.ts'
import { fileServer } from './file-server.ts'
import { invoke } from './machine/calls.ts'
import { richCompare } from './machine/compare.ts'
import { outcome } from './machine/evaluate.ts'
import { block, body } from './machine/execute.ts'
import { compiled, importModule, moduleFrame } from './machine/imports.ts'
import { Machine, NO_KEYWORDS } from './machine/machine.ts'
import { weigh } from './machine/memory.ts'
import { operate } from './machine/operate.ts'
import { Output } from './machine/output.ts'
import { store } from './machine/targets.ts'
import { outOf, Stuck } from './machine/threads.ts'
import { flushAll } from './modules/streams.ts'
import { runAtExit } from './modules/support.ts'
import { isInt, type PyException, PyModule, Raised, type Steps, type Value } from './objects/values.ts'
import { NotSimulated } from './syntax/tree.ts'
import { traceback } from './traceback.ts'

const START_CPU_MS = 15
const BASE_MEMORY = 9_000_000
const REFUSED = 126

type Work = { code: string } | { file: string } | { module: string }

export const versionOf = ({ env }: Process): string => env.PYTHON_VERSION ?? '3.13.9'

interface Options {
  work: Work | undefined
  argv: string[]
  unbuffered: boolean
}

/** @throws NotSimulated for an option that means something else */
function optionsOf(words: readonly string[], env: Readonly<Record<string, string>>): Options {
  let unbuffered = !!env.PYTHONUNBUFFERED
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '-') return { work: undefined, argv: words.slice(i), unbuffered }
    if (!word.startsWith('-')) return { work: { file: word }, argv: words.slice(i), unbuffered }
    const [, plain = '', last = '', rest = ''] = /^-([uBEIqsS]*)([cmWX]?)(.*)$/s.exec(word) ?? []
    if (plain.includes('u')) unbuffered = true
    if (last === 'c' || last === 'm') {
      const given = rest || words[++i]
      if (given === undefined) throw new NotSimulated(`-${last} without an argument`)
      return {
        work: last === 'c' ? { code: given } : { module: given },
        argv: [`-${last}`, ...words.slice(i + 1)],
        unbuffered,
      }
    }
    if (last && !rest) i++
    if (rest && !last) throw new NotSimulated(`the option ${word}`)
  }
  return { work: undefined, argv: [''], unbuffered }
}

export async function python(process: Process): Promise<number> {
  const words = process.argv.slice(1)
  const version = versionOf(process)
  if (words[0] === '-V' || words[0] === '--version' || words[0] === '-VV')
    return process.write(1, `Python ${version}\n`).then(() => 0)
  try {
    if (version.startsWith('2')) throw new NotSimulated('Python 2')
    const options = optionsOf(words, process.env)
    const { work } = options
    if (work && 'module' in work) {
      if (work.module === 'http.server')
        return await fileServer(process, words.slice(words.indexOf('http.server') + 1), version)
      if (work.module === 'pip') throw new NotSimulated('pip')
    }
    if (!work && process.fds[0]?.isTerminal) throw new NotSimulated('the interactive prompt')
    process.memory = BASE_MEMORY
    await process.compute(START_CPU_MS)
    return await run(process, version, options)
  } catch (error) {
    if (error instanceof NotSimulated)
      return process.write(2, `python: not simulated: ${error.message}\n`).then(() => REFUSED)
    throw error
  }
}

async function allOf(process: Process): Promise<string> {
  let text = ''
  for (let piece = await process.read(0); piece; piece = await process.read(0)) text += piece
  return text
}

async function run(process: Process, version: string, { work, argv, unbuffered }: Options): Promise<number> {
  const numbers = version.split('.').map(Number)
  const out = new Output(process, 1, unbuffered)
  const err = new Output(process, 2, unbuffered)
  const machine = new Machine(process, [numbers[0] ?? 3, numbers[1] ?? 13, numbers[2] ?? 0], out, err, {
    invoke,
    outcome,
    block,
    body,
    store,
    richCompare,
    operate,
  })
  for (const [name, value] of builtinNames()) machine.builtins.set(name, value)
  machine.onRest = () => {
    process.memory = BASE_MEMORY + weigh(machine)
  }
  machine.listen('INT')
  machine.argv = argv
  let source: string
  let file = '<string>'
  if (!work) {
    source = await allOf(process)
    file = '<stdin>'
    machine.path.items.push('')
  } else if ('code' in work) {
    source = work.code
    machine.path.items.push('')
  } else if ('file' in work) {
    const path = normalize(absolute(process.cwd, work.file))
    const { fs } = process
    if (!fs.exists(path)) {
      await process.write(2, `${process.argv[0]}: can't open file '${path}': [Errno 2] No such file or directory\n`)
      return 2
    }
    const folder = fs.stat(path).type === 'directory'
    file = folder ? `${work.file.replace(/\/$/, '')}/__main__.py` : work.file
    if (folder && !fs.exists(`${path}/__main__.py`)) {
      await process.write(2, `/usr/local/bin/${process.argv[0]}: can't find '__main__' module in '${path}'\n`)
      return 1
    }
    try {
      source = fs.readFile(folder ? `${path}/__main__.py` : path)
    } catch {
      await process.write(2, `${process.argv[0]}: can't open file '${path}': [Errno 13] Permission denied\n`)
      return 2
    }
    // Tracebacks name the file by its whole path since 3.9.
    if (!file.startsWith('/')) file = normalize(absolute(process.cwd, file))
    machine.path.items.push(folder ? path : dirname(path))
  } else {
    source = ''
    machine.path.items.push(process.cwd)
  }
  for (const more of (process.env.PYTHONPATH ?? '').split(':')) if (more) machine.path.items.push(more)
  for (const more of [
    `/usr/local/lib/python${numbers[0]}.${numbers[1]}`,
    `/usr/local/lib/python${numbers[0]}.${numbers[1]}/site-packages`,
  ])
    machine.path.items.push(more)
  return await toTheEnd(machine, main(machine, work, source, file))
}

function* main(machine: Machine, work: Work | undefined, given: string, name: string): Steps {
  let [source, file] = [given, name]
  if (work && 'module' in work) {
    const found = findMain(machine, work.module)
    if (!found) throw new NotFoundModule(work.module)
    ;[source, file] = [machine.process.fs.readFile(found), found]
    machine.argv = [found, ...machine.argv.slice(1)]
  }
  const attrs = new Map<string, Value>([
    ['__name__', '__main__'],
    ['__doc__', null],
    ['__package__', null],
    ...(file.startsWith('<') ? [] : [['__file__', file] as [string, Value]]),
  ])
  machine.modules.set('__main__', new PyModule('__main__', attrs))
  attrs.set('__builtins__', new PyModule('builtins', machine.builtins))
  machine.modules.set('builtins', attrs.get('__builtins__') as PyModule)
  yield* importModule(machine, 'sys')
  machine.sources.set(file, source)
  const code = yield* compiled(machine, source, file)
  const frame = moduleFrame(code, attrs)
  yield { kind: 'enter', activation: { steps: body(machine, code, frame), frame } }
  return null
}

/** `python -m` of what is not there. */
class NotFoundModule extends Error {}

function findMain(machine: Machine, module: string): string | undefined {
  const path = module.replaceAll('.', '/')
  for (const folder of machine.path.items)
    for (const file of [`${String(folder)}/${path}.py`, `${String(folder)}/${path}/__main__.py`])
      if (machine.process.fs.exists(file)) return file
  return undefined
}

async function toTheEnd(machine: Machine, steps: Steps): Promise<number> {
  const { process } = machine
  let code = 0
  try {
    code = await ended(machine, steps)
    await ended(machine, joinThreads(machine))
    await machine.threads.run(runAtExit(machine))
    machine.threads.end()
  } catch (error) {
    if (error instanceof Stuck) {
      // Nobody can be heard any more: it burns CPU until somebody kills it.
      for (;;) await process.compute(1000)
    }
    if (error instanceof NotSimulated) await machine.out.flush()
    if (error instanceof NotFoundModule) {
      const name = process.argv[0]!.split('/').pop()
      await process.write(2, `/usr/local/bin/${name}: No module named ${error.message}\n`)
      return 1
    }
    throw error
  }
  try {
    await machine.threads.run(flushed(machine))
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    code = 120
  }
  return code
}

/** The program ends when all its threads have ended but those that nobody has to wait for. */
function* joinThreads(machine: Machine): Steps {
  const join = machine.modules.get('threading')?.attrs.get('_shutdown')
  return join === undefined ? null : yield* outOf(invoke(machine, join, [], NO_KEYWORDS))
}

/** Runs a program. @returns its exit code, with the traceback of what nobody caught written */
async function ended(machine: Machine, steps: Steps): Promise<number> {
  try {
    await machine.threads.run(steps)
    return 0
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    const { exception } = error
    if (exception.cls.mro.some(cls => cls.name === 'SystemExit')) return await exitCode(machine, exception)
    await machine.out.flush()
    await machine.process.write(2, traceback(machine, exception))
    if (exception.cls.name !== 'KeyboardInterrupt') return 1
    machine.process.on('INT', undefined)
    machine.process.kill(machine.process.pid, 'INT')
    return 130
  }
}

async function exitCode(machine: Machine, exception: PyException): Promise<number> {
  const code = exception.args.length > 1 ? exception : (exception.args[0] ?? null)
  if (code === null) return 0
  if (isInt(code)) return Number(code) & 255
  await machine.out.flush()
  await machine.process.write(2, `${machine.str(code)}\n`)
  return 1
}

/** As a thread runs it, whose steps end with a value. */
function* flushed(machine: Machine): Steps {
  yield* flushAll(machine)
  return null
}
