/** A real cluster, as lessons know theirs: a home directory, one namespace that is called `default`, and what checks may ask. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KubeObject } from '../../sandbox/api/types.ts'
import type { CheckWorld } from '../../sandbox/scenario/checks/check-world.ts'
import { NAMESPACE } from '../../sandbox/scenario/checks/expression.ts'
import type { ServedCluster } from './served.node.ts'

/** What checks may ask about. Leases and the like are never asked for. */
const RESOURCES =
  'pods,services,deployments,replicasets,statefulsets,daemonsets,jobs,cronjobs,configmaps,secrets,serviceaccounts,persistentvolumeclaims,endpointslices,networkpolicies,poddisruptionbudgets,events,roles,rolebindings,clusterroles,clusterrolebindings,resourcequotas,nodes,namespaces,persistentvolumes'

const NODES = 'nodes'

/** Where those are listed and watched whose past is asked for. */
const GROUPS: Record<string, string> = {
  [NODES]: 'api/v1',
  pods: 'api/v1',
  services: 'api/v1',
  configmaps: 'api/v1',
  secrets: 'api/v1',
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  statefulsets: 'apis/apps/v1',
  daemonsets: 'apis/apps/v1',
  jobs: 'apis/batch/v1',
  cronjobs: 'apis/batch/v1',
  poddisruptionbudgets: 'apis/policy/v1',
}

interface NodeRecord {
  metadata: { name: string; labels: Record<string, string> }
  spec: { taints?: unknown; unschedulable?: boolean }
}

/** A cluster as seen from a home directory whose kubeconfig leads into one namespace, which checks know as `default`. */
export class RealCluster {
  readonly #home: string
  readonly #namespace: string
  readonly #env: NodeJS.ProcessEnv
  readonly #commands: string[] = []
  readonly #watches: ChildProcess[] = []
  readonly #served: ServedCluster | undefined
  #asked = 0

  /** @param served when it is not real at all, but one that `podlab serve` has begun for this lesson */
  constructor(home: string, namespace: string, kubeconfig: string, served?: ServedCluster) {
    this.#served = served
    this.#home = home
    this.#namespace = namespace
    const own = join(home, '.kube', 'config')
    mkdirSync(dirname(own))
    const flat = ['config', 'view', '--raw', '--flatten', '--minify', '--kubeconfig', kubeconfig]
    writeFileSync(own, execFileSync('kubectl', flat), { mode: 0o600 })
    this.#env = { ...process.env, HOME: home, KUBECONFIG: own, ...(served && { PATH: served.path }) }
  }

  /** @param contexts namespaces that each get a context of their name */
  enter(contexts: readonly string[] = []): void {
    if (this.#namespace === NAMESPACE) return
    const { status, output } = this.shell(
      `kubectl create namespace ${this.#namespace} && kubectl config set-context --current --namespace=${this.#namespace}`,
    )
    if (status !== 0) throw new Error(output.trim())
    const view = `kubectl config view --minify -o jsonpath='--cluster={.contexts[0].context.cluster} --user={.contexts[0].context.user}'`
    for (const name of contexts) this.shell(`kubectl config set-context ${name} --namespace=${name} $(${view})`)
  }

  /** What a learner enters. */
  enterCommands(script: string): { status: number | null; output: string } {
    this.#commands.push(...script.split('\n').filter(Boolean))
    return this.shell(script)
  }

  shell(script: string, input = ''): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: this.#home,
      env: this.#env,
      input,
      encoding: 'utf8',
    })
    return { status, output: stdout + stderr }
  }

  /** Where a text of the lesson names its namespace, as manifests, addresses and commands do. */
  asOwn = (text: string): string =>
    text
      .replace(/(\bnamespace(?:: | = ')|\s(?:-n|--namespace)[ =])default\b/g, `$1${this.#namespace}`)
      .replace(
        /(\/\/[\w-]+\.|[\w-]\.(?=default\.svc\b)|:|=(?=default:))default(?=[/:.'"\s]|$)/gm,
        `$1${this.#namespace}`,
      )

  names = (resource: string): string[] =>
    this.shell(`kubectl get ${resource} -o name`)
      .output.split('\n')
      .flatMap(line => line.split('/')[1] ?? [])

  /** Whether it says how much is used. */
  hasMetrics = (): boolean => this.shell('kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes').status === 0

  /** What can be changed about nodes, to be given back to `restoreNodes`. */
  nodes(): NodeRecord[] {
    const { items } = JSON.parse(this.shell('kubectl get nodes -o json').output) as { items: NodeRecord[] }
    return items
  }

  restoreNodes(before: readonly NodeRecord[]): void {
    for (const { metadata, spec } of this.nodes()) {
      const was = before.find(node => node.metadata.name === metadata.name)
      if (!was) continue
      const gone = Object.keys(metadata.labels).filter(key => !(key in was.metadata.labels))
      const labels = { ...Object.fromEntries(gone.map(key => [key, null])), ...was.metadata.labels }
      const patch = {
        metadata: { labels },
        spec: { taints: was.spec.taints ?? null, unschedulable: was.spec.unschedulable ?? null },
      }
      if (JSON.stringify([metadata.labels, spec]) !== JSON.stringify([was.metadata.labels, was.spec]))
        this.shell(`kubectl patch node ${metadata.name} --type=merge -p '${JSON.stringify(patch)}'`)
    }
  }

  /** Notes every version of such objects from now on; what happens before the watch is connected comes with it. */
  watch(resource: string): void {
    const group = GROUPS[resource]
    if (!group) throw new Error(`nobody has said where ${resource} are watched: add them to GROUPS`)
    const place = resource === NODES ? '' : `namespaces/${this.#namespace}/`
    const path = `/${group}/${place}${resource}`
    const { metadata, items } = JSON.parse(this.shell(`kubectl get --raw ${path}`).output) as {
      metadata: { resourceVersion: string }
      items: KubeObject[]
    }
    const out = openSync(this.#watched(resource), 'w')
    for (const object of items) writeSync(out, `${JSON.stringify({ type: 'ADDED', object })}\n`)
    const since = `${path}?watch=true&resourceVersion=${metadata.resourceVersion}`
    this.#watches.push(spawn('kubectl', ['get', '--raw', since], { env: this.#env, stdio: ['ignore', out, 'ignore'] }))
    closeSync(out)
  }

  unwatch(): void {
    for (const watch of this.#watches) watch.kill()
  }

  #watched = (resource: string): string => join(this.#home, '.kube', `${resource}.watch`)

  #past(resource: string): KubeObject[] {
    const lines = readFileSync(this.#watched(resource), 'utf8').split('\n')
    // The last line may still be on its way.
    return lines.slice(0, -1).map(line => this.#asDefault((JSON.parse(line) as { object: KubeObject }).object))
  }

  /** Whoever is bound to a role is named with a namespace too. */
  #asDefault = (object: KubeObject): KubeObject => {
    const own = ({ namespace }: { namespace?: string }): boolean => namespace === this.#namespace
    const { subjects } = object as KubeObject & { subjects?: readonly { namespace?: string }[] }
    return {
      ...object,
      ...(own(object.metadata) && { metadata: { ...object.metadata, namespace: NAMESPACE } }),
      ...(subjects && { subjects: subjects.map(s => (own(s) ? { ...s, namespace: NAMESPACE } : s)) }),
    }
  }

  #objects(): KubeObject[] {
    const { stdout } = spawnSync('kubectl', ['get', RESOURCES, '--all-namespaces', '-o', 'json'], {
      env: this.#env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const { items } = JSON.parse(stdout) as { items: KubeObject[] }
    const strangers = this.#namespace === NAMESPACE ? undefined : NAMESPACE
    return items.filter(({ metadata }) => !strangers || metadata.namespace !== strangers).map(this.#asDefault)
  }

  /** The cluster's clock, not this machine's. */
  #now(): number {
    const { output } = this.shell(
      `kubectl create configmap podlab-clock -o jsonpath='{.metadata.creationTimestamp}' && kubectl delete configmap podlab-clock > /dev/null`,
    )
    return Date.parse(output)
  }

  /** A GET as a Pod beside those of the lesson makes it. */
  #http(url: string): { status: number; body: string; error: string } {
    const name = `podlab-asks-${this.#asked++}`
    const { output } = this.shell(
      `kubectl run ${name} --image=curlimages/curl --restart=Never --quiet --command -- sh -c 'curl -sS -m 5 -w "\\n%{http_code}" "${this.asOwn(url)}" || true' &&
       kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/${name} --timeout=120s > /dev/null && kubectl logs ${name}
       kubectl delete pod ${name} --now > /dev/null`,
    )
    const [, body = '', code = '000'] = /^([\s\S]*)\n(\d{3})$/.exec(output.trimEnd()) ?? []
    return code === '000' ? { status: 0, body: '', error: output.trim() } : { status: Number(code), body, error: '' }
  }

  checkWorld(): CheckWorld {
    const answers = new Map<string, { status: number; body: string; error: string }>()
    const now = this.#now()
    const objects = this.#objects()
    const of = (all: readonly KubeObject[], resource: string): KubeObject[] => all.filter(o => pluralOf(o) === resource)
    return {
      now,
      list: (resource, namespace) =>
        of(objects, resource).filter(o => namespace === undefined || o.metadata.namespace === namespace),
      history: resource => this.#past(resource),
      logs: (pod, container) => {
        const { status, output } = this.shell(`kubectl logs ${pod} ${container ? `-c ${container}` : ''}`)
        return status === 0 ? output : undefined
      },
      commands: this.#commands,
      faults: this.#served?.faults() ?? [],
      files: filesOf(this.#home),
      http: async url => {
        const answer = answers.get(url) ?? this.#http(url)
        answers.set(url, answer)
        return answer
      },
    }
  }
}

const pluralOf = ({ kind }: KubeObject): string => {
  const word = kind?.toLowerCase() ?? ''
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : word.endsWith('s') ? `${word}es` : `${word}s`
}

const filesOf = (home: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(home, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(home.length + 1))
      .filter(path => !path.startsWith('.'))
      .map(path => [path, readFileSync(join(home, path), 'utf8')]),
  )
