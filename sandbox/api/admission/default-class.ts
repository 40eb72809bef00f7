/** DefaultStorageClass and DefaultIngressClass: who names no class gets the one marked as default, the newest if there are several. */
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

const DEFAULT_STORAGE = 'storageclass.kubernetes.io/is-default-class'
const BETA_DEFAULT_STORAGE = 'storageclass.beta.kubernetes.io/is-default-class'
const BETA_STORAGE = 'volume.beta.kubernetes.io/storage-class'
const DEFAULT_INGRESS = 'ingressclass.kubernetes.io/is-default-class'
const OLD_INGRESS = 'kubernetes.io/ingress.class'

const newestFirst = (a: KubeObject, b: KubeObject): number => {
  const x = a.metadata
  const y = b.metadata
  if (x.creationTimestamp !== y.creationTimestamp) return x.creationTimestamp < y.creationTimestamp ? 1 : -1
  return x.name < y.name ? -1 : 1
}

/** The default of a kind of classes. @param marks annotations, any of which says so */
function defaultOf(server: ApiServer, resource: string, marks: readonly string[]): string | undefined {
  const marked = server.context.list(resource).filter(o => marks.some(m => o.metadata.annotations?.[m] === 'true'))
  return marked.sort(newestFirst)[0]?.metadata.name
}

const isNew = ({ operation, subresource }: AdmissionRequest): boolean => operation === 'CREATE' && !subresource

export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  of: ['persistentvolumeclaims'],
  admit(request, server) {
    if (!isNew(request)) return
    const { object } = request
    if (object.spec?.storageClassName !== undefined || object.metadata.annotations?.[BETA_STORAGE] !== undefined) return
    const found = defaultOf(server, 'storageclasses.storage.k8s.io', [DEFAULT_STORAGE, BETA_DEFAULT_STORAGE])
    if (found) object.spec = { ...object.spec, storageClassName: found }
  },
}

export const defaultIngressClass: AdmissionPlugin = {
  name: 'DefaultIngressClass',
  of: ['ingresses.networking.k8s.io'],
  admit(request, server) {
    if (!isNew(request)) return
    const { object } = request
    if (object.spec?.ingressClassName != null || object.metadata.annotations?.[OLD_INGRESS] !== undefined) return
    const found = defaultOf(server, 'ingressclasses.networking.k8s.io', [DEFAULT_INGRESS])
    if (found) object.spec = { ...object.spec, ingressClassName: found }
  },
}
