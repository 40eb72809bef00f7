/** Where a kubelet keeps what is a Pod's. */
import type { Pod } from './types.ts'

export const podDirectory = (pod: Pod): string => `/var/lib/kubelet/pods/${pod.metadata.uid}`
