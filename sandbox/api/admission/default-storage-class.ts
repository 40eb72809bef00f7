/** DefaultStorageClass: a claim that names no class gets the one marked as default, the newest if there are several. */
import type { KubeObject } from '../types.ts'
import type { AdmissionPlugin } from './admission.ts'

const DEFAULT = 'storageclass.kubernetes.io/is-default-class'
const BETA_DEFAULT = 'storageclass.beta.kubernetes.io/is-default-class'
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class'

const isDefault = ({ metadata: { annotations } }: KubeObject): boolean =>
  annotations?.[DEFAULT] === 'true' || annotations?.[BETA_DEFAULT] === 'true'

const newestFirst = (a: KubeObject, b: KubeObject): number => {
  const x = a.metadata
  const y = b.metadata
  if (x.creationTimestamp !== y.creationTimestamp) return x.creationTimestamp < y.creationTimestamp ? 1 : -1
  return x.name < y.name ? -1 : 1
}

export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  admit({ operation, kind, subresource, object }, server) {
    if (operation !== 'CREATE' || kind.plural !== 'persistentvolumeclaims' || subresource || !object) return
    const named = object.spec?.storageClassName !== undefined || object.metadata.annotations?.[BETA_CLASS] !== undefined
    if (named) return
    const [first] = server.context.list('storageclasses.storage.k8s.io').filter(isDefault).sort(newestFirst)
    if (first) object.spec = { ...object.spec, storageClassName: first.metadata.name }
  },
}
