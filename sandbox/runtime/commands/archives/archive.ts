/** tar. Archives are text like all files here. */
import { isErrno, words } from '../../errno.ts'
import type { FileSystem } from '../../files/fs.ts'
import { absolute } from '../../files/path.ts'
import type { Process } from '../../processes/process.ts'
import { matches } from '../../shell/expansion/pattern.ts'
import { type Command, complain, Missing, options, print, Usage } from '../command.ts'
import { allText } from '../text/reading.ts'
import { GZIP, gunzip, gzip } from './gzip.ts'
import { type Entry, pack, unpack } from './ustar.ts'

/** A file or a directory with everything in it. */
function collect(fs: FileSystem, root: string, name: string, out: Entry[]): void {
  const path = name.startsWith('/') ? name : `${root}/${name}`
  const stat = fs.lstat(path)
  const stored = name.replace(/^\/+/, '') || '.'
  const common = { mode: stat.mode, uid: stat.uid, gid: stat.gid, mtime: stat.mtime, link: '', text: '' }
  if (stat.type === 'directory') {
    out.push({ ...common, name: `${stored.replace(/\/$/, '')}/`, type: '5' })
    for (const child of fs.readdir(path)) collect(fs, root, `${name.replace(/\/$/, '')}/${child}`, out)
  } else if (stat.type === 'symlink') out.push({ ...common, name: stored, type: '2', link: fs.readlink(path) })
  else if (stat.type === 'file') out.push({ ...common, name: stored, type: '0', text: fs.readFile(path) })
}

function restore(process: Process, root: string, entry: Entry): void {
  const { fs } = process
  const path = `${root}/${entry.name.replace(/^\/+/, '')}`.replace(/\/$/, '')
  const parent = path.slice(0, path.lastIndexOf('/'))
  if (parent) fs.mkdir(parent, { recursive: true })
  if (entry.type === '5') fs.mkdir(path, { recursive: true })
  else {
    if (fs.exists(path)) fs.unlink(path)
    if (entry.type === '2') {
      fs.symlink(entry.link, path)
      return
    }
    fs.writeFile(path, entry.text)
  }
  fs.chmod(path, entry.mode)
  if (process.uid === 0) fs.chown(path, entry.uid, entry.gid)
}

/** `tar czf` and `tar -czf`; the first word may lack its dash. */
const dashed = (args: readonly string[]): string[] =>
  /^[a-zA-Z]+$/.test(args[0] ?? '') ? [`-${args[0]}`, ...args.slice(1)] : [...args]

export const tar: Command = async call => {
  const flags = options({ ...call, args: dashed(call.args) }, 'cxtf:vzC:mpohOT:X:jJkS', {
    create: 'c',
    extract: 'x',
    get: 'x',
    list: 't',
    file: 'f',
    verbose: 'v',
    gzip: 'z',
    directory: 'C',
    'no-same-owner': 'o',
    'no-overwrite-dir': 'k',
    'to-stdout': 'O',
    exclude: 'exclude:',
    'strip-components': 'strip-components:',
    sparse: 'S',
  })
  const { process } = call
  const gnu = call.flavour === 'gnu'
  const file = flags.value('f') ?? '-'
  const root = absolute(process.cwd, flags.value('C') ?? '.')
  const excluded = flags.values('exclude').map(pattern => (name: string) => excludes(pattern, name))
  const kept = (entry: Entry): boolean => !excluded.some(excludes => excludes(entry.name))
  if (flags.has('j') || flags.has('J')) return complain(call, 'this compression is not simulated')
  const nowhere = flags.has('C') ? unreachable(process, root) : undefined
  if (nowhere !== undefined && (flags.has('c') || flags.has('x'))) {
    const dir = flags.value('C')
    if (!gnu) return complain(call, `can't change directory to '${dir}': ${nowhere}`)
    await complain(call, `${dir}: Cannot open: ${nowhere}`)
    return complain(call, 'Error is not recoverable: exiting now', 2)
  }
  if (flags.has('c')) {
    const entries: Entry[] = []
    if (!flags.rest.length) {
      if (gnu) throw new Usage('Cowardly refusing to create an empty archive', 2)
      return complain(call, 'empty archive')
    }
    const missing: string[] = []
    for (const name of flags.rest) {
      try {
        collect(process.fs, root, name, entries)
      } catch (e) {
        if (!isErrno(e)) throw e
        missing.push(`${name}: ${gnu ? 'Cannot stat: ' : ''}${e.message}`)
      }
    }
    if (flags.rest.some(name => name.startsWith('/')) && (gnu || entries.length))
      await complain(call, gnu ? "Removing leading `/' from member names" : "removing leading '/' from member names")
    for (const words of missing) await complain(call, words)
    const packed = entries.filter(kept)
    const archive = flags.has('z') ? gzip(pack(packed)) : pack(packed)
    if (flags.has('v')) await process.write(file === '-' ? 2 : 1, packed.map(e => `${e.name}\n`).join(''))
    if (file === '-') await print(call, archive)
    else process.fs.writeFile(file, archive)
    if (!missing.length) return 0
    return gnu
      ? complain(call, 'Exiting with failure status due to previous errors', 2)
      : complain(call, 'error exit delayed from previous errors')
  }
  if (!flags.has('x') && !flags.has('t'))
    throw new Missing(
      "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
      call.flavour === 'gnu' ? 2 : 1,
    )
  let missing = false
  let text = await allText(call, [file], () => {
    missing = true
  })
  if (missing) {
    if (call.flavour === 'gnu') await complain(call, 'Error is not recoverable: exiting now')
    return call.flavour === 'gnu' ? 2 : 1
  }
  if (text.startsWith(GZIP)) text = gunzip(text) ?? ''
  const entries = unpack(text)
  if (!entries)
    return complain(
      call,
      call.flavour === 'gnu'
        ? 'This does not look like a tar archive\ntar: Exiting with failure status due to previous errors'
        : 'invalid tar magic',
      call.flavour === 'gnu' ? 2 : 1,
    )
  const wanted = (name: string): boolean =>
    !flags.rest.length || flags.rest.some(w => name === w || name.startsWith(`${w.replace(/\/$/, '')}/`))
  const absent = flags.rest.filter(w => {
    const dir = `${w.replace(/\/$/, '')}/`
    return !entries.some(({ name }) => name === w || name === dir || name.startsWith(dir))
  })
  for (const entry of entries.filter(e => wanted(e.name) && kept(e))) {
    if (flags.has('t') || flags.has('v')) await print(call, `${entry.name}\n`)
    if (flags.has('t')) continue
    const name = entry.name
      .split('/')
      .slice(Number(flags.value('strip-components') ?? 0))
      .join('/')
    if (flags.has('O')) await print(call, entry.text)
    else if (name) restore(process, root, { ...entry, name })
  }
  for (const name of absent) await complain(call, `${name}: ${gnu ? 'Not' : 'not'} found in archive`)
  if (!absent.length) return 0
  return gnu ? complain(call, 'Exiting with failure status due to previous errors', 2) : 1
}

/** A pattern of `--exclude` matches a whole name, or any last part of it. */
const excludes = (pattern: string, name: string): boolean =>
  name
    .replace(/\/$/, '')
    .split('/')
    .some(
      (_, i, parts) => matches(pattern, parts.slice(i).join('/')) || matches(pattern, parts.slice(0, i + 1).join('/')),
    )

/** Why one cannot go to a directory. */
function unreachable(process: Process, dir: string): string | undefined {
  try {
    return process.fs.stat(dir).type === 'directory' ? undefined : words('ENOTDIR')
  } catch (error) {
    if (!isErrno(error)) throw error
    return error.message
  }
}
