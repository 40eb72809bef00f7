/** `sed`: its options, and where the lines come from and go to. */
import { type Command, Missing, options, print } from '../command.ts'
import { inputs, lines } from '../reading.ts'
import { edit } from './edit.ts'
import { Parser } from './parser.ts'

export const sed: Command = async call => {
  const flags = options(call, 'nEre:f:i', {
    quiet: 'n',
    silent: 'n',
    'regexp-extended': 'E',
    expression: 'e',
    file: 'f',
    'in-place': 'i',
  })
  const rest = [...flags.rest]
  const scripts = [...flags.values('e'), ...flags.values('f').map(file => call.process.fs.readFile(file))]
  if (!scripts.length) {
    const script = rest.shift()
    if (script === undefined) throw new Missing('no script given')
    scripts.push(script)
  }
  const program = new Parser(scripts.join('\n'), flags.has('E') || flags.has('r'), call.flavour).parse()
  if (!flags.has('i')) {
    let code = 0
    const source = async function* (): AsyncGenerator<string> {
      for await (const { stream } of inputs(call, rest, () => {
        code = 1
      }))
        yield* lines(call.process, stream)
    }
    const quit = await edit(call.process, program, source(), flags.has('n'), text => print(call, text))
    return quit || code
  }
  for (const file of rest) {
    let out = ''
    const stream = call.process.fs.open(file, 'r')
    await edit(call.process, program, lines(call.process, stream), flags.has('n'), async text => {
      out += text
    })
    call.process.fs.writeFile(file, out)
  }
  return 0
}
