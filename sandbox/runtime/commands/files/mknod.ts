/** `mknod`: a named pipe; devices are not simulated. */
import { isErrno } from '../../errno.ts'
import { type Command, complain, Missing, options, Usage } from '../command.ts'
import { modeGiven } from './modes.ts'

export const mknod: Command = call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, 'm:', gnu ? { mode: 'm' } : {})
  const [name, type, major, minor] = flags.rest
  if (name === undefined) throw new Missing('missing operand')
  const mode = modeGiven(call, name, flags.value('m'))
  if (type === undefined) throw new Missing(gnu ? `missing operand after '${name}'` : '')
  if (type !== 'p' && minor === undefined)
    throw gnu
      ? new Usage(
          `missing operand after '${flags.rest.at(-1)}'\nSpecial files require major and minor device numbers.\nTry 'mknod --help' for more information.`,
        )
      : new Missing('')
  if (!/^[bcup]/.test(type)) throw gnu ? new Usage(`invalid device type '${type}'`) : new Missing('')
  if (type !== 'p') return complain(call, `${name}: devices are not simulated`, 126)
  if (major !== undefined) throw gnu ? new Usage('Fifos do not have major and minor device numbers.') : new Missing('')
  try {
    call.process.fs.mkfifo(name, mode)
    return 0
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(call, `${name}: ${error.message}`)
  }
}
