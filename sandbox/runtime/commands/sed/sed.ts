/** `sed`: its options, and where the lines come from and go to. */

import { isErrno } from '../../errno.ts'
import type { Stream } from '../../processes/process.ts'
import { type Call, type Command, complain, Missing, type Options, options, print, Refusal } from '../command.ts'
import { inputs, lines, readAll } from '../text/reading.ts'
import { edit } from './edit.ts'
import type { Instruction } from './instruction.ts'
import { Outputs } from './outputs.ts'
import { Parser } from './parser.ts'

/** What comes of a file that cannot be read. */
const unreadable = (call: Call): number => (call.flavour === 'gnu' ? 2 : 1)

/** With `-z` a line ends with a null: a text without one is all one line. */
async function* whole(call: Call, stream: Stream): AsyncGenerator<string> {
  for (const part of (await readAll(call.process, stream)).split('\0')) if (part) yield part
}

const LONG_OPTIONS = {
  quiet: 'n',
  silent: 'n',
  'regexp-extended': 'E',
  expression: 'e',
  file: 'f',
  'in-place': 'i',
  'line-length': 'l',
  separate: 's',
  unbuffered: 'u',
  'null-data': 'z',
  posix: 'b',
} as const

function scriptIn({ process, flavour }: Call, file: string): string {
  try {
    return process.fs.readFile(file).replace(/\n$/, '')
  } catch (error) {
    if (!isErrno(error)) throw error
    if (flavour === 'gnu') throw new Refusal(`couldn't open file ${file}: ${error.message}`)
    throw new Refusal(`${file}: ${error.message}`)
  }
}

/** A script and how it is to be run. */
interface Job {
  call: Call
  flags: Options
  program: readonly Instruction[]
  outputs: Outputs
}

export const sed: Command = async call => {
  const flags =
    call.flavour === 'gnu'
      ? options(call, 'nEre:f:i::suzbl:', LONG_OPTIONS)
      : options(call, 'nEre:f:i::', {
          quiet: 'n',
          silent: 'n',
          'regexp-extended': 'E',
          expression: 'e',
          file: 'f',
          'in-place': 'i',
        })
  const rest = [...flags.rest]
  const scripts = [...flags.values('e'), ...flags.values('f').map(file => scriptIn(call, file))]
  if (!scripts.length) {
    const script = rest.shift()
    if (script === undefined) throw new Missing('no script given')
    scripts.push(script)
  }
  const program = new Parser(scripts.join('\n'), flags.has('E') || flags.has('r'), call.flavour).script()
  const job = { call, flags, program, outputs: new Outputs(call, program) }
  const code = await (flags.has('i') ? inPlace(job, rest) : toOutput(job, rest))
  await job.outputs.end()
  return code
}

/** Runs the script on some lines. @returns the exit code that it asks for */
const editLines = (
  { call, flags, program, outputs }: Job,
  source: AsyncGenerator<string>,
  emit: (text: string) => Promise<void>,
  fileName: () => string,
): Promise<number> =>
  edit(call.process, program, source, flags.has('n'), emit, {
    busybox: call.flavour !== 'gnu',
    fileName,
    files: outputs,
  })

/** All files as one text, or with `-s` each by itself. */
async function toOutput(job: Job, names: readonly string[]): Promise<number> {
  const { call, flags } = job
  let code = 0
  let current = '-'
  const source = async function* (files: readonly string[]): AsyncGenerator<string> {
    for await (const { name, stream } of inputs(call, files, () => {
      code ||= unreadable(call)
    })) {
      current = name === 'standard input' ? '-' : name
      yield* flags.has('z') ? whole(call, stream) : lines(call.process, stream)
    }
  }
  const say = (text: string): Promise<void> => print(call, text)
  if (!flags.has('s')) return (await editLines(job, source(names), say, () => current)) || code
  for (const file of names.length ? names : ['-'])
    code = (await editLines(job, source([file]), say, () => current)) || code
  return code
}

/** Each file is replaced by what the script makes of it. */
async function inPlace(job: Job, names: readonly string[]): Promise<number> {
  const { call, flags } = job
  const { fs } = call.process
  const gnu = call.flavour === 'gnu'
  let code = 0
  const files: string[] = []
  for (const file of names) {
    if (gnu && fs.exists(file) && fs.stat(file).type !== 'file') {
      await complain(call, `couldn't edit ${file}: not a regular file`)
      code = 4
    } else files.push(file)
  }
  if (!files.length && names.length) return code
  for await (const { name, stream } of inputs(call, files, () => {
    code ||= unreadable(call)
  })) {
    let out = ''
    const suffix = flags.value('i')
    if (suffix) fs.writeFile(`${name}${suffix}`, fs.readFile(name), { mode: fs.stat(name).mode })
    const keep = async (text: string): Promise<void> => {
      out += text
    }
    await editLines(job, lines(call.process, stream), keep, () => name)
    const refused = refusalToReplace(call, name)
    if (refused) {
      await complain(call, refused)
      return gnu ? 4 : 1
    }
    fs.writeFile(name, out)
  }
  return code
}

/** A file is edited in a new one beside it, which then takes its name: not in a directory of others, nor where it is mounted. */
function refusalToReplace({ process, flavour }: Call, name: string): string | undefined {
  try {
    process.fs.rename(name, name)
    return undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    const isMounted = error.code === 'EBUSY'
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    const random = Array.from({ length: 6 }, () => letters[process.random.int(letters.length)]).join('')
    if (flavour === 'gnu') {
      const dir = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '.'
      return `${isMounted ? 'cannot rename' : "couldn't open temporary file"} ${dir}/sed${random}: ${error.message}`
    }
    return isMounted
      ? `can't move '${name}${random}' to '${name}': ${error.message}`
      : `can't create temp file '${name}XXXXXX': ${error.message}`
  }
}
