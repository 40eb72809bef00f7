/** Paths of a Pod's directories on the node. */
import type { Pod } from '../types.ts'

export const podDirectory = (pod: Pod): string => `/var/lib/kubelet/pods/${pod.metadata.uid}`

/** The names of the kinds of volumes in the kubelet's directories. */
const DIRECTORIES: Readonly<Record<string, string>> = {
  configMap: 'configmap',
  downwardAPI: 'downward-api',
  emptyDir: 'empty-dir',
  projected: 'projected',
  secret: 'secret',
}

/** Of a volume that lies among them. */
export function volumeDirectory(pod: Pod, name: string): string {
  const spec = pod.spec.volumes?.find(volume => volume.name === name)
  const kind = Object.keys(spec ?? {}).find(key => key !== 'name')
  return `${podDirectory(pod)}/volumes/kubernetes.io~${DIRECTORIES[kind ?? ''] ?? kind}/${name}`
}
