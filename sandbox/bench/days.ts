/**
 * `npm run bench -- --days [N]`: a cluster that is used for many days. CronJobs tick, a Deployment is rolled out every hour, probes
 * ask, Pods crash and are deleted, watches are opened and closed, Events expire. The heap after each day must stay as it was. It is a session of
 * a lesson with a terminal in which nobody types: what has been is kept for its check.
 */
import { cronJob } from '../api/kinds/cronjob.ts'
import { deployment } from '../api/kinds/deployment.ts'
import { pod } from '../api/kinds/pod/index.ts'
import { loadAll } from '../parts.ts'
import { createSession } from '../scenario/create.ts'
import { heapBytes } from './measure.ts'

const HOUR = 3_600_000
const DAYS = 5

const container = (name: string, image: string, script?: string) => ({
  name,
  image,
  ...(script && { command: ['sh', '-c', script] }),
})

const web = (version: number) => ({
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 10,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, annotations: { version: String(version) } },
      spec: {
        containers: [
          {
            ...container('nginx', 'nginx:1.27'),
            readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 60 },
          },
        ],
      },
    },
  },
})

const ticking = (name: string, schedule: string, script: string) => ({
  metadata: { name, namespace: 'default' },
  spec: {
    schedule,
    jobTemplate: {
      spec: {
        backoffLimit: 1,
        template: { spec: { containers: [container('c', 'busybox:1.36', script)], restartPolicy: 'Never' as const } },
      },
    },
  },
})

const lesson = {
  id: 'bench/days',
  manifests: {},
  files: {},
  settleMs: 0,
  exercises: [{ id: 'e', checks: [{ id: 'c', expression: "history('pods').size() > 0" }] }],
}

export async function runDays(days = DAYS): Promise<void> {
  await loadAll()
  const session = await createSession({ seed: 'days', lesson })
  session.openTerminal({ columns: 100, rows: 30 })
  const { client, api } = session.cluster
  await session.advance(10_000)
  client.create(deployment, web(0))
  client.create(cronJob, ticking('good', '*/10 * * * *', 'echo done; sleep 5'))
  client.create(cronJob, ticking('bad', '*/20 * * * *', 'exit 3'))
  await session.dispatch({ type: 'command', terminal: 0, line: 'kubectl run crash --image=busybox:1.36 -- false' })
  const heap: number[] = []
  for (let day = 0; day < days; day++) {
    const cpu = process.cpuUsage()
    for (let hour = 0; hour < 24; hour++) {
      const stop = api.respond({
        method: 'GET',
        url: '/api/v1/pods?watch=true',
        headers: {},
        body: '',
        user: { username: 'kubernetes-admin', groups: ['kubeadm:cluster-admins'] },
      }).body as { open(write: () => void, end: () => void): () => void }
      const close = stop.open(
        () => {},
        () => {},
      )
      client.patch(deployment, 'default', 'web', { spec: web(day * 24 + hour + 1).spec })
      await session.advance(HOUR / 2)
      for (const { metadata } of client.list(pod, { namespace: 'default' }).slice(0, 3))
        client.delete(pod, 'default', metadata.name)
      close()
      await session.advance(HOUR / 2)
    }
    const { user, system } = process.cpuUsage(cpu)
    heap.push((heapBytes() ?? 0) / 2 ** 20)
    console.log(`day ${day + 1}: heap ${heap.at(-1)!.toFixed(1)} MB, ${((user + system) / 1e6).toFixed(1)} s of CPU`)
  }
  const growth = (heap.at(-1)! - heap[0]!) / (days - 1)
  console.log(`${growth.toFixed(2)} MB more for each day after the first`)
}
