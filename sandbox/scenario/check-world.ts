/** What a session lets checks see. */
import type { KubeObject } from '../api/types.ts'

/** What checks look at. All of it is looked at only; nothing here may change the world. */
export interface CheckWorld {
  now: number
  /** Objects as they are; all namespaces when none is given. `resource` as in `kubectl get`: `pods`, `deployments`. */
  list(resource: string, namespace?: string): readonly KubeObject[]
  /** Every version that any object of a kind has had since the learner arrived, oldest first. */
  history(resource: string): readonly KubeObject[]
  /** A container's output; undefined when there is no such container. */
  logs(pod: string, container: string | undefined): string | undefined
  /** Lines entered at the workstation's prompt, oldest first. */
  commands: readonly string[]
  faults: readonly string[]
  /** The home directory. */
  files: Record<string, string>
  /** A GET from inside the cluster, tried on a copy of the world. */
  http(url: string): Promise<{ status: number; body: string; error: string }>
}
