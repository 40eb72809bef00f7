/** `tree` of busybox: what is in a directory, and in those in it. */
import { isErrno } from '../../errno.ts'
import { type Call, type Command, options, print } from '../command.ts'
import { isDirectory } from './operands.ts'

interface Counts {
  directories: number
  files: number
}

export const tree: Command = async call => {
  const { rest } = options(call, '')
  const counts: Counts = { directories: 0, files: 0 }
  for (const name of rest.length ? rest : ['.']) await show(call, name, name, '', counts)
  await print(call, `\n${counts.directories} directories, ${counts.files} files\n`)
}

async function show(call: Call, path: string, shown: string, prefix: string, counts: Counts): Promise<void> {
  const { fs } = call.process
  let names: readonly string[]
  try {
    names = fs.readdir(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    await print(call, `${shown} [error opening dir]\n`)
    return
  }
  await print(call, `${shown}\n`)
  for (const [i, name] of names.entries()) {
    const pause = call.process.tick()
    if (pause) await pause
    if (name.startsWith('.')) continue
    const last = i === names.length - 1
    await print(call, prefix + (last ? '└── ' : '├── '))
    const inside = `${path === '/' ? '' : path}/${name}`
    if (fs.lstat(inside).type === 'symlink') {
      await print(call, `${name} -> ${fs.readlink(inside)}\n`)
      counts.files++
    } else if (isDirectory(call.process, inside, false)) {
      await show(call, inside, name, `${prefix}${last ? '    ' : '│   '}`, counts)
      counts.directories++
    } else {
      await print(call, `${name}\n`)
      counts.files++
    }
  }
}
