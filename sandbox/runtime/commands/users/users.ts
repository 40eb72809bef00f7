/** Commands about users and groups: id, groups, whoami. */
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, complain, options, print, Refusal } from '../command.ts'
import { idOf, nameOf } from '../files/modes.ts'
import { find, groupsOf, PASSWD } from './user-tables.ts'

/** All groups of a user who is asked for: by the tables, not by what a process is. */
const groupsOfUser = (process: Process, uid: number): number[] =>
  groupsOf(process, find(process, PASSWD, String(uid)) ?? ['', '', String(uid)])

/** On one line. Busybox complains of each that should have a name and has none, and fails for it. */
async function printAll(call: Call, ids: number[], show: (n: number) => string, named: boolean): Promise<number> {
  const nameless = ids.filter(n => named && call.flavour === 'busybox' && show(n) === String(n))
  for (const n of nameless) await complain(call, `unknown ID ${n}`)
  await print(call, `${ids.map(show).join(' ')}\n`)
  return nameless.length ? 1 : 0
}

export const id: Command = async call => {
  const flags = options(call, 'ugnGr', { user: 'u', group: 'g', name: 'n', groups: 'G' })
  const { process } = call
  const user = flags.rest[0]
  const uid = user === undefined ? process.uid : idOf(process, user, '/etc/passwd')
  if (uid === undefined) throw new Refusal(call.flavour === 'gnu' ? `'${user}': no such user` : `unknown user ${user}`)
  const own = process.groups.length ? process.groups : [process.gid]
  const groups = user === undefined ? own : groupsOfUser(process, uid)
  const gid = user === undefined ? process.gid : groups[0]!
  const show = (n: number, file: '/etc/passwd' | '/etc/group'): string =>
    flags.has('n') ? nameOf(process, n, file) : String(n)
  const listed = (ids: number[], file: '/etc/passwd' | '/etc/group'): Promise<number> =>
    printAll(call, ids, n => show(n, file), flags.has('n'))
  if (flags.has('u')) return listed([uid], '/etc/passwd')
  if (flags.has('g')) return listed([gid], '/etc/group')
  if (flags.has('G')) return listed([...groups], '/etc/group')
  const named = (n: number, file: '/etc/passwd' | '/etc/group'): string => {
    const name = nameOf(process, n, file)
    return name === String(n) ? String(n) : `${n}(${name})`
  }
  const supplementary =
    call.flavour === 'gnu' || user !== undefined || process.groups.length
      ? ` groups=${groups.map(g => named(g, '/etc/group')).join(',')}`
      : ''
  await print(call, `uid=${named(uid, '/etc/passwd')} gid=${named(gid, '/etc/group')}${supplementary}\n`)
  return 0
}

export const groups: Command = async call => {
  const user = call.args[0]
  const uid = user === undefined ? call.process.uid : idOf(call.process, user, '/etc/passwd')
  if (uid === undefined) throw new Refusal(call.flavour === 'gnu' ? `'${user}': no such user` : `unknown user ${user}`)
  const own = call.process.groups.length ? call.process.groups : [call.process.gid]
  const all = user === undefined ? own : groupsOfUser(call.process, uid)
  if (user !== undefined && call.flavour === 'gnu') await print(call, `${user} : `)
  return printAll(call, [...all], gid => nameOf(call.process, gid, '/etc/group'), true)
}

export const whoami: Command = async call => {
  const name = nameOf(call.process, call.process.uid, '/etc/passwd')
  if (/^\d+$/.test(name))
    return complain(call, call.flavour === 'gnu' ? `cannot find name for user ID ${name}` : `unknown uid ${name}`)
  await print(call, `${name}\n`)
  return 0
}
