/** Pods that never came to be: what is said of it where they were to be made. */
import { expect, test } from 'vitest'
import { createSession } from '../../../../sandbox/scenario/create.ts'
import { en } from '../../words/en.ts'
import { makerFindings } from './makers.ts'

const deployment = (spec: string, more = ''): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 3${more}\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {${spec}}\n`
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
    'It should have 3 Pods and has none: the API server refuses the others.\nThe ResourceQuota q wants every container to say what it needs, and this is not said: requests.cpu of a.',
  ],
  [
    'a service account that is not there',
    deployment(`serviceAccountName: nope, ${container}`),
    'It should have 3 Pods and has none: the API server refuses the others.\nIt uses the ServiceAccount nope, which does not exist.',
  ],
  ['nothing in its way', deployment(container), ''],
])('%s', async (_, manifest, text) => {
  expect(await said(manifest)).toBe(text)
})

test('a rollout that got stuck', async () => {
  const stuck = deployment('containers: [{name: a, image: ngnix}]', '\n  progressDeadlineSeconds: 30')
  expect(await said(stuck, 60_000)).toMatch(/^The rollout made no progress for 30 seconds/)
})
