/** `awk`: its flags, and its complaints in the words of busybox and of Debian's mawk. */
import { isErrno } from '../../errno.ts'
import { type Command, Missing, options, Refusal } from '../command.ts'
import { unescapeText } from '../scripting/text.ts'
import { readAll } from '../text/reading.ts'
import { BadRegexp, regexp } from '../text/regexp.ts'
import { Interpreter } from './interpreter.ts'
import { AwkSyntaxError } from './lexer.ts'
import { AwkError } from './operators.ts'
import { parseAwk } from './parser.ts'
import type { Program } from './tree.ts'
import { fromOutside } from './values.ts'

const mawks = (message: string): string =>
  message.startsWith('regular expression') ? `line 1: ${message}` : message.toLowerCase()

/** busybox tries once more with what has no meaning in a basic expression. */
function compiled(pattern: string, busybox: boolean): RegExp {
  try {
    return regexp(pattern, 'extended')
  } catch (error) {
    if (!(error instanceof BadRegexp)) throw error
    if (!busybox) {
      const why = /Unmatched \(/.test(error.message) ? "missing ')'" : error.message
      throw new AwkError(`regular expression compile failed (${why})\n${pattern}`)
    }
    try {
      return regexp(pattern, 'basic')
    } catch {
      throw new Refusal(`bad regex '${pattern}': ${error.message}`)
    }
  }
}

export const awk: Command = async call => {
  const { process } = call
  const busybox = call.flavour === 'busybox'
  const complain = async (message: string, code: number): Promise<number> => {
    await process.write(2, `awk: ${message}\n`)
    return code
  }
  // mawk's own words for options that it has not.
  const first = call.args.find(arg => !/^-[Fvfe]/.test(arg))
  if (!busybox && first?.startsWith('--') && first !== '--') return complain(`not an option: ${first}`, 2)
  const flags = options(call, '+F:v:f:e:')
  const wrongName = flags.values('v').find(assignment => !/^[A-Za-z_]\w*=/.test(assignment))
  if (wrongName !== undefined) {
    if (busybox) throw new Missing('')
    return complain(`improper assignment: -v ${wrongName}`, 2)
  }
  const sources: string[] = []
  for (const file of flags.values('f')) {
    try {
      sources.push(file === '-' ? await readAll(process, process.fds[0]!) : process.fs.readFile(file))
    } catch (error) {
      if (!isErrno(error)) throw error
      return busybox
        ? complain(`can't open '${file}': ${error.message}`, 1)
        : complain(`cannot open ${file} (${error.message})`, 2)
    }
  }
  sources.push(...flags.values('e'))
  const source = sources.length ? sources.join('\n') : flags.rest.shift()
  if (source === undefined) throw new Missing('missing program', busybox ? 1 : 2)
  let program: Program
  try {
    program = parseAwk(source, call.flavour)
    const undefinedOnes = busybox ? [] : program.undefined
    if (undefinedOnes.length) {
      const line = source.split('\n').length + 1
      for (const name of undefinedOnes) await complain(`line ${line}: function ${name} never defined`, 2)
      return 2
    }
  } catch (error) {
    if (!(error instanceof AwkSyntaxError)) throw error
    return busybox
      ? complain(`cmd. line:${error.line}: ${error.message}`, 1)
      : complain(`line ${error.line}: syntax error at or near ${error.near.trim() || 'end of line'}`, 2)
  }
  const interpreter = new Interpreter(call, program, pattern => compiled(pattern, busybox))
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
      return complain(busybox ? `cmd. line:1: ${error.message}` : mawks(error.message), busybox ? 1 : 2)
    const file = interpreter.text(interpreter.get('FILENAME'))
    if (!isErrno(error) || error.code === 'EPIPE' || !file) throw error
    return busybox ? complain(`${file}: ${error.message}`, 1) : complain(`cannot open ${file} (${error.message})`, 2)
  }
}
