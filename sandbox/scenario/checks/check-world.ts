/** The state of a session that checks can see. */
import { resourceOf } from '../../api/kind.ts'
import type { KubeObject, Pod } from '../../api/types.ts'
import type { Cluster } from '../../cluster.ts'
import type { HttpAnswer } from '../http-ask.ts'
import type { Versions } from './versions.ts'

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

/** What it has of that. */
export interface Seen {
  cluster: Cluster
  versions: Versions
  commands: readonly string[]
  faults: readonly string[]
  files: Record<string, string>
  /** Asks a page, and changes nothing by it. */
  http(url: string): Promise<HttpAnswer>
}

export function checkWorldOf({ cluster, versions, http, ...seen }: Seen): CheckWorld {
  const { store, server, clock } = cluster
  const keys = (resource: string): string[] => [
    ...new Set(
      server.registry
        .all()
        .filter(k => k.plural === resource)
        .map(resourceOf),
    ),
  ]
  const answers = new Map<string, Promise<HttpAnswer>>()
  return {
    ...seen,
    now: clock.now(),
    list: (resource, namespace) => keys(resource).flatMap(key => store.list<KubeObject>(key, namespace)),
    history: resource => keys(resource).flatMap(key => versions.of(key)),
    logs: (pod, container) => logsOf(cluster, pod, container),
    http: url => {
      let answer = answers.get(url)
      if (!answer) answers.set(url, (answer = http(url)))
      return answer
    },
  }
}

function logsOf({ store, api }: Cluster, name: string, container: string | undefined): string | undefined {
  const pod = store.get<Pod>('pods', 'default', name)
  const first = container ?? pod?.spec.containers[0]?.name
  if (!pod || !first) return undefined
  let text = ''
  try {
    const options = { container: first, follow: false, previous: false, timestamps: false }
    api.nodes?.logs(pod, options).open(
      piece => (text += piece),
      () => {},
    )()
  } catch {
    return undefined
  }
  return text
}
