/** Completion from the cluster: names of objects, containers and resources. */
import { qualifiedPlural } from '../client/discovery.ts'
import type { Kubectl } from '../kubectl.ts'
import { byBytes, type Obj } from '../objects.ts'
import { attachablePod } from '../pods/podof.ts'

export async function names(k: Kubectl, type: string, namespace?: string): Promise<string[]> {
  const mapping = await k.resource(type)
  const list = await (await k.client()).list(mapping, mapping.namespaced ? (namespace ?? (await k.namespace())) : '')
  return list.items.map((o: Obj) => o.metadata.name)
}

async function objectOf(k: Kubectl, type: string, name: string): Promise<Obj> {
  return (await k.client()).get(await k.resource(type), await k.namespace(), name)
}

/** Of `deploy/web` the Pod that stands for it. */
async function podOf(k: Kubectl, word: string): Promise<Obj> {
  const [type = '', name] = word.split('/')
  return name === undefined ? objectOf(k, 'pods', word) : attachablePod(k, await objectOf(k, type, name), 100)
}

export async function containersOf(k: Kubectl, word: string): Promise<string[]> {
  const { spec } = await podOf(k, word)
  return [...(spec.initContainers ?? []), ...spec.containers].map((c: Obj) => c.name)
}

/** Ports as `port-forward` takes them; the local one is what has been typed of it. */
export async function portsOf(k: Kubectl, word: string, typed: string): Promise<string[]> {
  const [type = '', name] = word.split('/')
  const ofService = name !== undefined && ['service', 'services', 'svc'].includes(type)
  const ports: number[] = ofService
    ? (await objectOf(k, 'services', name)).spec.ports.map((p: Obj) => p.port)
    : (await podOf(k, word)).spec.containers.flatMap((c: Obj) => (c.ports ?? []).map((p: Obj) => p.containerPort))
  return ports.map(port => `${typed ? typed.split(':')[0] : port}:${port}`)
}

/** All that can be read, as `api-resources -o name` lists it. */
export async function types(k: Kubectl): Promise<string[]> {
  const { mappings } = await k.discovery()
  return [
    ...new Set(
      mappings
        .filter(m => m.verbs.includes('get'))
        .sort((a, b) => byBytes(a.group, b.group) || byBytes(a.plural, b.plural))
        .map(qualifiedPlural),
    ),
  ]
}
