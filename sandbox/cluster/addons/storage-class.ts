/** The StorageClass that kind's clusters come with: the default one, of volumes in a directory of a node. */
import type { Client } from '../../api/client.ts'
import { storageClass } from '../../api/kinds/storage.ts'
import { LOCAL_PATH } from '../../controllers/volumes/phases.ts'

export async function makeStorageClass(client: Client): Promise<void> {
  await storageClass.checks?.load()
  client.create(storageClass, {
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: LOCAL_PATH,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  })
}
