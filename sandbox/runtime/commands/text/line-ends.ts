/** `dos2unix` and `unix2dos`: lines that end with CR LF, and lines that end with LF. */
import { isErrno } from '../../errno.ts'
import { type Command, Missing, options, print, Refusal } from '../command.ts'
import { readAll } from './reading.ts'

export const lineEnds: Command = async call => {
  const { process } = call
  const flags = options(call, 'du')
  if (flags.has('d') && flags.has('u')) throw new Missing('')
  const toUnix = flags.has('u') || (!flags.has('d') && call.name === 'dos2unix')
  const converted = (text: string): string => {
    const bare = text.replaceAll('\r', '')
    return toUnix ? bare : bare.replaceAll('\n', '\r\n')
  }
  if (!flags.rest.length) return print(call, converted(await readAll(process, process.fds[0]!)))
  for (const name of flags.rest) {
    try {
      process.fs.writeFile(name, converted(process.fs.readFile(name)))
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Refusal(`can't open '${name}': ${error.message}`)
    }
  }
}
