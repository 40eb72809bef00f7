/** Which address a name means to a Pod, after its /etc/resolv.conf. */
import type { NetworkNamespace } from '../../network/network.ts'

/** How many names a resolver still tries to complete. */
const dotsIn = (resolvConf: string): number => Number(/\bndots:(\d+)/.exec(resolvConf)?.[1] ?? 1)

/** @returns undefined for a name that the Pod's name server does not know */
export function addressOf(name: string, net: NetworkNamespace, resolvConf: string): string | undefined {
  if (name === 'localhost') return '127.0.0.1'
  const searches = /^search (.*)$/m.exec(resolvConf)?.[1]?.split(' ') ?? []
  const server = /^nameserver (\S+)$/m.exec(resolvConf)?.[1]
  const completed = name.endsWith('.') ? [] : searches.map(domain => `${name}.${domain}`)
  const plain = name.replace(/\.$/, '')
  const asked = name.split('.').length - 1 >= dotsIn(resolvConf) ? [plain, ...completed] : [...completed, plain]
  for (const full of asked) {
    const answer = net.resolve(full, 'A', server)
    if (answer && answer !== 'silence' && answer[0]) return answer[0]
  }
  return undefined
}
