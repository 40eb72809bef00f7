/** Dry runs of what is in the editor. */
import { expect, it } from 'vitest'
import { createSession } from '../create.ts'
import { fieldPath } from './dry-run.ts'

const pod = (spec: string, name = 'web'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n${spec.replace(/^/gm, '  ')}\n`
const good = pod('containers:\n- name: a\n  image: nginx')

it('has nothing to say to what would be accepted, and keeps nothing of it', async () => {
  const session = await createSession({ seed: 'dry' })
  const before = session.hash()
  expect(await session.dryRun(good)).toEqual([])
  expect(await session.dryRun('')).toEqual([])
  expect(await session.dryRun('# only a comment\n')).toEqual([])
  expect(session.hash()).toBe(before)
  expect(session.record().inputs).toEqual([])
})

it('says what the server says, on the line that it is about', async () => {
  const session = await createSession({ seed: 'dry' })
  const two = `${good}---\n${pod('containers:\n- name: a\n  image: nginx\n  ports:\n  - containerPort: 99999', 'two')}`
  expect(await session.dryRun(two)).toEqual([
    {
      line: 19,
      severity: 'error',
      message:
        'spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
    },
  ])
  expect(await session.dryRun(pod('containers:\n- name: A_b\n  image: nginx'))).toMatchObject([{ line: 7 }])
  expect(await session.dryRun(pod('containrs: []\ncontainers: [{name: a, image: nginx}]'))).toMatchObject([
    { line: 6, message: expect.stringContaining('containrs') },
  ])
  const second = pod('containers:\n- name: a\n  image: nginx\n- name: b\n  imag: nginx')
  expect(await session.dryRun(second)).toMatchObject([{ line: 10, message: expect.stringContaining('imag') }])
  expect(await session.dryRun('apiVersion: v1\nkind: Pot\n')).toEqual([
    { line: 2, severity: 'error', message: 'no matches for kind "Pot" in version "v1"' },
  ])
  expect(await session.dryRun('kind: Pod\n')).toEqual([{ line: 1, severity: 'error', message: 'apiVersion not set' }])
  expect(await session.dryRun(pod('containers: [{name: a, image: nginx}]', 'half\udc00'))).toMatchObject([
    { message: expect.stringContaining('metadata.name: Invalid value') },
  ])
  // A parser does not mind, whoever asks for the value does.
  expect(await session.dryRun('apiVersion: *v1\nkind: Pod\n')).toMatchObject([
    { line: 1, message: "error converting YAML to JSON: yaml: unknown anchor 'v1' referenced" },
  ])
})

it('looks into a list, as kubectl does', async () => {
  const session = await createSession({ seed: 'dry' })
  const list = (...items: string[]): string =>
    `apiVersion: v1\nkind: List\nitems:\n${items.map(item => item.replace(/^/gm, '  ').replace(' ', '-')).join('\n')}\n`
  expect(await session.dryRun(list(good.trimEnd()))).toEqual([])
  expect(await session.dryRun(list(good.trimEnd(), good.trimEnd().replace('image', 'imag'), 'kind: Pod'))).toEqual([
    expect.objectContaining({ line: 19, message: expect.stringContaining('imag') }),
    expect.objectContaining({ line: 20, message: 'apiVersion not set' }),
  ])
})

it('knows what is there: what cannot be changed is refused, and a namespace that is missing is missed', async () => {
  const session = await createSession({ seed: 'dry' })
  session.openTerminal({ columns: 80, rows: 24 })
  await session.dispatch({ type: 'command', terminal: 0, line: 'kubectl run web --image=nginx' })
  await session.advance(5000)
  const [changed] = await session.dryRun(pod('restartPolicy: Never\ncontainers:\n- name: web\n  image: nginx'))
  expect(changed?.message).toContain('pod updates may not change fields other than')
  const [lost] = await session.dryRun(good.replace('name: web', 'name: web\n  namespace: none'))
  expect(lost?.message).toContain('namespaces "none" not found')
})

it('dry runs leave no trace in the history', async () => {
  const live = async (tries: readonly string[]): Promise<string> => {
    const session = await createSession({ seed: 'dry' })
    session.openTerminal({ columns: 80, rows: 24 })
    for (const line of [
      'kubectl create deployment a --image=nginx --replicas=2',
      'kubectl expose deployment a --port=80',
    ]) {
      for (const text of tries) await session.dryRun(text)
      await session.dispatch({ type: 'command', terminal: 0, line })
      await session.advance(10_000)
    }
    return session.hash()
  }
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {type: NodePort, ports: [{port: 80}]}\n'
  const job =
    'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: j-}\nspec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: busybox}]}}}\n'
  expect(await live([good, service, job, good.replace('Pod', 'Namespace')])).toBe(await live([]))
})

it('reads the paths of fields', () => {
  expect(fieldPath('spec.containers[0].name')).toEqual(['spec', 'containers', 0, 'name'])
  expect(fieldPath('metadata.labels[app.kubernetes.io/name]')).toEqual(['metadata', 'labels', 'app.kubernetes.io/name'])
})
