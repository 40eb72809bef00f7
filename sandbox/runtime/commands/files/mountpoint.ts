/** `mountpoint`: whether something is mounted on a directory. */
import { isErrno } from '../../errno.ts'
import { type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { mountCovering } from './disks.ts'
import { realpath } from './paths.ts'

/** GNU's says by it that a path is none, apart from all that can go wrong. */
const IS_NONE = 32

export const mountpoint: Command = async call => {
  const { process, flavour } = call
  const gnu = flavour === 'gnu'
  const flags = options(call, gnu ? 'qdx' : 'qdnx', gnu ? { quiet: 'q', fs_devno: 'd', devno: 'x' } : {})
  const [name, more] = flags.rest
  if (name === undefined || more !== undefined) throw new Missing('bad usage')
  for (const flag of ['d', 'n', 'x']) if (flags.has(flag)) throw new Refusal(`-${flag}: not simulated`, 126)
  let is: boolean
  try {
    if (process.fs.stat(name).type !== 'directory' && !gnu) return complain(call, `${name}: Not a directory`)
    const path = realpath(process, name)
    const mount = mountCovering(process, path)
    // busybox asks only whether the directory above is on another device: it misses a part of one mounted within it.
    is = mount.path === path && (gnu || path === '/' || mountCovering(process, `${path}/..`).device !== mount.device)
  } catch (error) {
    if (!isErrno(error)) throw error
    return flags.has('q') ? 1 : complain(call, `${name}: ${error.message}`)
  }
  if (!flags.has('q')) await print(call, `${name} is ${is ? '' : 'not '}a mountpoint\n`)
  if (is) return 0
  return gnu ? IS_NONE : 1
}
