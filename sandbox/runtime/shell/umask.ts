/** `umask`: the permissions that new files do not get, in digits or in letters. */
import { parseMode } from '../commands/modes.ts'
import { type Builtin, out } from './builtin.ts'

const letters = (bits: number): string => ['r', 'w', 'x'].filter((_, i) => bits & (4 >> i)).join('')

const inLetters = (mask: number): string =>
  ['u', 'g', 'o'].map((who, i) => `${who}=${letters(~mask >> (6 - 3 * i))}`).join(',')

export const umask: Builtin = async (shell, args) => {
  const { process, dialect } = shell
  const symbolic = args[0] === '-S'
  const mode = symbolic ? args[1] : args[0]
  if (mode === undefined) {
    await out(shell, `${symbolic ? inLetters(process.umask) : process.umask.toString(8).padStart(4, '0')}\n`)
    return 0
  }
  if (/^\d/.test(mode)) {
    if (/^[0-7]+$/.test(mode)) process.umask = Number.parseInt(mode, 8) & 0o777
    else {
      await shell.complainOf('umask', dialect.notAMode(mode))
      return dialect.name === 'bash' ? 1 : 2
    }
    return 0
  }
  // In letters it is said what is allowed.
  const allowed = parseMode(mode, { type: 'file', mode: ~process.umask & 0o777 })
  if (allowed === undefined) {
    await shell.complainOf('umask', dialect.notASymbolicMode(mode))
    return dialect.name === 'bash' ? 1 : 2
  }
  process.umask = ~allowed & 0o777
  return 0
}
