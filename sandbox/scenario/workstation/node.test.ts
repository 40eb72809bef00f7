/** Programs on the learner's machine that use the cluster's API by the official client's names. */
import { expect, test } from 'vitest'
import { createSession } from '../create.ts'
import { runScript } from '../run-script.ts'

const CONTROLLER = `
import { AppsV1Api, CoreV1Api, KubeConfig, makeInformer, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node'
const config = new KubeConfig()
config.loadFromDefault()
const core = config.makeApiClient(CoreV1Api)
const namespace = 'default'
const informer = makeInformer(config, '/api/v1/namespaces/default/pods', () => core.listNamespacedPod({ namespace }))
for (const verb of ['add', 'delete']) informer.on(verb, pod => console.log(verb, pod.metadata.name))
await informer.start()
const body = { metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image: 'nginx' }] } }
await core.createNamespacedPod({ namespace, body })
await core.createNamespacedPod({ namespace, body }).catch(e => console.log(e.code, JSON.parse(e.body).message))
await core.patchNamespacedPod({ namespace, name: 'a', body: { metadata: { labels: { x: 'y' } } } }, setHeaderOptions('Content-Type', PatchStrategy.MergePatch))
console.log((await core.readNamespacedPod({ namespace, name: 'a' })).metadata.labels)
console.log((await config.makeApiClient(AppsV1Api).listNamespacedDeployment({ namespace })).items.length)
await core.deleteNamespacedPod({ namespace, name: 'a', gracePeriodSeconds: 0 })
setTimeout(async () => {
  console.log(informer.list().length)
  await informer.stop()
}, 2000)
`

test('lists, watches, writes, and is told of refusals', async () => {
  const session = await createSession({
    seed: 'node',
    lesson: { id: '', manifests: {}, files: { 'c.mjs': CONTROLLER }, settleMs: 0, exercises: [] },
  })
  const { screen, finished } = await runScript(session, 'node c.mjs; echo ended $?')
  expect(finished).toBe(true)
  expect(screen.replaceAll('\r', '')).toContain(`
add a
409 pods "a" already exists
{ x: 'y' }
0
delete a
0
ended 0
`)
})

test('in a container nothing is installed', async () => {
  const session = await createSession({ seed: 'node' })
  const { screen } = await runScript(
    session,
    `kubectl run n --image=node:22 --restart=Never -- node -e "import('@kubernetes/client-node').catch(e => console.log(e.message))"; kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/n; kubectl logs n`,
  )
  expect(screen).toContain("Cannot find package '@kubernetes/client-node'")
})
