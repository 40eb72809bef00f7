/** Pods that never came to be: what is said of it where they were to be made. */
import { expect, test } from 'vitest'
import { createSession } from '../../../../sandbox/scenario/create.ts'
import { en } from '../../words/en.ts'
import { makerFindings } from './makers.ts'

const deployment = (spec: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 3${more}\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {${spec}}\n`
const job = (spec: string, command = 'sleep 1000', more = ''): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: {name: web}\nspec:\n  ${spec}\n  template:\n    spec:\n      restartPolicy: Never\n      ${more}\n      containers: [{name: a, image: busybox, command: [sh, -c, ${command}]}]\n`
const container = 'containers: [{name: a, image: nginx}]'

async function said(manifest: string, ms = 20_000): Promise<string> {
  const lesson = { id: 'x', manifests: { 'web.yaml': manifest }, files: {}, settleMs: ms, exercises: [] }
  const view = (await createSession({ seed: 'why', lesson })).view()
  const topmost = view.workloads.find(w => !w.metadata.ownerReferences)!
  return makerFindings(topmost, view, en.why)
    .map(f => f.text)
    .join('\n')
}

test.each([
  [
    'a quota that is used up',
    `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {pods: "2"}}\n---\n${deployment(container)}`,
    'It should have 3 Pods and has 2: the API server refuses the others.\nThe ResourceQuota q has no room for it: the limit is pods=2, pods=2 are used, and this Pod asks for pods=1 more.',
  ],
  [
    'a quota that wants to be told',
    `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {requests.cpu: "2"}}\n---\n${deployment(container)}`,
    'It should have 3 Pods and has none: the API server refuses the others.\nThe ResourceQuota q wants every container to say what it needs, and this is missing: requests.cpu of a.',
  ],
  [
    'a service account that is not there',
    deployment(`serviceAccountName: nope, ${container}`),
    'It should have 3 Pods and has none: the API server refuses the others.\nIt uses the ServiceAccount nope, which does not exist.',
  ],
  [
    'a range of which the manifest says nothing',
    `apiVersion: v1\nkind: LimitRange\nmetadata: {name: r}\nspec: {limits: [{type: Pod, min: {cpu: 100m}}]}\n---\n${deployment(container)}`,
    'It should have 3 Pods and has none: the API server refuses the others.\nA LimitRange sets a bound of 100m for the cpu of each Pod, and the manifest does not keep to it.',
  ],
  [
    'a namespace that keeps to a level of security',
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {pod-security.kubernetes.io/enforce: restricted}}\n---\n${deployment(container)}`,
    'It should have 3 Pods and has none: the API server refuses the others.\nThe namespace wants Pods to keep to the security level restricted, and this one does not. Kubernetes’ own words say in what way.',
  ],
  [
    'a Job that may not have all that it wants at a time',
    `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {pods: "2"}}\n---\n${job('parallelism: 3\n  completions: 9')}`,
    'It should have 3 Pods and has 2: the API server refuses the others.\nThe ResourceQuota q has no room for it: the limit is pods=2, pods=2 are used, and this Pod asks for pods=1 more.',
  ],
  [
    'a Job that has given up',
    job('backoffLimit: 0', 'exit 1'),
    'Its Pods failed more often than its backoffLimit (0) allows, and it does not try again.',
  ],
  [
    'a Job that took too long',
    job('activeDeadlineSeconds: 5'),
    'It ran longer than the 5 seconds of its activeDeadlineSeconds, and was ended.',
  ],
  [
    'a Job that failed for another reason',
    job(
      'backoffLimit: 5\n  podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [1]}}]}',
      'exit 1',
    ),
    '',
  ],
  ['a Job whose work is done', job('completions: 1', 'exit 0'), ''],
  ['nothing in its way', deployment(container), ''],
])('%s', async (_, manifest, text) => {
  expect(await said(manifest)).toBe(text)
})

test('a rollout that got stuck', async () => {
  const stuck = deployment('containers: [{name: a, image: ngnix}]', '\n  progressDeadlineSeconds: 30')
  expect(await said(stuck, 60_000)).toMatch(/^The rollout made no progress for 30 seconds/)
})
