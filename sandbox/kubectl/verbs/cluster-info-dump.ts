/** kubectl cluster-info dump: nodes, and for each namespace its events, workloads, Pods and their logs. */
import { ApiError, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { type ObjectPrinter, objectPrinter } from '../print/printer.ts'

/** File → the resources in it, in the order of the dump. */
const LISTS: readonly (readonly [file: string, resource: string])[] = [
  ['events', 'events'],
  ['replication-controllers', 'replicationcontrollers'],
  ['services', 'services'],
  ['daemonsets', 'daemonsets.apps'],
  ['deployments', 'deployments.apps'],
  ['replicasets', 'replicasets.apps'],
  ['pods', 'pods'],
]
const EXTENSIONS: Readonly<Record<string, string>> = { json: '.json', yaml: '.yaml' }

export async function dump(k: Kubectl): Promise<void> {
  const { flags } = k
  const printer = await objectPrinter(k.io, flags, { keepOrder: 'typed' })
  if (!printer) throw new KubectlError('cluster-info dump needs a format')
  if (flags.str('output') === 'name')
    throw new KubectlError('list types are not supported by name printing: *v1.NodeList')
  const folder = flags.str('output-directory')
  const toFiles = folder !== '' && folder !== '-'
  const write = async (path: string, text: string): Promise<void> => {
    if (!toFiles) return k.out(text)
    const full = `${folder}/${path}`
    await k.io.files.mkdir(full.slice(0, full.lastIndexOf('/')))
    await k.io.files.write(full, text)
  }
  const extension = EXTENSIONS[flags.str('output')] ?? '.txt'
  await write(`nodes${extension}`, printer.print(await listed(k, 'nodes', '')))
  for (const namespace of await namespaces(k)) await dumpNamespace(k, namespace, printer, extension, write)
  if (toFiles) await k.out(`Cluster info dumped to ${folder}\n`)
}

async function listed(k: Kubectl, resource: string, namespace: string): Promise<Obj> {
  const mapping = await k.resource(resource)
  return (await k.client()).list(mapping, namespace)
}

async function namespaces(k: Kubectl): Promise<string[]> {
  const { flags } = k
  if (flags.bool('all-namespaces'))
    return (await listed(k, 'namespaces', '')).items.map((n: Obj) => n.metadata.name as string)
  const given = flags.list('namespaces')
  return given.length ? given : ['kube-system', await k.namespace()]
}

async function dumpNamespace(
  k: Kubectl,
  namespace: string,
  printer: ObjectPrinter,
  extension: string,
  write: (path: string, text: string) => Promise<void>,
): Promise<void> {
  let pods: Obj[] = []
  for (const [file, resource] of LISTS) {
    const list = await listed(k, resource, namespace)
    if (file === 'pods') pods = list.items
    await write(`${namespace}/${file}${extension}`, printer.print(list))
  }
  for (const pod of pods) {
    const containers: Obj[] = [...(pod.spec.initContainers ?? []), ...(pod.spec.containers ?? [])]
    let text = ''
    for (const { name } of containers) {
      const where = `logs for container ${name} of pod ${namespace}/${pod.metadata.name}`
      text += `==== START ${where} ====\n${await logs(k, pod, name)}==== END ${where} ====\n`
    }
    await write(`${namespace}/${pod.metadata.name}/logs.txt`, text)
  }
}

async function logs(k: Kubectl, pod: Obj, container: string): Promise<string> {
  const { namespace, name } = pod.metadata
  try {
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`
    const response = await (await k.client()).call('GET', path, { query: { container }, accept: '*/*' })
    return await response.text()
  } catch (e) {
    if (!(e instanceof ApiError)) throw e
    return `Request log error: ${e.message}\n`
  }
}
