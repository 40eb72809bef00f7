/** Path names from patterns. */
import type { Process } from '../../processes/process.ts'
import { hasGlob, matches, unescapePattern } from './pattern.ts'

/**
 * Sorted matches; none when nothing matches.
 * @param shopts of bash: dotglob, globstar, nocaseglob
 * @param dots whether `.*` matches `.` and `..` too, as in the shells of sh
 */
export function glob(
  process: Process,
  pattern: string,
  shopts: ReadonlySet<string> = new Set(),
  dots = false,
): string[] {
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
      if (part === '**' && shopts.has('globstar')) {
        next.push(...below(process, base, last))
        continue
      }
      for (const name of [...(dots && part.startsWith('.') ? ['.', '..'] : []), ...names(process, base || '.')]) {
        if (name.startsWith('.') && !part.startsWith('.') && !part.startsWith('\\.') && !shopts.has('dotglob')) continue
        if (!matches(part, name, shopts.has('nocaseglob'))) continue
        const path = base + name
        if (last) next.push(path)
        else if (isDirectory(process, path)) next.push(`${path}/`)
      }
    }
    found = next
  })
  return found.filter(path => path && exists(process, path)).sort()
}

/** `**`: this directory and all below it; at the end of a pattern their files too. */
function below(process: Process, base: string, files: boolean): string[] {
  const out = [base]
  for (const name of names(process, base || '.')) {
    if (name.startsWith('.')) continue
    const path = base + name
    if (isDirectory(process, path) && process.fs.lstat(path).type === 'directory') {
      if (files) out.push(path)
      out.push(...below(process, `${path}/`, files).filter(each => !files || each !== `${path}/`))
    } else if (files) out.push(path)
  }
  return out
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
