/** kubectl port-forward: a local port that leads into a Pod. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { attachablePod, runningTimeout } from '../podof.ts'
import { infos } from '../resources.ts'
import { podSpecOf } from '../selectors.ts'

interface Pair {
  local: number
  remote: number
}

/** LOCAL:REMOTE; one port is both, and so is what has too many parts. */
function split(text: string): [local: string, remote: string] {
  const parts = text.split(':')
  return parts.length === 2 ? (parts as [string, string]) : [parts[0]!, parts[0]!]
}

function containerPort(pod: Obj, name: string): number {
  const ports: Obj[] = (podSpecOf(pod)?.containers ?? []).flatMap((c: Obj) => c.ports ?? [])
  const found = ports.find(p => p.name === name)
  if (!found) throw new KubectlError(`Pod '${pod.metadata.name}' does not have a named port '${name}'`)
  return found.containerPort
}

const isNumber = (text: string): boolean => /^[-+]?\d+$/.test(text)

/** A Service's port as the container knows it. */
function targetOf(service: Obj, pod: Obj, remote: string): { port: number; target: number } {
  const ports: Obj[] = service.spec.ports ?? []
  const found = ports.find(p => (isNumber(remote) ? p.port === Number(remote) : p.name === remote))
  if (!found)
    throw new KubectlError(
      isNumber(remote)
        ? `Service ${service.metadata.name} does not have a service port ${Number(remote)}`
        : `Service '${service.metadata.name}' does not have a named port '${remote}'`,
    )
  if (service.spec.clusterIP === 'None') return { port: found.port, target: found.port }
  const target = found.targetPort || found.port
  return { port: found.port, target: typeof target === 'number' ? target : containerPort(pod, target) }
}

function refuseUdp(ports: readonly Obj[], texts: readonly string[]): void {
  const speaks = (n: string, protocol: string): boolean =>
    ports.some(p => (p.name === n || String(p.port ?? p.containerPort) === n) && (p.protocol ?? 'TCP') === protocol)
  for (const text of texts) {
    const remote = split(text)[1]
    if (speaks(remote, 'UDP') && !speaks(remote, 'TCP'))
      throw new KubectlError(`UDP protocol is not supported for ${remote}`)
  }
}

function portNumber(text: string, which: 'local' | 'remote'): number {
  const complain = (why: string): never => {
    throw new KubectlError(
      `error parsing ${which} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`,
    )
  }
  if (!/^\d+$/.test(text)) complain('invalid syntax')
  if (Number(text) > 65535) complain('value out of range')
  return Number(text)
}

function parsePair(text: string, target: Obj, pod: Obj): Pair {
  let [local, remote] = split(text)
  if (target.kind === 'Service') {
    const found = targetOf(target, pod, remote)
    if (!isNumber(remote) && local === remote) local = String(found.port)
    remote = String(found.target)
  } else {
    if (!remote) throw new KubectlError('remote port cannot be empty')
    const number = isNumber(remote) ? remote : String(containerPort(pod, remote))
    if (local === remote) local = number
    remote = number
  }
  const pair = { local: local === '' ? 0 : portNumber(local, 'local'), remote: portNumber(remote, 'remote') }
  if (!pair.remote) throw new KubectlError('remote port must be > 0')
  return pair
}

export async function run(k: Kubectl): Promise<void> {
  if (k.args.length < 2) k.usage('TYPE/NAME and list of ports are required for port-forward')
  const [name, ...ports] = k.args as [string, ...string[]]
  const found = await infos(k, { args: name.includes('/') ? [name] : ['pods', name], latest: true })
  const target = found.infos[0]!.object
  const pod = await attachablePod(k, target, runningTimeout(k))
  const known: Obj[] =
    target.kind === 'Service' ? target.spec.ports : pod.spec.containers.flatMap((c: Obj) => c.ports ?? [])
  refuseUdp(known ?? [], ports)
  const resolved = ports.map(text => () => parsePair(text, target, pod))
  if (pod.status?.phase !== 'Running')
    throw new KubectlError(`unable to forward port because pod is not running. Current status=${pod.status?.phase}`)
  const pairs = resolved.map(parse => parse())
  const { listen } = k.io
  if (!listen)
    throw new KubectlError(
      'not simulated: port-forward opens a port of this computer, and a page has none to open; use "kubectl exec" with wget or curl instead',
    )
  for (const pair of pairs) {
    const server = await listen('127.0.0.1', pair.local, connection => {
      void forward(k, pod, pair.remote, connection)
    })
    await k.out(`Forwarding from 127.0.0.1:${server.port} -> ${pair.remote}\n`)
  }
  for (;;) await k.io.sleep(3_600_000)
}

async function forward(
  k: Kubectl,
  pod: Obj,
  port: number,
  connection: { read(): Promise<string | undefined>; write(data: string): void; close(): void },
): Promise<void> {
  await k.out(`Handling connection for ${port}\n`)
  const channel = await (await k.client()).channel(
    `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/portforward`,
    { ports: port },
  )
  const incoming = (async () => {
    const greeted = new Set<number>()
    for (let m = await channel.receive(); m; m = await channel.receive()) {
      // Each channel begins with the port's number.
      if (!greeted.has(m.channel)) {
        greeted.add(m.channel)
        continue
      }
      if (m.channel === 0) connection.write(m.data)
      else await k.err(`E portforward: an error occurred forwarding ${port}: ${m.data}\n`)
    }
    connection.close()
  })()
  for (let data = await connection.read(); data !== undefined; data = await connection.read()) channel.send(0, data)
  channel.close()
  await incoming
}
