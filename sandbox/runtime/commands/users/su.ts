/** Commands that run another in other shoes, or below another root: su, chroot. */

import { isErrno, words } from '../../errno.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Process, SpawnOptions } from '../../processes/process.ts'
import { type Command, complain, Missing, options, Refusal } from '../command.ts'
import { isDirectory } from '../files/operands.ts'
import { find, groupsOf, PASSWD } from './user-tables.ts'

interface Person {
  name: string
  uid: number
  gid: number
  groups: readonly number[]
  home: string
  shell: string
}

function personOf(process: Process, name: string): Person | undefined {
  const line = find(process, PASSWD, name)
  if (!line) return undefined
  const [user = '', , uid, gid, , home = '/', shell = ''] = line
  return {
    name: user,
    uid: Number(uid),
    gid: Number(gid),
    groups: groupsOf(process, line),
    home,
    shell: shell || '/bin/sh',
  }
}

/** Runs a program and waits for it; what is sent meanwhile is meant for that. */
export async function stepAside(process: Process, options: SpawnOptions): Promise<number> {
  const child = process.spawn(options)
  // In other namespaces it may have a number that means nothing here, or somebody else.
  for (const signal of ['TERM', 'INT', 'HUP', 'QUIT'] as const) process.on(signal, () => (child as Proc).signal(signal))
  for (;;) {
    try {
      return (await process.wait(child.pid)).status.code
    } catch (error) {
      if (!isErrno(error) || error.code !== 'EINTR') throw error
    }
  }
}

/** Whether a process may not do what takes this capability. */
const lacks = (process: Process, capability: string): boolean =>
  process.uid !== 0 || (process as Proc).world.capabilities?.has(capability) === false

export const su: Command = async call => {
  const flags = options(call, '+lmpc:s:', { login: 'l', 'preserve-environment': 'm', command: 'c', shell: 's' })
  const { process } = call
  let { rest } = flags
  const login = flags.has('l') || rest[0] === '-'
  if (rest[0] === '-') rest = rest.slice(1)
  const [name = 'root', ...more] = rest
  // Flags may come behind the name.
  const later = options({ ...call, args: more }, '+lmpc:s:', { login: 'l', command: 'c', shell: 's' })
  const person = personOf(process, name)
  if (!person)
    return complain(
      call,
      call.flavour === 'busybox'
        ? `unknown user ${name}`
        : `user ${name} does not exist or the user entry does not contain all the required fields`,
    )
  if (process.uid !== 0)
    return complain(call, call.flavour === 'busybox' ? 'must be suid to work properly' : 'Authentication failure')
  if (lacks(process, 'SETGID'))
    return complain(call, `${call.flavour === 'busybox' ? "can't" : 'cannot'} set groups: ${words('EPERM')}`)
  const shell = later.value('s') ?? flags.value('s') ?? person.shell
  if (!process.fs.exists(shell))
    return complain(
      call,
      `${call.flavour === 'busybox' ? `can't execute '${shell}'` : `failed to execute ${shell}`}: No such file or directory`,
      127,
    )
  const command = later.value('c') ?? flags.value('c')
  const keep = flags.has('m') || flags.has('p')
  const own = { HOME: person.home, SHELL: shell, ...(person.uid !== 0 && { USER: person.name, LOGNAME: person.name }) }
  const env = login
    ? { ...own, PATH: process.env.PATH ?? '', ...(process.env.TERM && { TERM: process.env.TERM }) }
    : { ...process.env, ...(keep ? {} : own) }
  const cwd = login && isDirectory(process, person.home) ? person.home : process.cwd
  const argv = [shell, ...(command === undefined ? later.rest : ['-c', command, ...later.rest])]
  const { uid, gid, groups } = person
  return stepAside(process, { argv, uid, gid, groups, env, cwd })
}

/** A program whose root is another directory. */
export const chroot: Command = async call => {
  const flags = options(call, '+', { userspec: 'userspec:', groups: 'groups:' })
  const { process, flavour } = call
  const busybox = flavour === 'busybox'
  const [root, command, ...args] = flags.rest
  if (root === undefined) throw new Missing('missing operand')
  const cannot = (why: string): Refusal =>
    new Refusal(`${busybox ? "can't" : 'cannot'} change root directory to '${root}': ${why}`, busybox ? 1 : 125)
  if (lacks(process, 'SYS_CHROOT')) throw cannot(words('EPERM'))
  if (flags.has('userspec') || flags.has('groups'))
    return complain(call, 'running a program as somebody else is not simulated', busybox ? 1 : 125)
  try {
    if (process.fs.stat(root).type !== 'directory') throw cannot(words('ENOTDIR'))
  } catch (error) {
    if (!isErrno(error)) throw error
    throw cannot(error.message)
  }
  const shell = process.env.SHELL ?? '/bin/sh'
  const argv = command === undefined ? [shell, '-i'] : [command, ...args]
  try {
    return await stepAside(process, { argv, cwd: '/', root })
  } catch (error) {
    if (!isErrno(error)) throw error
    const failed = busybox ? `can't execute '${argv[0]}'` : `failed to run command '${argv[0]}'`
    throw new Refusal(`${failed}: ${error.message}`, error.code === 'ENOENT' ? 127 : 126)
  }
}
