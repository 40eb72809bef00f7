/** `cd`: where the shell is. */
import { isErrno } from '../../errno.ts'
import { normalize } from '../../files/path.ts'
import type { Shell } from '../shell.ts'
import { type Builtin, out } from './builtin.ts'

/** @param name of the builtin that goes there, for what it complains of */
export async function changeDirectory(shell: Shell, to: string, name = 'cd'): Promise<number> {
  const path = normalize(to.startsWith('/') ? to : `${shell.process.cwd}/${to}`)
  const refuse = async (code: 'ENOENT' | 'ENOTDIR'): Promise<number> => {
    await shell.complain(shell.dialect.cannotCd(to, code, shell.line, name))
    return shell.dialect.name === 'bash' ? 1 : 2
  }
  try {
    if (shell.process.fs.stat(path).type !== 'directory') return await refuse('ENOTDIR')
    shell.process.fs.stat(`${path}/.`)
  } catch (error) {
    if (!isErrno(error)) throw error
    return refuse(error.code as 'ENOENT')
  }
  shell.variables.set('OLDPWD', { value: shell.process.cwd, exported: true })
  shell.exportToProcess('OLDPWD', shell.process.cwd)
  shell.process.cwd = path
  shell.set('PWD', path)
  shell.exportToProcess('PWD', path)
  return 0
}

export const cd: Builtin = async (shell, args) => {
  const [target, ...more] = args.filter(arg => arg !== '-L' && arg !== '-P' && arg !== '--')
  if (more.length && shell.dialect.name === 'bash') {
    await shell.complain('cd: too many arguments')
    return 1
  }
  const to = target === '-' ? shell.get('OLDPWD') : (target ?? shell.get('HOME'))
  if (to === undefined && target === undefined && shell.dialect.name === 'bash') {
    await shell.complain('cd: HOME not set')
    return 1
  }
  if (to === undefined || to === '') {
    if (target !== '-') return 0
    if (shell.dialect.name === 'bash') {
      await shell.complain('cd: OLDPWD not set')
      return 1
    }
    await out(shell, `${shell.process.cwd}\n`)
    return 0
  }
  const failed = await changeDirectory(shell, to)
  if (!failed && target === '-') await out(shell, `${shell.process.cwd}\n`)
  return failed
}
