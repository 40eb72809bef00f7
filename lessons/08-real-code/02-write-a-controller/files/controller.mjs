import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node'

const config = new KubeConfig()
config.loadFromDefault()
const api = config.makeApiClient(CoreV1Api)
const namespace = 'default'
const labelSelector = 'app=boat'

const boatOf = fleet => ({
  metadata: { generateName: 'boat-', labels: { app: 'boat' } },
  spec: { containers: [{ name: 'boat', image: 'registry.k8s.io/pause:3.10' }] },
})

async function reconcile() {
  const { items: maps } = await api.listNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=fleet' })
  const [fleet] = maps
  if (!fleet) return
  const { items } = await api.listNamespacedPod({ namespace, labelSelector })
  const boats = items.filter(pod => !pod.metadata.deletionTimestamp)
  const wanted = Number(fleet.data.size)
  console.log(`wanted ${wanted}, there are ${boats.length}`)
  // ____
}

let looking = false
let lookAgain = false
async function wake() {
  lookAgain = true
  if (looking) return
  looking = true
  while (lookAgain) {
    lookAgain = false
    await reconcile().catch(error => console.error(error.message))
  }
  looking = false
}

for (const [path, list] of [
  ['configmaps', () => api.listNamespacedConfigMap({ namespace })],
  ['pods', () => api.listNamespacedPod({ namespace })],
]) {
  const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/${path}`, list)
  for (const event of ['add', 'update', 'delete']) informer.on(event, wake)
  informer.on('error', error => {
    console.error(error.message)
    setTimeout(() => informer.start(), 5000)
  })
  await informer.start()
}
console.log('watching')
