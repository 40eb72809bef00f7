/** Whose a file is: chown and chgrp. */
import { isErrno } from '../../errno.ts'
import type { FileStat } from '../../files/fs.ts'
import { type Call, type Command, complain, Missing, type Options, options, print, Refusal } from '../command.ts'
import { idOf, isLink, nameOf } from './modes.ts'
import { isDirectory } from './operands.ts'

/** Whose they become; -1 where that stays as it is. */
interface Owner {
  uid: number
  gid: number
  /** What was asked for, as GNU's tools repeat it. */
  text: string
  isGroup: boolean
}

export const chown: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = gnu
    ? options(call, 'RhvfcHLP', {
        recursive: 'R',
        'no-dereference': 'h',
        dereference: 'dereference',
        verbose: 'v',
        silent: 'f',
        quiet: 'f',
        changes: 'c',
        reference: 'reference:',
        from: 'from:',
        'preserve-root': 'preserve-root',
        'no-preserve-root': 'no-preserve-root',
      })
    : options(call, 'RhLHPcvf')
  const reference = flags.value('reference')
  const [given, ...rest] = flags.rest
  const names = reference === undefined ? rest : flags.rest
  if (given === undefined) throw new Missing('missing operand')
  if (!names.length) throw new Missing(gnu ? `missing operand after '${given}'` : 'missing operand')
  const owner = reference === undefined ? ownerOf(call, given) : ownerLike(call, reference)
  if (gnu && call.name === 'chown' && reference === undefined && /^[^:]*\./.test(given))
    await complain(call, `warning: '.' should be ':': '${given}'`)
  const from = flags.value('from')
  const change = new Change(call, flags, owner, from === undefined ? undefined : ownerOf(call, from))
  for (const name of names) await change.apply(name)
  return change.code
}

/** @param text USER, USER:GROUP, USER: (the group of the user), :GROUP; of chgrp a group @throws Refusal for unknown ones */
function ownerOf(call: Call, text: string): Owner {
  const { process, flavour } = call
  const isGroup = call.name === 'chgrp'
  const [user = '', group] = isGroup ? ['', text] : text.split(/[:.]/)
  const uid = user ? idOf(process, user, '/etc/passwd') : -1
  const ownGroup = group === '' && user ? groupOfUser(call, user) : undefined
  const gid = group ? idOf(process, group, '/etc/group') : (ownGroup ?? -1)
  if (flavour !== 'gnu' && !isGroup && text.includes(':') && (uid === undefined || gid === undefined))
    throw new Refusal(`unknown user/group ${text.replace(/:$/, '')}`)
  if (flavour !== 'gnu' && text === ':') throw new Refusal('unknown group ')
  // A group that is that of the user cannot be told either.
  const unknown = text.endsWith(':') ? 'spec' : 'user'
  if (uid === undefined) throw new Refusal(flavour === 'gnu' ? `invalid ${unknown}: '${text}'` : `unknown user ${user}`)
  if (gid === undefined) throw new Refusal(flavour === 'gnu' ? `invalid group: '${text}'` : `unknown group ${group}`)
  const named = ownGroup === undefined ? text : `${user}:${nameOf(process, ownGroup, '/etc/group')}`
  return { uid, gid, text: isGroup || user ? named : (group ?? ''), isGroup: isGroup || !user }
}

function ownerLike(call: Call, file: string): Owner {
  let like: FileStat
  try {
    like = call.process.fs.stat(file)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Refusal(`failed to get attributes of '${file}': ${error.message}`)
  }
  const [user, group] = [nameOf(call.process, like.uid, '/etc/passwd'), nameOf(call.process, like.gid, '/etc/group')]
  return call.name === 'chgrp'
    ? { uid: -1, gid: like.gid, text: group, isGroup: true }
    : { uid: like.uid, gid: like.gid, text: `${user}:${group}`, isGroup: false }
}

/** The group that /etc/passwd gives a user. */
function groupOfUser({ process: { fs } }: Call, user: string): number | undefined {
  if (!fs.exists('/etc/passwd')) return undefined
  const row = fs
    .readFile('/etc/passwd')
    .split('\n')
    .find(line => {
      const [name, , uid] = line.split(':')
      return name === user || uid === user
    })
  return row === undefined ? undefined : Number(row.split(':')[3])
}

/** One call under way. */
class Change {
  readonly #call: Call
  readonly #flags: Options
  readonly #owner: Owner
  readonly #from: Owner | undefined
  /** The exit status so far. */
  code = 0

  /** @param from whose files alone are changed */
  constructor(call: Call, flags: Options, owner: Owner, from: Owner | undefined) {
    this.#call = call
    this.#flags = flags
    this.#owner = owner
    this.#from = from
  }

  /**
   * A path, and all below it with `-R`: GNU's tools change a directory behind what is in it, and so does busybox.
   * Complains of what fails, and goes on.
   */
  async apply(path: string, below = false): Promise<void> {
    try {
      await this.#change(path, below)
    } catch (error) {
      if (!isErrno(error)) throw error
      this.code = 1
      const gnu = this.#call.flavour === 'gnu'
      const wrong = this.#wrong(path, error.message)
      // busybox tells of what is missing all the same.
      if (!gnu || !this.#flags.has('f')) await complain(this.#call, wrong)
      // busybox tells of a directory of a tree once for itself, and once for its walk.
      if (!gnu && this.#flags.has('R') && isDirectory(this.#call.process, path, false))
        await complain(this.#call, wrong)
    }
  }

  #wrong(path: string, reason: string): string {
    const { process, flavour } = this.#call
    if (flavour !== 'gnu') return `${path}: ${reason}`
    if (process.fs.exists(path) || (isLink(process, path) && this.#flags.has('h')))
      return `changing ${this.#owner.isGroup ? 'group' : 'ownership'} of '${path}': ${reason}`
    return isLink(process, path) && !reason.startsWith('Not a')
      ? `cannot dereference '${path}': ${reason}`
      : `cannot access '${path}': ${reason}`
  }

  async #change(path: string, below: boolean): Promise<void> {
    const { process } = this.#call
    const { fs } = process
    const pause = process.tick()
    if (pause) await pause
    const flags = this.#flags
    const recursive = flags.has('R')
    const descends = flags.has('L') || (flags.has('H') && !below)
    if (recursive && isDirectory(process, path, descends))
      for (const name of fs.readdir(path)) await this.apply(`${path}/${name}`, true)
    // Of a tree the links themselves are changed, unless they are to be followed.
    const follow = !flags.has('h') && (!recursive || flags.has('L') || flags.has('H'))
    const before = follow ? fs.stat(path) : fs.lstat(path)
    const { uid, gid } = this.#owner
    if (this.#from && !isOf(before, this.#from)) return
    fs.chown(path, uid, gid, follow)
    await this.#tell(path, before)
  }

  async #tell(path: string, before: FileStat): Promise<void> {
    const { process, flavour } = this.#call
    const { uid, gid, text, isGroup } = this.#owner
    const [verbose, changes] = [this.#flags.has('v'), this.#flags.has('c')]
    const changed = (uid !== -1 && uid !== before.uid) || (gid !== -1 && gid !== before.gid)
    if (!verbose && !(changes && changed)) return
    if (flavour !== 'gnu') {
      const [to, group] = [uid === -1 ? before.uid : uid, gid === -1 ? before.gid : gid]
      return print(this.#call, `changed ownership of '${path}' to ${to}:${group}\n`)
    }
    const [user, group] = [nameOf(process, before.uid, '/etc/passwd'), nameOf(process, before.gid, '/etc/group')]
    const old = isGroup ? group : gid === -1 ? user : `${user}:${group}`
    const what = isGroup ? 'group' : 'ownership'
    return print(
      this.#call,
      changed ? `changed ${what} of '${path}' from ${old} to ${text}\n` : `${what} of '${path}' retained as ${old}\n`,
    )
  }
}

const isOf = (stat: FileStat, { uid, gid }: Owner): boolean =>
  (uid === -1 || uid === stat.uid) && (gid === -1 || gid === stat.gid)
