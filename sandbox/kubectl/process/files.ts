/** The files of the machine that a kubectl in the simulation runs on. */
import { absolute as from, normalize } from '../../runtime/files/path.ts'
import { Errno, type Process } from '../../runtime/processes/process.ts'
import type { Files } from '../io.ts'

export const absolute = (process: Process, path: string): string => normalize(from(process.cwd, path))

const isAbsent = (e: unknown): boolean => e instanceof Errno && (e.code === 'ENOENT' || e.code === 'ENOTDIR')

export function processFiles(process: Process): Files {
  const { fs } = process
  const orNothing = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (e) {
      if (isAbsent(e)) return undefined
      throw e
    }
  }
  return {
    read: async path => orNothing(() => fs.readFile(absolute(process, path))),
    write: async (path, data, mode) => fs.writeFile(absolute(process, path), data, mode === undefined ? {} : { mode }),
    list: async path => orNothing(() => [...fs.readdir(absolute(process, path))].sort()),
    async kind(path) {
      const stat = orNothing(() => fs.stat(absolute(process, path)))
      return stat && (stat.type === 'directory' ? 'directory' : 'file')
    },
    modified: async path => orNothing(() => fs.stat(absolute(process, path)))?.mtime,
    mkdir: async path => fs.mkdir(absolute(process, path), { recursive: true }),
    async remove(path) {
      orNothing(() => fs.unlink(absolute(process, path)))
    },
  }
}
