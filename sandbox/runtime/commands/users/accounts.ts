/** Users and groups of a container: useradd, adduser, groupadd, addgroup, usermod, userdel, groupdel, chpasswd. */
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, complain, options, print, Refusal } from '../command.ts'
import { removeTree } from '../files/directories.ts'
import { find, GROUP, linesOf, membersOf, PASSWD, SHADOW } from './user-tables.ts'

function write(process: Process, file: string, lines: readonly (readonly string[])[]): void {
  process.fs.writeFile(file, lines.map(line => `${line.join(':')}\n`).join(''))
}

const add = (process: Process, file: string, line: readonly string[]): void =>
  write(process, file, [...linesOf(process, file), line])

const remove = (process: Process, file: string, name: string): void =>
  write(
    process,
    file,
    linesOf(process, file).filter(([first]) => first !== name),
  )

/** The first number that nobody has, from where those of people begin, or those of services. */
function freeId(process: Process, file: string, system: boolean): number {
  const taken = new Set(linesOf(process, file).map(([, , id]) => Number(id)))
  let id = system ? 100 : 1000
  while (taken.has(id)) id++
  return id
}

function needRoot(call: Call): void {
  if (call.process.uid === 0) return
  const { name, flavour } = call
  throw new Refusal(
    flavour === 'busybox'
      ? "can't set effective gid: Operation not permitted"
      : name.startsWith('add')
        ? 'Only root may add a user or group to the system.'
        : `Permission denied.\n${name}: cannot lock /etc/passwd; try again later.`,
  )
}

function addGroup(process: Process, name: string, given: string | undefined, system: boolean): number {
  const gid = given === undefined ? freeId(process, GROUP, system) : Number(given)
  add(process, GROUP, [name, 'x', String(gid), ''])
  return gid
}

/** Changes who belongs to a group, by its name or number, or to all of them. */
function changeMembers(
  process: Process,
  group: string | undefined,
  change: (members: readonly string[]) => readonly string[],
): void {
  const lines = linesOf(process, GROUP).map(line =>
    group === undefined || line[0] === group || line[2] === group
      ? [...line.slice(0, 3), change(membersOf(line)).join(',')]
      : line,
  )
  write(process, GROUP, lines)
}

function addMember(process: Process, group: string, user: string): boolean {
  if (!find(process, GROUP, group)) return false
  changeMembers(process, group, members => [...new Set([...members, user])])
  return true
}

const without =
  (user: string) =>
  (members: readonly string[]): readonly string[] =>
    members.filter(member => member !== user)

/** `deluser USER GROUP`, `delgroup USER GROUP`: somebody leaves a group. */
function leave({ process, flavour }: Call, user: string, group: string): void {
  const line = find(process, GROUP, group)
  if (!find(process, PASSWD, user))
    throw new Refusal(
      flavour === 'busybox' ? `unknown user ${user}` : `The user \`${user}' does not exist.`,
      flavour === 'busybox' ? 1 : 2,
    )
  if (!line)
    throw new Refusal(
      flavour === 'busybox' ? `unknown group ${group}` : `The group \`${group}' does not exist.`,
      flavour === 'busybox' ? 1 : 3,
    )
  changeMembers(process, group, without(user))
}

interface NewUser {
  uid?: string | undefined
  group?: string | undefined
  groups?: readonly string[]
  shell?: string | undefined
  home?: string | undefined
  comment?: string | undefined
  system: boolean
  makeHome: boolean
}

function addUser(call: Call, name: string, wanted: NewUser): { uid: number; gid: number } {
  const { process } = call
  if (find(process, PASSWD, name))
    throw new Refusal(
      call.flavour === 'busybox'
        ? `user '${name}' in use`
        : call.name === 'adduser'
          ? `The user \`${name}' already exists.`
          : `user '${name}' already exists`,
      call.flavour === 'busybox' || call.name === 'adduser' ? 1 : 9,
    )
  const known = wanted.group === undefined ? undefined : find(process, GROUP, wanted.group)
  if (wanted.group !== undefined && !known)
    throw new Refusal(
      call.flavour === 'busybox' ? `unknown group ${wanted.group}` : `group '${wanted.group}' does not exist`,
      6,
    )
  const uid = wanted.uid === undefined ? freeId(process, PASSWD, wanted.system) : Number(wanted.uid)
  const gid = known
    ? Number(known[2])
    : addGroup(process, name, find(process, GROUP, String(uid)) ? undefined : String(uid), wanted.system)
  const home = wanted.home ?? `/home/${name}`
  const shell =
    wanted.shell ?? (call.flavour === 'busybox' ? '/bin/sh' : call.name === 'adduser' ? '/bin/bash' : '/bin/sh')
  add(process, PASSWD, [name, 'x', String(uid), String(gid), wanted.comment ?? '', home, shell])
  add(process, SHADOW, [name, '!', '20000', '0', '99999', '7', '', '', ''])
  for (const group of wanted.groups ?? []) addMember(process, group, name)
  if (wanted.makeHome) {
    if (!process.fs.exists(home)) process.fs.mkdir(home, { recursive: true, mode: 0o755 })
    process.fs.chown(home, uid, gid)
  }
  return { uid, gid }
}

export const useradd: Command = call => {
  const flags = options(call, 'mMrNUou:g:G:s:d:c:p:k:', {
    'create-home': 'm',
    'no-create-home': 'M',
    system: 'r',
    uid: 'u',
    gid: 'g',
    groups: 'G',
    shell: 's',
    'home-dir': 'd',
    home: 'd',
    comment: 'c',
    password: 'p',
    'no-user-group': 'N',
    'user-group': 'U',
    'no-log-init': 'o',
  })
  needRoot(call)
  const [name] = flags.rest
  if (name === undefined) throw new Refusal('a name is needed', 2)
  addUser(call, name, {
    uid: flags.value('u'),
    group: flags.value('g') ?? (flags.has('N') ? 'users' : undefined),
    groups: flags.value('G')?.split(',') ?? [],
    shell: flags.value('s'),
    home: flags.value('d'),
    comment: flags.value('c'),
    system: flags.has('r'),
    makeHome: flags.has('m'),
  })
}

export const adduser: Command = async call => {
  const busybox = call.flavour === 'busybox'
  const flags = options(
    call,
    'DHSu:G:s:h:g:k:xq',
    busybox
      ? {
          home: 'h',
          gecos: 'g',
          shell: 's',
          ingroup: 'G',
          system: 'S',
          'disabled-password': 'D',
          'no-create-home': 'H',
          uid: 'u',
        }
      : {
          home: 'h',
          gecos: 'g',
          comment: 'g',
          shell: 's',
          ingroup: 'G',
          gid: 'G',
          system: 'S',
          group: 'x',
          'disabled-password': 'D',
          'disabled-login': 'D',
          'no-create-home': 'H',
          uid: 'u',
          quiet: 'q',
        },
  )
  needRoot(call)
  const [name, group] = flags.rest
  if (name === undefined) throw new Refusal('a name is needed')
  if (group !== undefined) {
    if (!find(call.process, PASSWD, name))
      throw new Refusal(busybox ? `unknown user ${name}` : `The user \`${name}' does not exist.`)
    if (!addMember(call.process, group, name))
      throw new Refusal(busybox ? `unknown group ${group}` : `The group \`${group}' does not exist.`)
    if (!busybox) await print(call, `Adding user \`${name}' to group \`${group}' ...\nDone.\n`)
    return
  }
  const system = flags.has('S')
  const { uid, gid } = addUser(call, name, {
    uid: flags.value('u'),
    group: flags.value('G') ?? (system && !flags.has('x') ? 'nogroup' : undefined),
    shell: flags.value('s') ?? (system ? '/usr/sbin/nologin' : undefined),
    home: flags.value('h'),
    comment: flags.value('g') ?? (busybox ? 'Linux User,,,' : ''),
    system,
    makeHome: !flags.has('H'),
  })
  if (busybox || flags.has('q')) return
  await print(
    call,
    `Adding user \`${name}' ...\nAdding new group \`${name}' (${gid}) ...\nAdding new user \`${name}' (${uid}) with group \`${name} (${gid})' ...\n`,
  )
}

export const groupadd: Command = call => {
  const flags = options(call, 'g:rfSo', { gid: 'g', system: call.flavour === 'busybox' ? 'S' : 'r', force: 'f' })
  needRoot(call)
  const [name, group] = flags.rest
  if (name === undefined) throw new Refusal('a name is needed', 2)
  // `addgroup USER GROUP` puts somebody into a group that is there.
  if (group !== undefined && call.name === 'addgroup') {
    if (!find(call.process, PASSWD, name)) throw new Refusal(`unknown user ${name}`)
    if (!addMember(call.process, group, name)) throw new Refusal(`unknown group ${group}`)
    return
  }
  if (find(call.process, GROUP, name)) {
    if (flags.has('f')) return
    throw new Refusal(
      call.flavour === 'busybox' ? `group '${name}' in use` : `group '${name}' already exists`,
      call.flavour === 'busybox' ? 1 : 9,
    )
  }
  addGroup(call.process, name, flags.value('g'), flags.has('r') || flags.has('S'))
}

export const usermod: Command = call => {
  const flags = options(call, 'aG:s:d:u:g:c:', {
    append: 'a',
    groups: 'G',
    shell: 's',
    home: 'd',
    uid: 'u',
    gid: 'g',
    comment: 'c',
  })
  needRoot(call)
  const { process } = call
  const [name = ''] = flags.rest
  const user = find(process, PASSWD, name)
  if (!user) throw new Refusal(`user '${name}' does not exist`, 6)
  const groups = flags.value('G')?.split(',')
  if (groups) {
    const missing = groups.find(group => !find(process, GROUP, group))
    if (missing !== undefined) throw new Refusal(`group '${missing}' does not exist`, 6)
    if (!flags.has('a')) changeMembers(process, undefined, without(name))
    for (const group of groups) addMember(process, group, name)
  }
  const group = flags.value('g')
  const gid = group === undefined ? user[3]! : find(process, GROUP, group)?.[2]
  if (gid === undefined) throw new Refusal(`group '${group}' does not exist`, 6)
  const next = [
    name,
    'x',
    flags.value('u') ?? user[2]!,
    gid,
    flags.value('c') ?? user[4]!,
    flags.value('d') ?? user[5]!,
    flags.value('s') ?? user[6]!,
  ]
  write(
    process,
    PASSWD,
    linesOf(process, PASSWD).map(line => (line[0] === name ? next : line)),
  )
}

export const userdel: Command = call => {
  const flags = options(call, 'rf', { remove: 'r', force: 'f', 'remove-home': 'r' })
  needRoot(call)
  const { process } = call
  const [name = '', group] = flags.rest
  if (group !== undefined && call.name === 'deluser') return leave(call, name, group)
  const user = find(process, PASSWD, name)
  if (!user)
    throw new Refusal(
      call.flavour === 'busybox' ? `unknown user ${name}` : `user '${name}' does not exist`,
      call.flavour === 'busybox' ? 1 : 6,
    )
  for (const file of [PASSWD, SHADOW, GROUP]) remove(process, file, user[0]!)
  changeMembers(process, undefined, without(user[0]!))
  const home = user[5] ?? ''
  if (flags.has('r') && home && process.fs.exists(home)) removeTree(process, home)
}

export const groupdel: Command = call => {
  needRoot(call)
  const [name = '', group] = options(call, 'f').rest
  if (group !== undefined && call.name === 'delgroup') return leave(call, name, group)
  if (!find(call.process, GROUP, name))
    throw new Refusal(
      call.flavour === 'busybox' ? `unknown group ${name}` : `group '${name}' does not exist`,
      call.flavour === 'busybox' ? 1 : 6,
    )
  remove(call.process, GROUP, name)
}

/** Lines of `user:password`. What is kept is no hash that anybody could check. */
export const chpasswd: Command = async call => {
  options(call, 'ec:m', { encrypted: 'e', 'crypt-method': 'c', md5: 'm' })
  needRoot(call)
  const { process } = call
  let text = ''
  for (let data = await process.read(0); data; data = await process.read(0)) text += data
  for (const [i, line] of text.split('\n').filter(Boolean).entries()) {
    const [name = ''] = line.split(':')
    if (!find(process, PASSWD, name))
      return call.flavour === 'busybox'
        ? complain(call, `unknown user ${name}`)
        : complain(call, `line ${i + 1}: user '${name}' does not exist`)
    write(
      process,
      SHADOW,
      linesOf(process, SHADOW).map(shadow =>
        shadow[0] === name ? [name, '$6$simulated', ...shadow.slice(2)] : shadow,
      ),
    )
    if (call.flavour === 'busybox') await print(call, `chpasswd: password for '${name}' changed\n`)
  }
  return 0
}
