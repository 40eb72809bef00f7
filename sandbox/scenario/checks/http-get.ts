/** One GET over the simulated network, for checks: as a Pod of the cluster would see it. */
import type { Clock } from '../../clock/clock.ts'
import type { Network, NetworkNamespace } from '../../network/network.ts'
import { ask, failed, type HttpAnswer } from '../http-ask.ts'

const PATIENCE_MS = 5_000
const STEP_MS = 50

/** @param pause lets real time pass, where who answers is a real process */
export async function httpGet(
  clock: Clock,
  network: Network,
  nodeName: string,
  address: string,
  pause?: (ms: number) => Promise<void>,
): Promise<HttpAnswer> {
  const url = /^(?:http:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(address)
  if (!url) return failed(`"${address}" is no http address`)
  const [, host = '', port = '80', path = '/'] = url
  const from = network.createNamespace({ nodeName, hostname: 'check', hostNetwork: false })
  const ip = /^[\d.]+$/.test(host) ? host : resolve(network, from, host)[0]
  let answer: HttpAnswer | undefined
  if (ip === undefined) answer = failed('could not resolve host')
  else {
    ask(from, { ip, port: Number(port), host, path, agent: 'podlab-check' }, got => (answer = got))
  }
  const deadline = clock.now() + PATIENCE_MS
  await clock.settle()
  while (!answer && clock.now() < deadline) {
    await pause?.(STEP_MS)
    await clock.advance(STEP_MS)
  }
  network.removeNamespace(from)
  return answer ?? failed('timed out')
}

/** As a Pod's resolv.conf has it: the namespace's own domain first. */
function resolve(network: Network, from: NetworkNamespace, host: string): readonly string[] {
  const domains = host.endsWith('.') ? [''] : ['.default.svc.cluster.local', '.svc.cluster.local', '.cluster.local', '']
  for (const domain of domains) {
    const found = network.resolver(host.replace(/\.$/, '') + domain, 'A', from)
    if (found !== 'silence' && found?.length) return found
  }
  return []
}
