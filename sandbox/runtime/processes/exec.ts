/** From a command's words to its program: PATH, permissions, `#!` lines. */
import { errno } from '../errno.ts'
import type { FileStat } from '../files/fs.ts'
import { absolute } from '../files/path.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process, Program } from './process.ts'

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** What counts when a command is looked for. */
export type Caller = Pick<Process, 'cwd' | 'env' | 'uid' | 'gid' | 'groups' | 'fs'>

/** The file that a command name means. @throws Errno ENOENT, EACCES */
export const which = (process: Caller, name: string, path?: string): string => executableOf(process, name, path).file

function executableOf(
  process: Caller,
  name: string,
  path = process.env.PATH ?? DEFAULT_PATH,
): { file: string; stat: FileStat } {
  if (name.includes('/')) {
    const file = absolute(process.cwd, name)
    const stat = process.fs.stat(file)
    if (stat.type !== 'file' || !executable(process, stat)) throw errno('EACCES')
    return { file, stat }
  }
  let denied = false
  for (const dir of path.split(':')) {
    const file = absolute(process.cwd, `${dir || '.'}/${name}`)
    const stat = process.fs.find(file)
    if (stat?.type !== 'file') continue
    if (executable(process, stat)) return { file, stat }
    denied = true
  }
  throw errno(denied ? 'EACCES' : 'ENOENT')
}

const executable = (process: Caller, stat: { mode: number; uid: number; gid: number }): boolean => {
  if (process.uid === 0) return (stat.mode & 0o111) !== 0
  const shift = stat.uid === process.uid ? 6 : stat.gid === process.gid || process.groups.includes(stat.gid) ? 3 : 0
  return ((stat.mode >> shift) & 1) !== 0
}

/** Blanks and tabs part its words and nothing else does: the end of a line as on Windows belongs to a name that nobody has. */
const SHEBANG = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*?))?[ \t]*(?:\n|$)/

export function lookupProgram(
  process: Process,
  kernel: Kernel,
  argv: readonly string[],
): { program: Program; argv: readonly string[]; stat: FileStat } {
  let words = argv
  let { file, stat } = executableOf(process, words[0] ?? '')
  for (let depth = 0; depth < 4; depth++) {
    const content = process.fs.readFile(file)
    const shebang = content.startsWith('#!') && SHEBANG.exec(content)
    if (!shebang) {
      const loaded = kernel.load(content, file)
      if (!loaded) throw errno('ENOEXEC')
      return { program: loaded.program, argv: words, stat }
    }
    words = [shebang[1]!, ...(shebang[2] ? [shebang[2]] : []), file, ...words.slice(1)]
    ;({ file, stat } = executableOf(process, shebang[1]!))
  }
  throw errno('ELOOP')
}
