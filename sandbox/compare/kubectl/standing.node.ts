/** A cluster that stands still, with an object of every kind, on a port. */
import { createCluster } from '../../cluster.ts'
import { serve } from '../../http/node/node.ts'
import { manifests } from '../objects.node.ts'
import { ours, pointAt } from './asked.node.ts'

const DAY_MS = 86_400_000
/** They would keep others from being made, or need servers that are not there. */
const LEFT_OUT = /^(MutatingWebhookConfiguration|APIService|ResourceQuota|LimitRange|.*Review)$/

/** Its controllers have been at work for a minute; days old, so that ages stay what they are. */
export async function standingCluster(home: string): Promise<{ server: string; close(): Promise<void> }> {
  const start = Math.floor(Date.now() / DAY_MS - 3) * DAY_MS
  const { api, clock } = createCluster({ seed: 'compare', start, metricsServer: true })
  const { port, close } = await serve({ api, port: 0, onActivity: () => void clock.advance(0) })
  const server = `http://127.0.0.1:${port}`
  await clock.advance(20_000)
  pointAt(home, server)
  for (const manifest of manifests()) {
    if (LEFT_OUT.test(manifest.kind)) continue
    const { code, err } = await ours(['create', '-f', '-'], home, JSON.stringify(manifest))
    if (code) console.error(err.trim())
  }
  await clock.advance(60_000)
  return { server, close }
}
