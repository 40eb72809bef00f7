/** kubectl cluster-info. */
import { restConfig } from '../kubeconfig.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'

export async function info(k: Kubectl): Promise<void> {
  const { server } = await restConfig(k.io, k.flags, await k.config())
  const client = await k.client()
  const green = (text: string): string => (k.io.isTerminal(1) ? `\x1b[0;32m${text}\x1b[0m` : text)
  const yellow = (text: string): string => (k.io.isTerminal(1) ? `\x1b[0;33m${text}\x1b[0m` : text)
  const services = await client.list(await k.resource('services'), 'kube-system', {
    query: { labelSelector: 'kubernetes.io/cluster-service=true' },
  })
  await k.out(`${green('Kubernetes control plane')} is running at ${yellow(server)}\n`)
  for (const s of services.items as Obj[]) {
    const port = s.spec.ports?.[0]
    const target = port ? `${s.metadata.name}:${port.name || port.port}` : s.metadata.name
    await k.out(
      `${green(s.metadata.labels['kubernetes.io/name'] ?? s.metadata.name)} is running at ${yellow(`${server}/api/v1/namespaces/kube-system/services/${target}/proxy`)}\n`,
    )
  }
  await k.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
}
