/** `umask`: the permissions that new files do not get, in digits or in letters. */
import { parseMode } from '../../commands/files/modes.ts'
import { type Builtin, out } from './builtin.ts'

const letters = (bits: number): string => ['r', 'w', 'x'].filter((_, i) => bits & (4 >> i)).join('')

const inLetters = (mask: number): string =>
  ['u', 'g', 'o'].map((who, i) => `${who}=${letters(~mask >> (6 - 3 * i))}`).join(',')

export const umask: Builtin = async (shell, args) => {
  const { process, dialect } = shell
  const bash = dialect.name === 'bash'
  const words = [...args]
  let flags = ''
  while (/^-[Sp]+$/.test(words[0] ?? '') && (bash || words[0] === '-S')) flags += words.shift()
  const symbolic = flags.includes('S')
  const [mode] = words
  if (mode === undefined) {
    const again = flags.includes('p') ? `umask ${symbolic ? '-S ' : ''}` : ''
    await out(shell, `${again}${symbolic ? inLetters(process.umask) : process.umask.toString(8).padStart(4, '0')}\n`)
    return 0
  }
  const digits = /^\d/.test(mode)
  // In letters it is said what is allowed.
  const allowed = digits
    ? /^[0-7]+$/.test(mode) && ~Number.parseInt(mode, 8)
    : parseMode(mode, { type: 'file', mode: ~process.umask & 0o777 })
  if (typeof allowed !== 'number') {
    await shell.complainOf('umask', digits ? dialect.notAMode(mode) : dialect.notASymbolicMode(mode))
    return bash ? 1 : 2
  }
  process.umask = ~allowed & 0o777
  if (symbolic && bash) await out(shell, `${inLetters(process.umask)}\n`)
  return 0
}
