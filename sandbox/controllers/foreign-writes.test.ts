/** Writes of clients to objects of controllers: their own conditions stay, and revisions that they make are adopted. */
import { expect, it } from 'vitest'
import type { KindDef } from '../api/kind.ts'
import { controllerRevision } from '../api/kinds/controllerrevision.ts'
import { daemonSet } from '../api/kinds/daemonset.ts'
import { deployment } from '../api/kinds/deployment.ts'
import { kinds } from '../api/kinds/index.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { podDisruptionBudget } from '../api/kinds/poddisruptionbudget.ts'
import { replicaSet } from '../api/kinds/replicaset.ts'
import { replicationController } from '../api/kinds/replicationcontroller.ts'
import { statefulSet } from '../api/kinds/statefulset.ts'
import type { KubeObject } from '../api/types.ts'
import { daemonSetController } from './daemonset/index.ts'
import { deploymentController } from './deployment/index.ts'
import { disruptionController } from './policy/disruption.ts'
import { replicaSetController } from './replicas/replicaset.ts'
import { replicationControllerController } from './replicas/replicationcontroller.ts'
import { statefulSetController } from './statefulset/index.ts'
import { REVISION_HASH } from './templates/history.ts'
import { makeWorld, readyNode, template } from './testing.ts'

const labels = { app: 'web' }
const selector = { matchLabels: labels }

it.each([
  ['a Deployment', deployment, deploymentController, { replicas: 2, selector, template: template(labels) }],
  ['a ReplicaSet', replicaSet, replicaSetController, { replicas: 2, selector, template: template(labels) }],
  [
    'a ReplicationController',
    replicationController,
    replicationControllerController,
    { replicas: 2, selector: labels, template: template(labels) },
  ],
  [
    'a StatefulSet',
    statefulSet,
    statefulSetController,
    { replicas: 2, serviceName: 'web', selector, template: template(labels) },
  ],
  ['a DaemonSet', daemonSet, daemonSetController(), { selector, template: template(labels) }],
  ['a PodDisruptionBudget', podDisruptionBudget, disruptionController(() => kinds), { minAvailable: 1, selector }],
] as const)('a condition that somebody else has set stays in the status of %s', async (_, typed, controller, spec) => {
  const kind: KindDef = typed
  const w = makeWorld({ controllers: [controller, replicaSetController] })
  readyNode(w.client, 'node-1')
  w.client.create(kind, { metadata: { name: 'web', namespace: 'default' }, spec })
  await w.clock.advance(5000)
  const made = w.client.get(kind, 'default', 'web') as KubeObject & { status: { conditions?: object[] } }
  const theirs = {
    type: 'Inspected',
    status: 'True',
    reason: 'Human',
    message: 'looks fine',
    lastTransitionTime: w.clock.timestamp(),
  }
  const conditions = [...(made.status.conditions ?? []), theirs]
  w.client.updateStatus(kind, { ...made, status: { ...made.status, conditions } })
  await w.clock.advance(5000)
  for (const pod of w.pods(labels)) w.client.delete(podKind, 'default', pod.metadata.name)
  await w.clock.advance(5000)
  const { status } = w.client.get(kind, 'default', 'web') as { status: { conditions?: object[] } }
  expect(status.conditions).toContainEqual(expect.objectContaining({ type: 'Inspected', status: 'True' }))
  expect(w.errors).toEqual([])
})

it('a DaemonSet takes over a second revision of its template, and no Pod is replaced for it', async () => {
  const w = makeWorld({ controllers: [daemonSetController()] })
  readyNode(w.client, 'node-1')
  w.client.create(daemonSet, {
    metadata: { name: 'agent', namespace: 'default' },
    spec: { selector, template: template(labels) },
  })
  await w.clock.advance(5000)
  const [first] = w.client.list(controllerRevision)
  const [pod] = w.pods(labels)
  const { uid: _uid, resourceVersion: _rv, creationTimestamp: _at, ...metadata } = first!.metadata
  w.client.create(controllerRevision, {
    ...first,
    metadata: { ...metadata, name: 'agent-mine', labels: { ...metadata.labels, [REVISION_HASH]: 'mine' } },
    revision: 2,
  })
  await w.clock.advance(1000)
  // The controller looks when there is something to do for it, not when revisions come and go.
  expect(w.client.list(controllerRevision)).toHaveLength(2)
  w.client.patch(daemonSet, 'default', 'agent', { metadata: { annotations: { look: 'again' } } })
  await w.clock.advance(5000)
  expect(w.client.list(controllerRevision).map(r => r.metadata.name)).toEqual(['agent-mine'])
  const [now] = w.pods(labels)
  expect(now!.metadata.uid).toBe(pod!.metadata.uid)
  expect(now!.metadata.labels![REVISION_HASH]).toBe('mine')
  expect(w.errors).toEqual([])
})
