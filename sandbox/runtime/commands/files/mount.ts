/** mount and umount: what is mounted, and what root may change of it. */
import { isErrno } from '../../errno.ts'
import { mount as mountSystem, unmount } from '../../files/mounting.ts'
import type { Proc } from '../../processes/proc.ts'
import { type Command, complain, Missing, options, print, Refusal } from '../command.ts'

/** What GNU's tools add to every failure. */
const HINT = '\n       dmesg(1) may have more information after failed mount system call.'

export const mount: Command = async call => {
  const { process, flavour } = call
  const gnu = flavour === 'gnu'
  const flags = options(call, 'aflnrt:o:vwBR', {
    types: 't',
    options: 'o',
    'read-only': 'r',
    bind: 'B',
    rbind: 'R',
    'make-rprivate': 'make-rprivate',
    'make-private': 'make-private',
  })
  const type = flags.value('t')
  const [source, target] = flags.rest
  if (source === undefined) {
    const mounts = process.fs.mounts().filter(m => type === undefined || m.type === type)
    return print(call, mounts.map(m => `${m.source} on ${m.path} type ${m.type} (${m.options})\n`).join(''))
  }
  const given = [
    ...(flags.value('o')?.split(',') ?? []),
    ...(flags.has('r') ? ['ro'] : []),
    ...(flags.has('B') ? ['bind'] : []),
    ...(flags.has('R') ? ['rbind'] : []),
  ]
  // Nothing that is mounted here is seen anywhere else anyway.
  if (flags.has('make-rprivate') || flags.has('make-private')) return 0
  if (target === undefined && !given.includes('remount'))
    return complain(
      call,
      gnu ? `${source}: can't find in /etc/fstab.` : "can't read '/etc/fstab': No such file or directory",
    )
  const path = target ?? source
  try {
    const missing = mountSystem(process as Proc, { source, target: path, type, options: given })
    if (missing) throw new Refusal(`${missing}: not simulated`, 126)
    return 0
  } catch (error) {
    if (!isErrno(error)) throw error
    const { code, message } = error
    if (!gnu)
      return code === 'EPERM'
        ? complain(call, 'permission denied (are you root?)')
        : complain(call, `mounting ${source} on ${path} failed: ${message}`, 255)
    const why =
      code === 'ENOENT'
        ? process.fs.exists(path)
          ? `special device ${source} does not exist.`
          : 'mount point does not exist.'
        : code === 'ENODEV'
          ? `unknown filesystem type '${type}'.`
          : code === 'EPERM'
            ? process.uid === 0
              ? 'permission denied.'
              : 'must be superuser to use mount.'
            : `${message.toLowerCase()}.`
    return complain(call, `${path}: ${why}${HINT}`, code === 'EPERM' && process.uid !== 0 ? 1 : 32)
  }
}

export const umount: Command = async call => {
  const { process, flavour } = call
  const gnu = flavour === 'gnu'
  const flags = options(call, 'aflnrt:d', { force: 'f', lazy: 'l' })
  if (!flags.rest.length) throw new Missing('')
  let status = 0
  for (const target of flags.rest) {
    try {
      unmount(process as Proc, target, flags.has('l'))
    } catch (error) {
      if (!isErrno(error)) throw error
      const { code, message } = error
      if (!gnu) status = await complain(call, `can't unmount ${target}: ${message}`)
      else {
        const why = {
          ENOENT: 'no mount point specified.',
          EINVAL: 'not mounted.',
          EBUSY: 'target is busy.',
          EPERM: 'must be superuser to unmount.',
        }
        status = await complain(call, `${target}: ${why[code as keyof typeof why] ?? message}`, 32)
      }
    }
  }
  return status
}
