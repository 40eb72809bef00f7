/** A small world for tests of controllers: a server, the controllers, and a kubelet that believes every image but `bad`. */
import type { Client } from '../api/client.ts'
import { createRecorder } from '../api/events/events.ts'
import { ZERO_TIME } from '../api/formats/zero-time.ts'
import { event as eventKind } from '../api/kinds/event.ts'
import { kinds } from '../api/kinds/index.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { isConflict, isNotFound } from '../api/status.ts'
import { testServer } from '../api/testing.ts'
import type { Node, Pod } from '../api/types.ts'
import type { Controller } from './controller.ts'
import { startControllers } from './manager.ts'

export interface WorldOptions {
  controllers: readonly Controller[]
  kubelet?: boolean
}

export function makeWorld({ controllers, kubelet = true }: WorldOptions) {
  const world = testServer(kinds)
  const { clock, client, random } = world
  const errors: unknown[] = []
  clock.onError = error => errors.push(error)
  if (kubelet) startKubelet(world)
  const stop = startControllers(controllers, {
    client,
    clock,
    random,
    recorder: component => createRecorder({ client, clock, kind: eventKind, component }),
    onError: (name, error) => errors.push([name, error]),
  })
  return {
    ...world,
    errors,
    stop,
    pods: (labels?: Record<string, string>) =>
      labels ? client.withLabels(podKind, 'default', labels) : client.list(podKind, { namespace: 'default' }),
    /** Messages of the events about one kind, with how often each. */
    events: (kind: string) =>
      client
        .list(eventKind)
        .filter(e => e.involvedObject.kind === kind)
        .map(e => `${e.reason} x${e.count}: ${e.message}`),
  }
}

type World = ReturnType<typeof testServer>

const STARTUP_MS = 1000

function startKubelet({ clock, client }: World): void {
  let bound = 0
  const known = new Set<string>()
  const sync = (pod: Pod): void => {
    const { namespace: ns = '', name, uid } = pod.metadata
    const now = client.find(podKind, ns, name)
    if (!now || now.metadata.uid !== uid) return
    if (now.metadata.deletionTimestamp) {
      clock.after(STARTUP_MS / 2, () => {
        try {
          client.delete(podKind, ns, name, { gracePeriodSeconds: 0, preconditions: { uid } })
        } catch (error) {
          if (!isNotFound(error) && !isConflict(error)) throw error
        }
      })
    } else if (!now.spec.nodeName) client.bind(ns, name, `node-${(bound++ % 2) + 1}`)
    else if (!known.has(uid)) {
      known.add(uid)
      clock.after(STARTUP_MS, () => run(ns, name, uid))
    }
  }
  const run = (ns: string, name: string, uid: string): void => {
    const pod = client.find(podKind, ns, name)
    if (!pod || pod.metadata.uid !== uid || pod.metadata.deletionTimestamp) return
    const ready = pod.spec.containers.every(c => c.image !== 'bad')
    const at = clock.timestamp()
    const ip = `10.244.0.${known.size + 1}`
    client.updateStatus(podKind, {
      ...pod,
      status: {
        ...pod.status,
        phase: ready ? 'Running' : 'Pending',
        startTime: at,
        podIP: ip,
        podIPs: [{ ip }],
        conditions: [
          ...(pod.status.conditions ?? []),
          { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: at, lastProbeTime: ZERO_TIME },
        ],
      },
    })
  }
  client.watch(podKind, {}, ({ type, object }) => {
    if (type !== 'DELETED') clock.soon(() => sync(object))
  })
}

/** A node that has said that it is ready, and so lost the taint of a new one. */
export function readyNode(
  client: Client,
  name: string,
  spec: Pick<Node['spec'], 'taints' | 'unschedulable'> = {},
): void {
  client.create(nodeKind, { metadata: { name }, spec })
  client.patch(nodeKind, '', name, { spec: { taints: spec.taints ?? null } })
}

/** A template of one container. */
export const template = (labels: Record<string, string>, image = 'nginx') => ({
  metadata: { labels },
  spec: { containers: [{ name: 'app', image }], terminationGracePeriodSeconds: 1 },
})
