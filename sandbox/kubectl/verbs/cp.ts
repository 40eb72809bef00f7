/** kubectl cp: files to and from containers, by running cat and sh there. */
import { KubectlError } from '../errors.ts'
import { ERROR, STDERR, STDIN, STDOUT } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { containerOf, remoteExit } from '../podof.ts'

interface Place {
  pod?: string
  namespace?: string
  path: string
}

function parse(text: string): Place {
  const colon = text.indexOf(':')
  if (colon < 0 || text.startsWith('/') || text.startsWith('.')) return { path: text }
  const [pod, path] = [text.slice(0, colon), text.slice(colon + 1)]
  if (!path) throw new KubectlError('filepath can not be empty')
  const parts = pod.split('/')
  if (parts.length > 2 || !parts.at(-1))
    throw new KubectlError(`arguments must be in the form of [namespace/]pod:file, got ${text}`)
  return parts.length === 2 ? { namespace: parts[0]!, pod: parts[1]!, path } : { pod: parts[0]!, path }
}

export async function run(k: Kubectl): Promise<void> {
  if (k.args.length !== 2) throw new KubectlError('source and destination are required')
  const [from, to] = k.args.map(parse) as [Place, Place]
  if (from.pod && to.pod) throw new KubectlError('one of src or dest must be a local file specification')
  if (!from.pod && !to.pod) throw new KubectlError('one of src or dest must be a remote file specification')
  if (!from.path || !to.path) throw new KubectlError('filepath can not be empty')
  const place = from.pod ? from : to
  const pod = await (await k.client()).get(
    await k.resource('pods'),
    place.namespace ?? (await k.namespace()),
    place.pod!,
  )
  const container = k.flags.str('container') || (await containerOf(k, pod, '')).name
  if (from.pod) await download(k, pod, container, from.path, to.path)
  else await upload(k, pod, container, from.path, to.path)
}

async function execute(
  k: Kubectl,
  pod: Obj,
  container: string,
  command: readonly string[],
  stdin?: string,
): Promise<{ code: number; out: string; err: string }> {
  const channel = await (await k.client()).channel(
    `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/exec`,
    { container, command, stdin: stdin !== undefined, stdout: true, stderr: true },
  )
  if (stdin !== undefined) {
    if (stdin) channel.send(STDIN, stdin)
    channel.end(STDIN)
  }
  let [out, err, status] = ['', '', '']
  for (let m = await channel.receive(); m; m = await channel.receive()) {
    if (m.channel === STDOUT) out += m.data
    else if (m.channel === STDERR) err += m.data
    else if (m.channel === ERROR) status += m.data
  }
  channel.close()
  return { code: remoteExit(status), out, err }
}

async function download(k: Kubectl, pod: Obj, container: string, from: string, to: string): Promise<void> {
  const listing = await execute(k, pod, container, ['find', from, '-type', 'f'])
  if (listing.code) throw new KubectlError(`command terminated with exit code ${listing.code}: ${listing.err.trim()}`)
  const found = listing.out.split('\n').filter(Boolean)
  const single = found.length === 1 && found[0] === from
  for (const file of found) {
    const { out } = await execute(k, pod, container, ['cat', file])
    let target = single ? to : `${to.replace(/\/$/, '')}${file.slice(from.replace(/\/$/, '').length)}`
    if (single && (await k.io.files.kind(to)) === 'directory')
      target = `${to.replace(/\/$/, '')}/${from.split('/').at(-1)}`
    const slash = target.lastIndexOf('/')
    if (slash > 0) await k.io.files.mkdir(target.slice(0, slash))
    await k.io.files.write(target, out)
  }
}

async function upload(k: Kubectl, pod: Obj, container: string, from: string, to: string): Promise<void> {
  const kind = await k.io.files.kind(from)
  if (!kind) throw new KubectlError(`${from} doesn't exist in local filesystem`)
  const isFolder = (await execute(k, pod, container, ['test', '-d', to])).code === 0
  const root = isFolder ? `${to.replace(/\/$/, '')}/${from.replace(/\/$/, '').split('/').at(-1)}` : to
  const put = async (source: string, target: string): Promise<void> => {
    if ((await k.io.files.kind(source)) === 'directory') {
      for (const name of (await k.io.files.list(source)) ?? [])
        await put(`${source.replace(/\/$/, '')}/${name}`, `${target}/${name}`)
      return
    }
    const text = (await k.io.files.read(source)) ?? ''
    const { code, err } = await execute(
      k,
      pod,
      container,
      ['sh', '-c', 'mkdir -p "$(dirname "$1")" && cat > "$1"', 'sh', target],
      text,
    )
    if (code) throw new KubectlError(`command terminated with exit code ${code}: ${err.trim()}`)
  }
  await put(from, root)
}
