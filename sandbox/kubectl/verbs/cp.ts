/** kubectl cp: files to and from containers, through the tar that is there. */

import { type Entry, pack, unpack } from '../../runtime/commands/archives/ustar.ts'
import { names } from '../../runtime/files/path.ts'
import { Exit, KubectlError } from '../errors.ts'
import { ERROR, STDERR, STDIN, STDOUT } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import { containerOf, remoteExit } from '../pods/podof.ts'

interface Place {
  pod?: string
  namespace?: string
  path: string
}

const withoutSlash = (path: string): string => (path === '/' ? path : path.replace(/\/$/, ''))

function parse(text: string): Place {
  const colon = text.indexOf(':')
  if (colon < 0 || text.startsWith('/') || text.startsWith('.')) return { path: withoutSlash(text) }
  const [pod, path] = [text.slice(0, colon), text.slice(colon + 1)]
  if (!path) throw new KubectlError('filepath can not be empty')
  const parts = pod.split('/')
  if (parts.length > 2 || !pod)
    throw new KubectlError('filespec must match the canonical format: [[namespace/]pod:]file/path')
  const place = { pod: parts.at(-1)!, path: withoutSlash(path) }
  return parts.length === 2 ? { ...place, namespace: parts[0]! } : place
}

export async function run(k: Kubectl): Promise<void> {
  if (k.args.length !== 2) throw new KubectlError('source and destination are required')
  const [from, to] = k.args.map(parse) as [Place, Place]
  if (from.pod && to.pod) throw new KubectlError('one of src or dest must be a local file specification')
  if (!from.path || !to.path) throw new KubectlError('filepath can not be empty')
  if (from.pod) await download(k, from, to.path)
  else if (to.pod) await upload(k, from.path, to)
  else throw new KubectlError('one of src or dest must be a remote file specification')
}

interface Streams {
  stdin?: string
  out(text: string): Promise<void>
  err(text: string): Promise<void>
}

const nowhere = async (): Promise<void> => {}

/** Runs a command in the container. @returns its exit code */
async function execute(k: Kubectl, place: Place, command: readonly string[], streams: Streams): Promise<number> {
  const namespace = place.namespace ?? (await k.namespace())
  const client = await k.client()
  const pod = await client.get(await k.resource('pods', 0), namespace, place.pod!)
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed')
    throw new KubectlError(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`)
  const heard = k.beside({ ...k.io, err: streams.err })
  const container = k.flags.str('container') || (await containerOf(heard, pod, '')).name
  const { stdin } = streams
  const channel = await client.channel(`/api/v1/namespaces/${namespace}/pods/${place.pod}/exec`, {
    container,
    command,
    stdin: stdin !== undefined,
    stdout: true,
    stderr: true,
  })
  if (stdin !== undefined) {
    channel.send(STDIN, stdin)
    channel.end(STDIN)
  }
  let status = ''
  for (let m = await channel.receive(); m; m = await channel.receive()) {
    if (m.channel === STDOUT) await streams.out(m.data)
    else if (m.channel === STDERR) await streams.err(m.data)
    else if (m.channel === ERROR) status += m.data
  }
  channel.close()
  return remoteExit(status)
}

const checkExit = (code: number): void => {
  if (code) throw new Exit(code, `command terminated with exit code ${code}`)
}

/** The path without its detours; one that leads out of its beginning goes no further up. */
const cleaned = (path: string): string => names(path).join('/')

async function download(k: Kubectl, from: Place, to: string): Promise<void> {
  let archive = ''
  const code = await execute(k, from, ['tar', 'cf', '-', from.path], {
    out: async data => void (archive += data),
    err: text => k.out(text),
  })
  checkExit(code)
  const prefix = cleaned(from.path)
  let warned = false
  for (const entry of unpack(archive) ?? []) {
    const name = entry.name.replace(/\/$/, '')
    if (!name.startsWith(prefix)) throw new KubectlError('tar contents corrupted')
    const below = cleaned(name.slice(prefix.length))
    const target = below ? `${withoutSlash(to)}/${below}` : to
    const parent = target.slice(0, Math.max(0, target.lastIndexOf('/')))
    if (parent) await k.io.files.mkdir(parent)
    if (entry.type === '5') await k.io.files.mkdir(target)
    else if (entry.type === '2') {
      const advice = `${k.program} exec -n ${JSON.stringify(from.namespace ?? '')} ${JSON.stringify(from.pod)} -- tar cf - ${JSON.stringify(from.path)} | tar xf -`
      await k.err(
        `warning: skipping symlink: ${JSON.stringify(target)} -> ${JSON.stringify(entry.link)}${warned ? '' : ` (consider using "${advice}")`}\n`,
      )
      warned = true
    } else if ((await k.io.files.kind(target)) === 'directory') throw new KubectlError(`open ${target}: is a directory`)
    else await k.io.files.write(target, entry.text)
  }
}

async function upload(k: Kubectl, from: string, to: Place): Promise<void> {
  if (!(await k.io.files.kind(from))) throw new KubectlError(`${from} doesn't exist in local filesystem`)
  const isFolder = (await execute(k, to, ['test', '-d', to.path], { out: nowhere, err: nowhere })) === 0
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  const target = isFolder ? `${withoutSlash(to.path)}/${base(from)}` : to.path
  const slash = target.lastIndexOf('/')
  const folder = slash < 0 ? '.' : target.slice(0, slash) || '/'
  const entries: Entry[] = []
  await collect(k, from, base(target), entries)
  const command = [
    'tar',
    ...(k.flags.bool('no-preserve') ? ['--no-same-permissions', '--no-same-owner'] : []),
    '-xmf',
    '-',
    '-C',
    folder,
  ]
  const streams = { stdin: pack(entries), out: (t: string) => k.out(t), err: (t: string) => k.err(t) }
  checkExit(await execute(k, to, command, streams))
}

/** A file, or all that is in a directory; the directory itself only where it is empty. */
async function collect(k: Kubectl, path: string, name: string, into: Entry[]): Promise<void> {
  const { files } = k.io
  const entry = { name, uid: 0, gid: 0, mtime: k.now(), link: '' }
  if ((await files.kind(path)) === 'directory') {
    const inside = (await files.list(path)) ?? []
    if (!inside.length) into.push({ ...entry, type: '5', mode: 0o755, text: '' })
    for (const one of inside) await collect(k, `${withoutSlash(path)}/${one}`, `${name}/${one}`, into)
    return
  }
  const mode = (await files.executable?.(path)) ? 0o755 : 0o644
  into.push({ ...entry, type: '0', mode, text: (await files.read(path)) ?? '' })
}
