/** A learner compares a file with the cluster. */
import { expect, it } from 'vitest'
import { createSession } from '../create.ts'

const web = `# mine
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - name: a
    image: nginx:1.27
    resources: {requests: {cpu: "0.5"}}
    env: [{name: X, value: "1"}]
`
async function world(start: string) {
  const lesson = { id: 'x', manifests: { 'web.yaml': start }, files: {}, settleMs: 10_000, exercises: [] }
  return createSession({ seed: 'live', lesson })
}

it('has nothing to show where the file is what is applied, however it is written, and keeps nothing of it', async () => {
  const session = await world(web)
  const before = session.hash()
  const [found] = await session.compareLive(web)
  expect(found).toMatchObject({ name: 'Pod web', live: true, refused: false })
  expect(found?.brief.after).toBe(found?.brief.before)
  expect(found?.brief.before).toBe(
    `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
  - name: a
    image: nginx:1.27
    resources:
      requests:
        cpu: 500m
    env:
    - name: X
      value: "1"
`,
  )
  expect(found?.whole.before).toContain('nodeName: worker-')
  expect(found?.whole.before).not.toContain('managedFields')
  expect(session.hash()).toBe(before)
})

it('shows what would come, and what would go because it was applied and is in the file no more', async () => {
  const session = await world(web)
  const [found] = await session.compareLive(
    web.replace('nginx:1.27', 'nginx:1.28').replace('labels: {app: web}', 'labels: {tier: front}'),
  )
  expect(found?.brief.before).toContain('    app: web\n')
  expect(found?.brief.before).not.toContain('tier')
  expect(found?.brief.after).toContain('    tier: front\n')
  expect(found?.brief.after).not.toContain('app: web')
  expect(found?.brief.after).toContain('image: nginx:1.28')
})

it('shows a file that would be refused as it stands, and one whose object there is not yet', async () => {
  const session = await world(web)
  const [changed, absent] = await session.compareLive(
    `${web.replace('value: "1"', 'value: "2"')}---\n${web.replace('name: web', 'name: other')}`,
  )
  expect(changed).toMatchObject({ live: true, refused: true })
  expect(changed?.brief.after).toContain('value: "2"')
  expect(absent).toMatchObject({ name: 'Pod other', live: false, refused: false, brief: { before: '' } })
})

it('compares a Secret as it is kept', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n'
  const session = await world(secret)
  const [found] = await session.compareLive(secret)
  expect(found?.brief.before).toContain('data:\n  a: Yg==\n')
  expect(found?.brief.after).toBe(found?.brief.before)
})

it('looks where kubectl would: in the namespace of the context in force, and into a list', async () => {
  const session = await world('apiVersion: v1\nkind: Namespace\nmetadata: {name: dev}\n')
  const list = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: "1"}}\n- {apiVersion: v1, kind: Namespace, metadata: {name: dev}}\n`
  await session.dispatch({ type: 'file', path: 'list.yaml', text: list })
  const type = (line: string) => session.dispatch({ type: 'command', terminal: 0, line })
  await session.dispatch({ type: 'open', terminal: 0, columns: 80, rows: 24 })
  await type('kubectl config set-context --current --namespace=dev; kubectl apply -f list.yaml')
  await session.advance(5000)
  expect(await session.compareLive(list)).toMatchObject([
    { name: 'ConfigMap a', live: true, whole: { before: expect.stringContaining('namespace: dev') } },
    { name: 'Namespace dev', live: true },
  ])
  await type('kubectl config set-context --current --namespace=default')
  await session.advance(5000)
  expect(await session.compareLive(list)).toMatchObject([{ live: false }, { live: true }])
})

it('passes over what is no object of a kind that there is', async () => {
  const session = await world(web)
  expect(await session.compareLive('')).toEqual([])
  expect(await session.compareLive('a: [')).toEqual([])
  expect(await session.compareLive('apiVersion: v1\nkind: Pot\nmetadata: {name: x}\n')).toEqual([])
})
