/** The peer, @ngrok/webernetes, measured in the same run on the same work. It lives in wall time, so CPU is what compares. */
import { registerHooks } from 'node:module'
import type { Cluster, ProcessContext } from '@ngrok/webernetes'

// The package is made for bundlers: the files that it imports are named without their ending.
registerHooks({
  resolve(specifier, context, next) {
    if (!/^\.{1,2}\//.test(specifier) || !context.parentURL?.includes('/@ngrok/webernetes/'))
      return next(specifier, context)
    for (const ending of ['', '.js', '/index.js']) {
      try {
        return next(specifier + ending, context)
      } catch {
        // The next ending, then.
      }
    }
    return next(specifier, context)
  },
})
const { BaseImage, Cluster: PeerCluster } = await import('@ngrok/webernetes')

class Web extends BaseImage {
  static readonly imageName = 'nginx'
  static readonly imageVersion = '1.25'
  readonly defaultCommand = ['server']

  override async exec(ctx: ProcessContext, argv: readonly string[]): Promise<number> {
    if (argv[0] !== 'server') return super.exec(ctx, argv)
    ctx.listenHttp(80, async () => ({ status: 200, body: 'hello\n' }))
    return ctx.waitUntilKilled()
  }
}

export async function bootPeer(): Promise<Cluster> {
  const cluster = new PeerCluster()
  cluster.registerImage(Web)
  await cluster.init()
  return cluster
}

/** Until every replica is ready, or the limit of wall time is reached: undefined. */
export async function rollOutPeer(cluster: Cluster, replicas: number, limitMs: number): Promise<boolean> {
  const labels = { app: 'web' }
  await cluster.apply([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'nginx', image: 'nginx:1.25' }] } },
      },
    },
  ])
  const end = performance.now() + limitMs
  while (performance.now() < end) {
    const { status } = await cluster.api.appsv1.readNamespacedDeployment({ name: 'web', namespace: 'default' })
    if (status?.readyReplicas === replicas) return true
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return false
}
