/** Path names from patterns. */
import type { Process } from '../process.ts'
import { hasGlob, matches, unescapePattern } from './pattern.ts'

/** Sorted matches; none when nothing matches. */
export function glob(process: Process, pattern: string): string[] {
  const parts = pattern.split('/')
  let found = ['']
  parts.forEach((part, i) => {
    const last = i === parts.length - 1
    const next: string[] = []
    for (const base of found) {
      if (!hasGlob(part)) {
        const path = base + unescapePattern(part)
        if (!last) next.push(`${path}/`)
        else if (!part || exists(process, path)) next.push(path)
        continue
      }
      for (const name of names(process, base || '.')) {
        if (name.startsWith('.') && !part.startsWith('.') && !part.startsWith('\\.')) continue
        if (!matches(part, name)) continue
        const path = base + name
        if (last) next.push(path)
        else if (isDirectory(process, path)) next.push(`${path}/`)
      }
    }
    found = next
  })
  return found.filter(path => path && exists(process, path)).sort()
}

const names = (process: Process, dir: string): readonly string[] => {
  try {
    return process.fs.readdir(dir)
  } catch {
    return []
  }
}

const exists = (process: Process, path: string): boolean => {
  try {
    process.fs.lstat(path)
    return true
  } catch {
    return false
  }
}

const isDirectory = (process: Process, path: string): boolean => {
  try {
    return process.fs.stat(path).type === 'directory'
  } catch {
    return false
  }
}
