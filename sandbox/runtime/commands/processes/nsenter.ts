/** nsenter runs a program in namespaces of another process, unshare in new ones. */
import { isErrno, words } from '../../errno.ts'
import { type Apart, NAMESPACE_KINDS, type NamespaceKind } from '../../kernel/namespaces.ts'
import type { SpawnOptions } from '../../processes/process.ts'
import { type Call, type Command, complain, Missing, options, Refusal } from '../command.ts'
import { stepAside } from '../users/su.ts'

const LETTERS: Readonly<Record<NamespaceKind, string>> = {
  cgroup: 'C',
  ipc: 'i',
  uts: 'u',
  net: 'n',
  pid: 'p',
  mnt: 'm',
}
const LONG = { mount: 'm', uts: 'u', ipc: 'i', net: 'n', pid: 'p', user: 'U', cgroup: 'C', time: 'T' }
/** How the kernel is told of them. */
const CLONE: Readonly<Record<string, number>> = {
  m: 0x20000,
  C: 0x2000000,
  u: 0x4000000,
  i: 0x8000000,
  U: 0x10000000,
  p: 0x20000000,
  n: 0x40000000,
}

/** Whom the kernel shows where a user has no number. */
const NOBODY = 65_534

/** Runs what is left of the line, or a shell. */
async function runThere(call: Call, argv: readonly string[], where: Partial<SpawnOptions>): Promise<number> {
  const { process, flavour } = call
  const [program = process.env.SHELL ?? '/bin/sh', ...args] = argv
  try {
    return await stepAside(process, { argv: [program, ...args], ...where })
  } catch (error) {
    if (!isErrno(error) || error.code === 'EPERM') throw error
    const failed = flavour === 'gnu' ? `failed to execute ${program}` : `can't execute '${program}'`
    throw new Refusal(`${failed}: ${error.message}`, error.code === 'ENOENT' ? 127 : 126)
  }
}

export const nsenter: Command = async call => {
  const { process, flavour } = call
  const gnu = flavour === 'gnu'
  const flags = options(call, gnu ? '+at:m::u::i::n::p::C::U::T::S:G:r::w::FZ' : '+t:m::u::i::n::p::U::S:G:r::w::F', {
    ...LONG,
    target: 't',
    'no-fork': 'F',
    ...(gnu && { all: 'a', setuid: 'S', setgid: 'G', root: 'r', wd: 'w' }),
  })
  for (const flag of ['U', 'S', 'G', 'r', 'w', 'Z'])
    if (flags.has(flag)) throw new Refusal(`-${flag}: not simulated`, 126)
  const target = flags.value('t')
  if (target !== undefined && !/^\d+$/.test(target))
    return complain(call, gnu ? `failed to parse pid: '${target}'` : `invalid number '${target}'`)
  const kinds = NAMESPACE_KINDS.filter(kind => flags.has('a') || flags.has(LETTERS[kind]))
  const cannotEnter = (kind: NamespaceKind, why: string): string =>
    gnu
      ? `reassociate to namespace 'ns/${kind}' failed: ${why}`
      : `setns(): can't reassociate to namespace '${kind}': ${why}`
  /** Of which process a namespace is: the one that a file is of, or the target. */
  const of = (kind: NamespaceKind): number => {
    const file = flags.value(LETTERS[kind]) || (target !== undefined && `/proc/${target}/ns/${kind}`)
    if (!file)
      throw gnu ? new Refusal(`neither filename nor target pid supplied for ns/${kind}`) : new Missing('missing target')
    try {
      process.fs.readlink(file)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Refusal(`${gnu ? `cannot open ${file}` : `can't open '${file}'`}: ${error.message}`)
    }
    const pid = /^\/proc\/(\d+)\/ns\//.exec(file)?.[1]
    if (!pid) throw new Refusal(cannotEnter(kind, words('EINVAL')))
    return Number(pid)
  }
  const pids = new Set(kinds.map(of))
  if (pids.size > 1) throw new Refusal('namespaces of several processes: not simulated', 126)
  const [pid] = pids
  if (pid === undefined) return runThere(call, flags.rest, {})
  try {
    return await runThere(call, flags.rest, { enter: { pid, kinds }, ...(kinds.includes('mnt') && { cwd: '/' }) })
  } catch (error) {
    if (!isErrno(error)) throw error
    return complain(call, cannotEnter(kinds[0]!, error.message))
  }
}

export const unshare: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const flags = options(call, '+muinpUCTfrc', {
    ...LONG,
    fork: 'f',
    'map-root-user': 'r',
    'map-current-user': 'c',
    'mount-proc': 'mount-proc::',
    propagation: 'propagation:',
    setgroups: 'setgroups:',
  })
  const user = flags.has('U') || flags.has('r') || flags.has('c')
  const kinds = NAMESPACE_KINDS.filter(kind => flags.has(LETTERS[kind]))
  const { process } = call
  const filtered = /^Seccomp:\t2$/m.test(process.fs.readFile('/proc/self/status'))
  const wanted = Object.entries(CLONE).filter(([letter]) => flags.has(letter) || (letter === 'U' && user))
  const refused = (why: string): Promise<number> => {
    const sum = wanted.reduce((sum, [, bit]) => sum + bit, 0)
    return complain(call, gnu ? `unshare failed: ${why}` : `unshare(0x${sum.toString(16)}): ${why}`)
  }
  if (user && filtered) return refused('Operation not permitted')
  // Whoever is not root would gain rights in it that nothing here keeps within it.
  if (user && process.uid !== 0) throw new Refusal('a user namespace of who is not root: not simulated', 126)
  const root = flags.has('r') || flags.has('c')
  const unshare: Apart = {
    kinds: flags.has('mount-proc') && !kinds.includes('mnt') ? [...kinds, 'mnt'] : kinds,
    forked: flags.has('f'),
    ...(user && { user: root ? 'root' : 'nobody' }),
  }
  try {
    if (!wanted.length) return await runThere(call, flags.rest, {})
    return await runThere(call, flags.rest, {
      unshare,
      ...(user && !root && { uid: NOBODY, gid: NOBODY, groups: [NOBODY] }),
      ...(flags.has('mount-proc') && { freshProc: true }),
    })
  } catch (error) {
    if (!isErrno(error)) throw error
    return refused(error.message)
  }
}
