/** sysctl: kernel parameters by name. */
import { type Command, options, print } from './command.ts'

const ROOT = '/proc/sys'

export const sysctl: Command = async call => {
  const flags = options(call, 'aenwqp:', { all: 'a', values: 'n', write: 'w' })
  const { fs } = call.process
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
    const complain = async (words: string): Promise<void> => {
      code = 1
      await call.process.write(2, `sysctl: error: ${words}\n`)
    }
    if (!fs.exists(pathOf(name))) await complain(`'${name}' is an unknown key`)
    else if (value !== undefined) await complain(`setting key '${name}': Read-only file system`)
    else {
      const text = fs.readFile(pathOf(name)).trimEnd()
      await print(call, `${flags.has('n') ? '' : `${name} = `}${text}\n`)
    }
  }
  return code
}
