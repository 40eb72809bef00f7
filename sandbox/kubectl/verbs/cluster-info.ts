/** kubectl cluster-info. */
import { restConfig } from '../kubeconfig/kubeconfig.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'

export async function info(k: Kubectl): Promise<void> {
  await k.client()
  const told = await services(k).catch(e => e as Error)
  await k.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
  if (told) throw told
}

async function services(k: Kubectl): Promise<void> {
  const { server } = await restConfig(k.io, k.flags, await k.config())
  const client = await k.client()
  const green = (text: string): string => (k.io.isTerminal(1) ? `\x1b[0;32m${text}\x1b[0m` : text)
  const yellow = (text: string): string => (k.io.isTerminal(1) ? `\x1b[0;33m${text}\x1b[0m` : text)
  const found = await client.list(await k.resource('services', 5), 'kube-system', {
    query: { labelSelector: 'kubernetes.io/cluster-service=true' },
  })
  await k.out(`${green('Kubernetes control plane')} is running at ${yellow(server)}\n`)
  for (const s of found.items as Obj[]) {
    const port = s.spec.ports?.[0]
    const target = port ? `${s.metadata.name}:${port.name || port.port}` : s.metadata.name
    await k.out(
      `${green(s.metadata.labels['kubernetes.io/name'] ?? s.metadata.name)} is running at ${yellow(`${server}/api/v1/namespaces/kube-system/services/${target}/proxy`)}\n`,
    )
  }
}
