/** `sed`: its options, and where the lines come from and go to. */

import { isErrno } from '../../errno.ts'
import type { Stream } from '../../processes/process.ts'
import { type Call, type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { inputs, lines, readAll } from '../text/reading.ts'
import { edit } from './edit.ts'
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

export const sed: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = gnu
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
  let current = '-'
  const how = { busybox: !gnu, fileName: () => current }
  if (!flags.has('i')) {
    let code = 0
    const source = async function* (): AsyncGenerator<string> {
      for await (const { name, stream } of inputs(call, rest, () => {
        code ||= unreadable(call)
      })) {
        current = name === 'standard input' ? '-' : name
        yield* flags.has('z') ? whole(call, stream) : lines(call.process, stream)
      }
    }
    const say = (text: string): Promise<void> => print(call, text)
    if (!flags.has('s')) return (await edit(call.process, program, source(), flags.has('n'), say, how)) || code
    for (const file of rest.length ? rest : ['-'])
      for await (const { stream } of inputs(call, [file], () => {
        code ||= unreadable(call)
      }))
        code = (await edit(call.process, program, lines(call.process, stream), flags.has('n'), say, how)) || code
    return code
  }
  let code = 0
  const files: string[] = []
  for (const file of rest) {
    if (gnu && call.process.fs.exists(file) && call.process.fs.stat(file).type !== 'file') {
      await complain(call, `couldn't edit ${file}: not a regular file`)
      code = 4
    } else files.push(file)
  }
  if (!files.length && rest.length) return code
  for await (const { name, stream } of inputs(call, files, () => {
    code ||= unreadable(call)
  })) {
    let out = ''
    current = name
    const suffix = flags.value('i')
    if (suffix) {
      const { mode } = call.process.fs.stat(name)
      call.process.fs.writeFile(`${name}${suffix}`, call.process.fs.readFile(name), { mode })
    }
    await edit(
      call.process,
      program,
      lines(call.process, stream),
      flags.has('n'),
      async text => {
        out += text
      },
      how,
    )
    const refused = refusalToReplace(call, name)
    if (refused) {
      await complain(call, refused)
      return gnu ? 4 : 1
    }
    call.process.fs.writeFile(name, out)
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
