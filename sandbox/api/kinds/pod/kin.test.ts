/** Pods of one template share their parts, and what was found sound once is not judged again: neither may ever show. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deepFreeze } from '../../../store/freeze.ts'
import { clone } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import { emptyCluster } from '../../testing.ts'
import { pod as kind } from './index.ts'

const made = (name: string, token: string, change: (pod: Draft) => void = () => {}): Draft => {
  const mount = { name: token, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }
  const pod: Draft = {
    metadata: {
      name,
      namespace: 'default',
      labels: { app: 'web' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'w', controller: true }],
    },
    spec: {
      serviceAccountName: 'default',
      containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }], volumeMounts: [mount] }],
      volumes: [{ name: token, projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],
    },
  }
  change(pod)
  kind.setDefaults!(pod, emptyCluster)
  return pod
}

const judge = (pod: Draft): unknown => kind.checks!.now.validate!(pod, emptyCluster)

/** Made as the server makes it, judged and stored. */
function stored(pod: Draft): Draft {
  kind.prepareForCreate!(pod, emptyCluster)
  expect(judge(pod)).toEqual([])
  return deepFreeze(pod)
}

describe('a Pod like the one before it', () => {
  test('holds the same parts, and says the same as on its own', () => {
    const first = stored(made('a', 'kube-api-access-aaaaa'))
    const alone = clone(made('b', 'kube-api-access-bbbbb'))
    const second = stored(made('b', 'kube-api-access-bbbbb'))
    expect(second.metadata.labels).toBe(first.metadata.labels)
    expect(second.spec.containers[0].ports).toBe(first.spec.containers[0].ports)
    expect(second.spec.containers[0]).not.toBe(first.spec.containers[0])
    expect(JSON.stringify([second.metadata, second.spec])).toBe(JSON.stringify([alone.metadata, alone.spec]))
  })

  const changes: Record<string, (pod: Draft) => void> = {
    none: () => {},
    'a port out of range': pod => (pod.spec.containers[0].ports[0].containerPort = 0),
    'a second container of that name': pod => pod.spec.containers.push({ name: 'web', image: 'nginx' }),
    'a mount of nothing': pod => (pod.spec.containers[0].volumeMounts[0].name = 'other'),
    'an ill-formed volume': pod => {
      pod.spec.volumes[0].name = pod.spec.containers[0].volumeMounts[0].name = 'kube-api-access-A_B'
    },
    'no image': pod => delete pod.spec.containers[0].image,
    'a restart policy of its own': pod => (pod.spec.restartPolicy = 'Sometimes'),
    'a label that is none': pod => (pod.metadata.labels = { app: 'a b' }),
    'an annotation of a mirror': pod => (pod.metadata.annotations = { 'kubernetes.io/config.mirror': 'x' }),
  }

  test('is judged as if there had been none', () => {
    const other = (pod: Draft): void => void (pod.spec.containers[0].name = 'quite-another')
    const change = fc.constantFrom(...Object.keys(changes))
    const token = fc.constantFrom('kube-api-access-aaaaa', 'kube-api-access-ccccc', 'mine')
    fc.assert(
      fc.property(change, token, token, (name, before, now) => {
        stored(made('first', before))
        const beside = judge(made('second', now, changes[name]))
        stored(made('first', before, other))
        expect(beside).toEqual(judge(made('second', now, changes[name])))
        expect((beside as unknown[]).length > 0).toBe(name !== 'none')
      }),
      { numRuns: 60 },
    )
  })
})
