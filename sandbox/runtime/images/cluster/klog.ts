/** Lines of klog, in which the programs of Kubernetes log. */
import type { Process } from '../../processes/process.ts'

/** @param where file and line of the sources */
export const klogLine = (process: Process, level: 'I' | 'W' | 'E' | 'F', where: string, text: string): string => {
  const [date, time] = new Date(process.clock.now()).toISOString().split('T') as [string, string]
  return `${level}${date.slice(5).replace('-', '')} ${time.slice(0, -1)}000 ${String(process.pid).padStart(7)} ${where}] ${text}\n`
}

/** Flags of Go: `--name=value`, `--name value`, `--name`. */
export function flagsOf(argv: readonly string[]): ReadonlyMap<string, string> {
  const flags = new Map<string, string>()
  for (let i = 1; i < argv.length; i++) {
    const [, name, value] = /^--?([\w.-]+)(?:=(.*))?$/s.exec(argv[i]!) ?? []
    if (!name) continue
    const next = argv[i + 1]
    flags.set(name, value ?? (next === undefined || next.startsWith('-') ? 'true' : argv[++i]!))
  }
  return flags
}
