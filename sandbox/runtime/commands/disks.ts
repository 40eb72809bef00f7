/** Commands about file systems: mount, df, du. */
import { isErrno } from '../errno.ts'
import { absolute, normalize } from '../path.ts'
import { type Command, complain, options, print } from './command.ts'
import { humanSize } from './ls.ts'

export const mount: Command = async call => {
  const flags = options(call, 'aflnrt:o:vw')
  const type = flags.value('t')
  if (flags.rest.length)
    return complain(call, call.process.uid === 0 ? `permission denied (are you root?)` : 'only root can do that')
  await print(
    call,
    call.process.fs
      .mounts()
      .filter(m => type === undefined || m.type === type)
      .map(
        m => `${SOURCES[m.type] ?? '/dev/vda1'} on ${m.path} type ${m.type} (${m.readOnly ? 'ro' : 'rw'},relatime)\n`,
      )
      .join(''),
  )
  return 0
}

const SOURCES: Record<string, string> = {
  overlay: 'overlay',
  proc: 'proc',
  tmpfs: 'tmpfs',
  devpts: 'devpts',
  sysfs: 'sysfs',
  mqueue: 'mqueue',
  cgroup2: 'cgroup',
}

/** File systems without a size. */
const PSEUDO: ReadonlySet<string> = new Set(['proc', 'sysfs', 'cgroup2'])

const DISK_BYTES = 100 * 1024 ** 3

export const df: Command = async call => {
  const flags = options(call, 'hkmPTai', { 'human-readable': 'h' })
  const human = (bytes: number): string => {
    if (!flags.has('h')) return String(Math.ceil(bytes / 1024))
    for (const [unit, size] of [
      ['G', 1024 ** 3],
      ['M', 1024 ** 2],
      ['K', 1024],
    ] as const)
      if (bytes >= size) return `${(bytes / size).toFixed(1)}${unit}`
    return String(bytes)
  }
  const paths = flags.rest
  const mounts = call.process.fs.mounts().filter(m => !PSEUDO.has(m.type))
  const covering = (given: string): (typeof mounts)[number] => {
    const path = normalize(absolute(call.process.cwd, given))
    return mounts
      .filter(m => path === m.path || path.startsWith(m.path === '/' ? '/' : `${m.path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0]!
  }
  const shown = paths.length ? paths.filter(path => call.process.fs.exists(path)).map(covering) : mounts
  const space = shown.map(m => {
    const size = m.limitBytes ?? (m.type === 'tmpfs' ? 64 * 1024 ** 2 : DISK_BYTES)
    return { ...m, source: SOURCES[m.type] ?? '/dev/vda1', size }
  })
  if (call.flavour === 'gnu') {
    if (space.length) await print(call, gnuTable(space, flags.has('h'), flags.has('T')))
  } else {
    const rows = space.map(
      ({ source, size, usedBytes, path }) =>
        `${source.padEnd(20)} ${human(size).padStart(9)} ${human(usedBytes).padStart(9)} ${human(size - usedBytes).padStart(9)} ${String(Math.ceil((usedBytes / size) * 100)).padStart(3)}% ${path}\n`,
    )
    await print(
      call,
      `${flags.has('h') ? 'Filesystem                Size      Used Available Use% Mounted on' : 'Filesystem           1K-blocks      Used Available Use% Mounted on'}\n${rows.join('')}`,
    )
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
function gnuTable(all: readonly Space[], human: boolean, withType: boolean): string {
  const amount = (bytes: number): string => (human ? humanSize(bytes) : String(Math.ceil(bytes / 1024)))
  const head = human ? ['Size', 'Used', 'Avail'] : ['1K-blocks', 'Used', 'Available']
  const rows = [
    ['Filesystem', ...(withType ? ['Type'] : []), ...head, 'Use%', 'Mounted on'],
    ...all.map(({ source, type, size, usedBytes, path }) => [
      source,
      ...(withType ? [type] : []),
      amount(size),
      amount(usedBytes),
      amount(size - usedBytes),
      `${Math.ceil((usedBytes / size) * 100)}%`,
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
