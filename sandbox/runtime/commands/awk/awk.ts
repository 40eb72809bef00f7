/** `awk`: its flags, and its complaints in the words of busybox and of Debian's mawk. */
import { isErrno } from '../../errno.ts'
import { type Command, Missing, options } from '../command.ts'
import { regexp } from '../regexp.ts'
import { unescapeText } from '../text.ts'
import { Interpreter } from './interpreter.ts'
import { AwkSyntaxError } from './lexer.ts'
import { AwkError } from './operators.ts'
import { parseAwk } from './parser.ts'
import type { Program } from './tree.ts'
import { fromOutside } from './values.ts'

export const awk: Command = async call => {
  const { process } = call
  const busybox = call.flavour === 'busybox'
  const flags = options(call, '+F:v:f:e:')
  const complain = async (message: string, code: number): Promise<number> => {
    await process.write(2, `awk: ${message}\n`)
    return code
  }
  const sources = [...flags.values('f').map(file => process.fs.readFile(file)), ...flags.values('e')]
  const source = sources.length ? sources.join('\n') : flags.rest.shift()
  if (source === undefined) throw new Missing('missing program', busybox ? 1 : 2)
  let program: Program
  try {
    program = parseAwk(source)
  } catch (error) {
    if (!(error instanceof AwkSyntaxError)) throw error
    return busybox
      ? complain(`cmd. line:${error.line}: ${error.message}`, 1)
      : complain(`line ${error.line}: syntax error at or near ${error.near.trim() || 'end of line'}`, 2)
  }
  const interpreter = new Interpreter(call, program, pattern => regexp(pattern, 'extended'))
  const separator = flags.value('F')
  if (separator !== undefined) interpreter.set('FS', unescapeText(separator, false).text)
  for (const assignment of flags.values('v')) {
    const at = assignment.indexOf('=')
    interpreter.set(assignment.slice(0, at), fromOutside(unescapeText(assignment.slice(at + 1), false).text))
  }
  try {
    return await interpreter.run(['awk', ...flags.rest])
  } catch (error) {
    if (error instanceof AwkError)
      return complain(busybox ? `cmd. line:1: ${error.message}` : error.message.toLowerCase(), busybox ? 1 : 2)
    const file = interpreter.text(interpreter.get('FILENAME'))
    if (!isErrno(error, 'ENOENT') || !file) throw error
    return busybox ? complain(`${file}: ${error.message}`, 1) : complain(`cannot open ${file} (${error.message})`, 2)
  }
}
