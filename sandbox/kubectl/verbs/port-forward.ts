/** kubectl port-forward: a local port that leads into a Pod. */
import { refusedUpgrade } from '../client/client.ts'
import { KubectlError } from '../errors.ts'
import { Refused } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { attachablePod, runningTimeout } from '../pods/podof.ts'
import { podSpecOf } from '../pods/selectors.ts'
import { infos, namesOf } from '../resources/resources.ts'

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
  const timeout = runningTimeout(k)
  const found = await infos(k, { args: namesOf('pods', [name]), latest: true })
  const target = found.infos[0]!.object
  const pod = await attachablePod(k, target, timeout)
  const known: Obj[] =
    target.kind === 'Service' ? target.spec.ports : pod.spec.containers.flatMap((c: Obj) => c.ports ?? [])
  refuseUdp(known ?? [], ports)
  const resolved = ports.map(text => () => parsePair(text, target, pod))
  if (pod.status?.phase !== 'Running')
    throw new KubectlError(`unable to forward port because pod is not running. Current status=${pod.status?.phase}`)
  const pairs = resolved.map(parse => parse())
  await forward(k, pod, pairs)
}

/** localhost is both loopback addresses on a real machine; here there is one. */
const addressOf = (name: string): string => {
  if (name === 'localhost') return '127.0.0.1'
  if (/^[\d.]+$|:/.test(name)) return name
  throw new KubectlError(`${name} is not a valid IP`)
}

async function forward(k: Kubectl, pod: Obj, pairs: readonly Pair[]): Promise<never> {
  const { transport } = await k.client()
  if (!transport.forward) throw new KubectlError('not simulated: this kubectl has no ports to open')
  const leads = k.flags.list('address').flatMap(name => pairs.map(pair => ({ ...pair, address: addressOf(name) })))
  const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/portforward`
  const forwarding = await transport.forward(path, leads).catch(e => {
    throw e instanceof Refused ? refusedUpgrade(e, path) : e
  })
  const ports: number[] = []
  for (const [i, lead] of leads.entries()) {
    const bound = forwarding.bound[i]!
    if ('port' in bound) {
      ports[i] = bound.port
      await k.out(`Forwarding from ${lead.address}:${bound.port} -> ${lead.remote}\n`)
    } else
      await k.err(
        `Unable to listen on port ${lead.local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 ${lead.address}:${lead.local}: bind: ${bound.error}]\n`,
      )
  }
  if (!ports.length)
    throw new KubectlError(
      `unable to listen on any of the requested ports: [${pairs.map(p => `{${p.local} ${p.remote}}`).join(' ')}]`,
    )
  for (;;) {
    const { lead, error } = await forwarding.next()
    if (error === undefined) {
      await k.out(`Handling connection for ${ports[lead]}\n`)
      continue
    }
    const { remote } = leads[lead]!
    await k.err(
      `${logPrefix(k.now())} "Unhandled Error" err="an error occurred forwarding ${ports[lead]} -> ${remote}: error forwarding port ${remote} to pod ${pod.metadata.name}, uid : ${error.replaceAll('"', '\\"')}"\n`,
    )
    throw new KubectlError('lost connection to pod')
  }
}

/** `E0105 09:00:00.000000       1 portforward.go:424]`, as the client's log begins a line. */
function logPrefix(ms: number): string {
  const [date, time] = new Date(ms).toISOString().split('T') as [string, string]
  return `E${date.slice(5).replace('-', '')} ${time.slice(0, -1)}000       1 portforward.go:424]`
}
