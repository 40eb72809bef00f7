/** `stat` and `touch`. */
import { isErrno } from '../../errno.ts'
import { type Call, type Command, Missing, options, print, Refusal } from '../command.ts'
import { parseDate, plainDate } from '../system/relative-date.ts'
import { modeText, nameOf, TYPE_WORDS } from './modes.ts'
import { each } from './operands.ts'
import { statFileSystem } from './stat-file-system.ts'

/** `-t [[CC]YY]MMDDhhmm[.ss]` */
function stampOf(text: string, now: number): number {
  const [, year = '', month, day, hour, minute, second = '00'] =
    /^(\d{2}|\d{4})?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(text) ?? []
  if (month === undefined) return Number.NaN
  const full = year.length === 4 ? year : year ? `20${year}` : String(new Date(now).getUTCFullYear())
  return Date.parse(`${full}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

export const touch: Command = call => {
  const flags = options(call, 'camd:t:r:h', { 'no-create': 'c', date: 'd', reference: 'r', time: 't' })
  const { fs, clock } = call.process
  const gnu = call.flavour === 'gnu'
  const now = clock.now()
  const when = flags.value('d')
  const stamped = flags.value('t')
  const like = flags.value('r')
  if (!flags.rest.length && gnu) throw new Missing('missing file operand')
  if (like !== undefined && !fs.exists(like))
    throw new Refusal(
      gnu ? `failed to get attributes of '${like}': No such file or directory` : `${like}: No such file or directory`,
    )
  const at =
    like !== undefined
      ? fs.stat(like).mtime
      : stamped !== undefined
        ? stampOf(stamped, now)
        : when === undefined
          ? now
          : (gnu ? parseDate : plainDate)(when, now)
  if (Number.isNaN(at))
    throw new Refusal(gnu ? `invalid date format '${stamped ?? when}'` : `invalid date '${stamped ?? when}'`)
  return each(
    call,
    flags.rest,
    name => {
      if (!fs.exists(name)) {
        if (flags.has('c')) return
        fs.writeFile(name, '')
      }
      fs.utimes(name, at)
    },
    (name, reason) => (gnu ? `cannot touch '${name}': ${reason}` : `${name}: ${reason}`),
  )
}

const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000000 +0000`

/** Links with where they lead, as far as one may know. */
function withTarget({ process: { fs } }: Call, name: string): string {
  try {
    return `'${name}' -> '${fs.readlink(name)}'`
  } catch (error) {
    if (!isErrno(error)) throw error
    return `'${name}'`
  }
}

/** The name of an id, if it has one. */
function knownAs({ process }: Call, id: number, file: '/etc/passwd' | '/etc/group'): string {
  const name = nameOf(process, id, file)
  return name === String(id) ? 'UNKNOWN' : name
}

export const stat: Command = async call => {
  const flags = options(call, 'Lc:ft', { format: 'c', dereference: 'L', printf: 'c', 'file-system': 'f' })
  return each(
    call,
    flags.rest,
    async name => {
      if (flags.has('f')) return statFileSystem(call, name, flags.value('c'), flags.has('t'))
      const s = flags.has('L') ? call.process.fs.stat(name) : call.process.fs.lstat(name)
      const user = knownAs(call, s.uid, '/etc/passwd')
      const group = knownAs(call, s.gid, '/etc/group')
      const values: Record<string, string> = {
        n: name,
        N: s.type === 'symlink' ? withTarget(call, name) : name,
        a: s.mode.toString(8),
        A: modeText(s),
        s: String(s.size),
        u: String(s.uid),
        g: String(s.gid),
        U: user,
        G: group,
        F: s.size === 0 && s.type === 'file' ? 'regular empty file' : TYPE_WORDS[s.type],
        Y: String(Math.floor(s.mtime / 1000)),
        y: stamp(s.mtime),
        X: String(Math.floor(s.mtime / 1000)),
        x: stamp(s.mtime),
        Z: String(Math.floor(s.mtime / 1000)),
        z: stamp(s.mtime),
        i: String(s.ino ?? 0),
        h: String(s.nlink ?? 1),
        b: String(Math.ceil(s.size / 512)),
        B: '512',
        o: '4096',
        '%': '%',
        f: (
          {
            file: 0o100000,
            directory: 0o040000,
            symlink: 0o120000,
            device: 0o020000,
            socket: 0o140000,
            fifo: 0o010000,
          }[s.type] | s.mode
        ).toString(16),
      }
      const format = flags.value('c')
      if (format !== undefined)
        return print(call, `${format.replace(/%([a-zA-Z%])/g, (whole, c: string) => values[c] ?? whole)}\n`)
      const mode = s.mode.toString(8).padStart(4, '0')
      await print(
        call,
        `  File: ${values.N}\n  Size: ${String(s.size).padEnd(10)}\tBlocks: ${values.b!.padEnd(10)} IO Block: 4096   ${values.F}\n` +
          `Device: 0,50\tInode: ${values.i!.padEnd(11)} Links: ${values.h}\nAccess: (${mode}/${values.A})  Uid: (${String(s.uid).padStart(5)}/${user.padStart(8)})   Gid: (${String(s.gid).padStart(5)}/${group.padStart(8)})\n` +
          `Access: ${values.x}\nModify: ${values.y}\nChange: ${values.z}\n`,
      )
    },
    (name, reason) =>
      call.flavour === 'gnu' ? `cannot statx '${name}': ${reason}` : `can't stat '${name}': ${reason}`,
  )
}
