/** kubectl port-forward: a local port that leads into a Pod. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { attachablePod } from '../podof.ts'
import { infos } from '../resources.ts'
import { podSpecOf } from '../selectors.ts'

interface Pair {
  local: number
  remote: number
}

function parsePair(text: string, target: Obj, pod: Obj): Pair {
  const parts = text.split(':')
  if (parts.length > 2) throw new KubectlError(`invalid port format '${text}'`)
  const named = (s: string): number => {
    if (/^\d+$/.test(s)) return Number(s)
    const port = (podSpecOf(pod)?.containers ?? []).flatMap((c: Obj) => c.ports ?? []).find((p: Obj) => p.name === s)
    if (!port) throw new KubectlError(`Pod '${pod.metadata.name}' does not have a named port '${s}'`)
    return port.containerPort
  }
  const remote = parts.at(-1)!
  let number: number
  if (target.kind === 'Service') {
    const p = (target.spec.ports ?? []).find((x: Obj) => String(x.port) === remote || x.name === remote)
    if (!p) throw new KubectlError(`Service ${target.metadata.name} does not have a service port ${remote}`)
    number = target.spec.clusterIP === 'None' ? named(remote) : named(String(p.targetPort ?? p.port))
  } else number = named(remote)
  return { local: parts[0] === '' ? 0 : Number(parts[0]) || number, remote: number }
}

export async function run(k: Kubectl): Promise<void> {
  if (k.args.length < 2) k.usage('TYPE/NAME and list of ports are required for port-forward')
  const [name, ...ports] = k.args as [string, ...string[]]
  const found = await infos(k, { args: name.includes('/') ? [name] : ['pods', name], latest: true })
  const target = found.infos[0]!.object
  const pod = await attachablePod(k, target, k.flags.num('pod-running-timeout'))
  if (pod.status?.phase !== 'Running')
    throw new KubectlError(`unable to forward port because pod is not running. Current status=${pod.status?.phase}`)
  const pairs = ports.map(p => parsePair(p, target, pod))
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
