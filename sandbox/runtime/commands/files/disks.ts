/** Commands about file systems: df, du. */

import { isErrno } from '../../errno.ts'
import type { MountInfo } from '../../files/fs.ts'
import { absolute, normalize } from '../../files/path.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Process } from '../../processes/process.ts'
import { memorySize } from '../../pseudofs/procfs.ts'
import { type Command, complain, options, print } from '../command.ts'
import { humanSize } from './ls.ts'
import { realpath } from './paths.ts'

/** File systems without a size. */
const PSEUDO: ReadonlySet<string> = new Set(['proc', 'sysfs', 'cgroup2', 'devpts', 'mqueue'])

const DISK_BYTES = 100 * 1024 ** 3

/** The mount that a path lies on: the nearest of those above it. */
export function mountCovering(process: Process, given: string): MountInfo {
  const path = led(process, given)
  return process.fs
    .mounts()
    .filter(m => path === m.path || path.startsWith(m.path === '/' ? '/' : `${m.path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0]!
}

/** Where a path leads by its links; itself where that is nowhere. */
function led(process: Process, given: string): string {
  try {
    return realpath(process, given)
  } catch (error) {
    if (!isErrno(error)) throw error
    return normalize(absolute(process.cwd, given))
  }
}

/** How many bytes a file system has room for in all. */
export const sizeOf = (process: Process, { type, limitBytes }: MountInfo): number =>
  PSEUDO.has(type) ? 0 : (limitBytes ?? (type === 'tmpfs' ? memorySize((process as Proc).kernel) : DISK_BYTES))

export const df: Command = async call => {
  const flags = options(call, 'hkmPTai', { 'human-readable': 'h' })
  const [block, blocks] = flags.has('m') ? ([1024 ** 2, '1M-blocks'] as const) : ([1024, '1K-blocks'] as const)
  const human = (bytes: number): string => {
    if (!flags.has('h')) return String(Math.ceil(bytes / block))
    for (const [unit, size] of [
      ['G', 1024 ** 3],
      ['M', 1024 ** 2],
      ['K', 1024],
    ] as const)
      if (bytes >= size) return `${(bytes / size).toFixed(1)}${unit}`
    return String(bytes)
  }
  const paths = flags.rest
  const all = call.process.fs.mounts()
  const mounts = all.filter(m => flags.has('a') || !PSEUDO.has(m.type))
  const gnu = call.flavour === 'gnu'
  const once =
    gnu && !flags.has('a') ? mounts.filter((m, i) => mounts.findIndex(o => o.device === m.device) === i) : mounts
  const shown = paths.length
    ? paths.filter(path => call.process.fs.exists(path)).map(path => mountCovering(call.process, path))
    : once
  const space = shown.map(m => ({ ...m, size: sizeOf(call.process, m) }))
  if (gnu) {
    if (space.length) await print(call, gnuTable(space, flags.has('h') ? undefined : [block, blocks], flags.has('T')))
  } else {
    const type = (name: string): string => (flags.has('T') ? ` ${name.padEnd(10)}` : '')
    const rows = space.map(m => {
      const amounts = [m.size, m.usedBytes, m.size - m.usedBytes].map(bytes => human(bytes).padStart(9))
      const percent = m.size ? Math.round((m.usedBytes / m.size) * 100) : 0
      return `${m.source.padEnd(20)}${type(m.type)} ${amounts.join(' ')} ${String(percent).padStart(3)}% ${m.path}\n`
    })
    const head = flags.has('h') ? '     Size      Used Available' : `${blocks}      Used Available`
    await print(call, `Filesystem          ${type('Type')} ${head} Use% Mounted on\n${rows.join('')}`)
  }
  let code = 0
  for (const path of paths) {
    if (call.process.fs.exists(path)) continue
    const why = call.flavour === 'gnu' ? 'No such file or directory' : "can't find mount point"
    code = await complain(call, `${path}: ${why}`)
  }
  return code
}

interface Space {
  source: string
  type: string
  size: number
  usedBytes: number
  path: string
}

/** Columns as wide as what stands in them, and no narrower than GNU likes them. */
/** @param blocks how large they are, and what the column of them is called; without them sizes are for people */
function gnuTable(
  all: readonly Space[],
  blocks: readonly [size: number, title: string] | undefined,
  withType: boolean,
): string {
  const human = blocks === undefined
  const amount = (bytes: number): string => (blocks ? String(Math.ceil(bytes / blocks[0])) : humanSize(bytes))
  const head = blocks ? [blocks[1], 'Used', 'Available'] : ['Size', 'Used', 'Avail']
  const rows = [
    ['Filesystem', ...(withType ? ['Type'] : []), ...head, 'Use%', 'Mounted on'],
    ...all.map(({ source, type, size, usedBytes, path }) => [
      source,
      ...(withType ? [type] : []),
      amount(size),
      amount(usedBytes),
      amount(size - usedBytes),
      size ? `${Math.ceil((usedBytes / size) * 100)}%` : '-',
      path,
    ]),
  ]
  const least = [14, ...(withType ? [4] : []), ...(human ? [5, 5, 5] : [9, 8, 9]), 4]
  const widths = least.map((width, i) => Math.max(width, ...rows.map(row => row[i]!.length)))
  const isText = (i: number): boolean => i === 0 || (withType && i === 1)
  return rows
    .map(
      row => `${widths.map((w, i) => (isText(i) ? row[i]!.padEnd(w) : row[i]!.padStart(w))).join(' ')} ${row.at(-1)}\n`,
    )
    .join('')
}

export const du: Command = async call => {
  const flags = options(call, 'shkmacxd:', { summarize: 's', 'human-readable': 'h', 'max-depth': 'd' })
  const { fs } = call.process
  const show = (kb: number, path: string): string =>
    `${flags.has('h') ? (kb >= 1024 ? `${(kb / 1024).toFixed(1)}M` : `${kb.toFixed(1)}K`) : kb}\t${path}\n`
  const limit = flags.has('s') ? 0 : Number(flags.value('d') ?? Number.POSITIVE_INFINITY)
  let out = ''
  const visit = (path: string, depth: number): number => {
    const stat = fs.lstat(path)
    let kb = stat.type === 'symlink' ? 0 : Math.ceil(stat.size / 4096) * 4
    if (stat.type === 'directory')
      for (const name of fs.readdir(path)) kb += visit(`${path.replace(/\/$/, '')}/${name}`, depth + 1)
    if (depth <= limit && (stat.type === 'directory' || flags.has('a') || depth === 0)) out += show(kb, path)
    return kb
  }
  let code = 0
  const report = async (path: string): Promise<void> => {
    try {
      visit(path, 0)
    } catch (error) {
      if (!isErrno(error)) throw error
      code = await complain(
        call,
        call.flavour === 'gnu' ? `cannot access '${path}': ${error.message}` : `${path}: ${error.message}`,
      )
    }
  }
  for (const path of flags.rest.length ? flags.rest : ['.']) await report(path)
  await print(call, out)
  return code
}
