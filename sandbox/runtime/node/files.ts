/** What a program of the simulated Node asks of its file system. */
import { absolute, normalize } from '../files/path.ts'
import type { Process } from '../processes/process.ts'
import type { Calls } from './calls.ts'

export function fileCalls(process: Process): Calls {
  const { fs } = process
  const full = (path: string): string => normalize(absolute(process.cwd, path.replace(/^file:\/\//, '')))
  const remove = (path: string, recursive: boolean): void => {
    if (fs.lstat(path).type === 'directory') {
      if (recursive) for (const name of fs.readdir(path)) remove(`${path}/${name}`, true)
      fs.rmdir(path)
    } else fs.unlink(path)
  }
  return {
    cwd: () => process.cwd,
    readFile: (path: string) => fs.readFile(full(path)),
    writeFile: (path: string, data: string, append: boolean) => fs.writeFile(full(path), data, { append }),
    exists: (path: string) => fs.exists(full(path)),
    readdir: (path: string) => [...fs.readdir(full(path))].sort(),
    mkdir: (path: string, recursive: boolean) => fs.mkdir(full(path), { recursive }),
    rm: (path: string, recursive: boolean) => remove(full(path), recursive),
    rename: (from: string, to: string) => fs.rename(full(from), full(to)),
    stat: (path: string) => fs.stat(full(path)),
    source: (name: string) => fs.readFile(name),
  }
}
