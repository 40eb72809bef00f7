/** sysctl: kernel parameters by name. */
import { isErrno } from '../../errno.ts'
import type { FileSystem } from '../../files/fs.ts'
import { type Command, options, print } from '../command.ts'

const ROOT = '/proc/sys'

export const sysctl: Command = async call => {
  const flags = options(call, 'aenwqp:', { all: 'a', values: 'n', write: 'w' })
  const { fs } = call.process
  const gnu = call.flavour === 'gnu'
  const pathOf = (name: string): string => `${ROOT}/${name.replaceAll('.', '/')}`
  const names: string[] = []
  const collect = (path: string): void => {
    for (const entry of fs.readdir(path)) {
      const below = `${path}/${entry}`
      if (fs.stat(below).type === 'directory') collect(below)
      else names.push(below.slice(ROOT.length + 1).replaceAll('/', '.'))
    }
  }
  if (flags.has('a')) collect(ROOT)
  let code = 0
  for (const word of [...names, ...flags.rest]) {
    const [name = '', value] = word.split('=') as [string, string?]
    if (!fs.exists(pathOf(name))) {
      code = 1
      await call.process.write(
        2,
        gnu
          ? `sysctl: cannot stat ${pathOf(name)}: No such file or directory\n`
          : `sysctl: error: '${name}' is an unknown key\n`,
      )
    } else {
      if (value !== undefined) {
        const failed = set(fs, pathOf(name), value)
        if (failed !== undefined) {
          code = 1
          await call.process.write(
            2,
            gnu ? `sysctl: setting key "${name}": ${failed}\n` : `sysctl: error setting key '${name}': ${failed}\n`,
          )
          continue
        }
        if (flags.has('q')) continue
      }
      const text = fs.readFile(pathOf(name)).trimEnd()
      await print(call, `${flags.has('n') ? '' : `${name} = `}${text}\n`)
    }
  }
  return code
}

/** @returns why it cannot be written */
function set(fs: FileSystem, path: string, value: string): string | undefined {
  try {
    fs.writeFile(path, `${value}\n`)
    return undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    return error.message
  }
}
