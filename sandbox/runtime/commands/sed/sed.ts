/** `sed`: its options, and where the lines come from and go to. */
import type { Stream } from '../../process.ts'
import { type Call, type Command, Missing, options, print } from '../command.ts'
import { inputs, lines, readAll } from '../reading.ts'
import { edit } from './edit.ts'
import { Parser } from './parser.ts'

/** What comes of a file that cannot be read. */
const unreadable = (call: Call): number => (call.flavour === 'gnu' ? 2 : 1)

/** With `-z` a line ends with a null: a text without one is all one line. */
async function* whole(call: Call, stream: Stream): AsyncGenerator<string> {
  for (const part of (await readAll(call.process, stream)).split('\0')) if (part) yield part
}

export const sed: Command = async call => {
  const flags = options(call, 'nEre:f:i::suzb', {
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    expression: 'e',
    file: 'f',
    'in-place': 'i',
    separate: 's',
    unbuffered: 'u',
    'null-data': 'z',
    posix: 'b',
  })
  const rest = [...flags.rest]
  const scripts = [...flags.values('e'), ...flags.values('f').map(file => call.process.fs.readFile(file))]
  if (!scripts.length) {
    const script = rest.shift()
    if (script === undefined) throw new Missing('no script given')
    scripts.push(script)
  }
  const program = new Parser(scripts.join('\n'), flags.has('E') || flags.has('r'), call.flavour).script()
  if (!flags.has('i')) {
    let code = 0
    const source = async function* (): AsyncGenerator<string> {
      for await (const { stream } of inputs(call, rest, () => {
        code ||= unreadable(call)
      })) {
        yield* flags.has('z') ? whole(call, stream) : lines(call.process, stream)
      }
    }
    const say = (text: string): Promise<void> => print(call, text)
    if (!flags.has('s')) return (await edit(call.process, program, source(), flags.has('n'), say)) || code
    for (const file of rest.length ? rest : ['-'])
      for await (const { stream } of inputs(call, [file], () => {
        code ||= unreadable(call)
      }))
        code = (await edit(call.process, program, lines(call.process, stream), flags.has('n'), say)) || code
    return code
  }
  let code = 0
  for await (const { name, stream } of inputs(call, rest, () => {
    code = unreadable(call)
  })) {
    let out = ''
    const suffix = flags.value('i')
    if (suffix) {
      const { mode } = call.process.fs.stat(name)
      call.process.fs.writeFile(`${name}${suffix}`, call.process.fs.readFile(name), { mode })
    }
    await edit(call.process, program, lines(call.process, stream), flags.has('n'), async text => {
      out += text
    })
    call.process.fs.writeFile(name, out)
  }
  return code
}
