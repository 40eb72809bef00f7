/** The variables that bash fills in itself. */
import type { Shell } from '../shell.ts'

/** Of bash 5.2 as Debian 12 has it. */
const VERSION = ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'] as const

export function ownVariable(shell: Shell, name: string): string | undefined {
  switch (name) {
    case 'UID':
    case 'EUID':
      return String(shell.process.uid)
    case 'BASHPID':
      return String(shell.process.pid)
    case 'BASH_VERSION':
      return `${VERSION.slice(0, 3).join('.')}(${VERSION[3]})-${VERSION[4]}`
    case 'BASH_SUBSHELL':
      return String(shell.depth)
    case 'BASH_COMMAND':
      return shell.command
    case 'BASH':
      return '/bin/bash'
    case 'HOSTTYPE':
      return 'x86_64'
    case 'OSTYPE':
      return 'linux-gnu'
    case 'MACHTYPE':
      return VERSION[5]
    case 'EPOCHSECONDS':
      return String(Math.floor(shell.process.clock.now() / 1000))
    default:
      return ownArray(shell, name)?.[0]
  }
}

/** Those that are arrays. */
export function ownArray(shell: Shell, name: string): readonly string[] | undefined {
  switch (name) {
    case 'BASH_VERSINFO':
      return VERSION
    case 'FUNCNAME':
      return shell.calls.length ? [...shell.calls, ...(shell.from === 'file' ? ['main'] : [])] : undefined
    case 'BASH_SOURCE': {
      const source = shell.from === 'file' ? shell.name : 'environment'
      const depth = shell.calls.length + (shell.from === 'file' ? 1 : 0)
      return depth ? Array.from({ length: depth }, () => source) : undefined
    }
    case 'DIRSTACK':
      return [shell.process.cwd, ...shell.directories]
    default:
      return undefined
  }
}
