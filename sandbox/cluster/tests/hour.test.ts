/** An hour at once and an hour second by second are the same hour: objects, events and logs to the last byte. */
import { expect, it } from 'vitest'
import { cronJob } from '../../api/kinds/cronjob.ts'
import { deployment } from '../../api/kinds/deployment.ts'
import { event } from '../../api/kinds/event.ts'
import { pod } from '../../api/kinds/pod/index.ts'
import type { Pod } from '../../api/types.ts'
import { createCluster } from '../../cluster.ts'
import { BOOT_MS } from '../boot.ts'

const HOUR = 3_600_000

const sh = (script: string, more: object = {}) => ({
  name: 'main',
  image: 'busybox:1.36',
  command: ['sh', '-c', script],
  ...more,
})
const template = (name: string, spec: Pod['spec']) => ({ metadata: { labels: { app: name } }, spec })

/** Pods that live, are probed, end, crash, count and draw chance. */
async function world() {
  const cluster = createCluster({ seed: 'an-hour', nodes: ['node-1', 'node-2'] })
  const { client, clock } = cluster
  await clock.advance(BOOT_MS)
  const inDefault = (name: string) => ({ name, namespace: 'default' })
  client.create(deployment, {
    metadata: inDefault('web'),
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: template('web', {
        containers: [
          { name: 'main', image: 'nginx:1.27', livenessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 7 } },
        ],
      }),
    },
  })
  client.create(pod, {
    metadata: inDefault('crash'),
    spec: { containers: [sh('echo begin $RANDOM; sleep 11; exit 3')] },
  })
  client.create(pod, {
    metadata: inDefault('sick'),
    spec: {
      containers: [
        sh('touch /tmp/ok; sleep 50; rm /tmp/ok; sleep 600', {
          livenessProbe: { exec: { command: ['cat', '/tmp/ok'] }, periodSeconds: 10 },
        }),
      ],
    },
  })
  client.create(cronJob, {
    metadata: inDefault('tick'),
    spec: {
      schedule: '*/7 * * * *',
      jobTemplate: {
        spec: {
          template: {
            spec: {
              restartPolicy: 'Never',
              containers: [sh('for i in 1 2 3; do (sleep 0.$i; date; echo $i) & done; wait')],
            },
          },
        },
      },
    },
  })
  await clock.advance(0)
  return cluster
}

function history({ store, client, kubelets }: Awaited<ReturnType<typeof world>>) {
  const logs = [...kubelets.values()].flatMap(kubelet =>
    kubelet.workers().flatMap(worker => worker.runtime.instances.map(({ container }) => container.logs.lines())),
  )
  return { objects: store.snapshot(), logs, counts: [client.list(pod).length, client.list(event).length] }
}

it('is the same in one jump and in 3,600 steps', async () => {
  const [jump, steps] = [await world(), await world()]
  await jump.clock.advance(HOUR)
  for (let second = 0; second < 3600; second++) await steps.clock.advance(1000)
  const [a, b] = [history(jump), history(steps)]
  expect(a.counts[1]).toBeGreaterThan(20)
  expect(a.logs.flat().length).toBeGreaterThan(100)
  expect(JSON.stringify(b)).toBe(JSON.stringify(a))
})
