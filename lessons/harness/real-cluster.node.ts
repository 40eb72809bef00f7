/**
 * `npm run lessons -- --kubeconfig FILE`: runs each lesson's solution on a real cluster with the real kubectl, each in a namespace of its
 * own, and asks the checks that the API can answer. What needs the simulator is named and left out.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { KubeObject } from '../../sandbox/api/types.ts'
import type { CheckWorld } from '../../sandbox/scenario/check-world.ts'
import { evaluator, NAMESPACE } from '../../sandbox/scenario/expression.ts'
import type { Lesson } from '../../sandbox/scenario/lesson.ts'
import { type LessonFolder, lessonFolders, readLesson } from '../../sandbox/scenario/lesson-folder.node.ts'
import { scriptParts } from '../../sandbox/scenario/run-script.ts'

/** What checks may ask about. Leases and the like are never asked for. */
const RESOURCES =
  'pods,services,deployments,replicasets,statefulsets,daemonsets,jobs,cronjobs,configmaps,secrets,serviceaccounts,persistentvolumeclaims,endpointslices,networkpolicies,poddisruptionbudgets,events,roles,rolebindings,resourcequotas,nodes,namespaces,persistentvolumes'

/** Why a lesson cannot be solved anywhere but in the simulator, if so. */
function onlySimulated({ world, runtime }: Lesson, { files }: LessonFolder): string | undefined {
  const text = [files['solution.sh'], ...Object.values(world.manifests), ...Object.values(world.files)].join('\n')
  if (runtime === 'process') return 'it is about programs on the learner’s machine'
  if (world.images?.length) return 'its images exist only there'
  if (/\bpodlab (node|kubelet|container|registry|apiserver) /.test(text)) return 'something happens to the cluster'
  if (/\b(worker-\d|control-plane)\b/.test(text)) return 'it names nodes'
  if (/kubectl +(drain|cordon|uncordon|taint|label +nodes?\b)/.test(text)) return 'it changes nodes'
  if (world.metricsServer) return 'it needs a metrics server'
  return undefined
}

/** Why a check cannot be answered from the API, if so. */
const unanswerable = (expression: string): string | undefined =>
  /\bhttp\(/.test(expression) ? 'it asks over the cluster’s network' : undefined

/** Where those are listed and watched whose past is asked for. */
const GROUPS: Record<string, string> = {
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
}
const withPast = ({ world }: Lesson): Set<string> =>
  new Set(
    world.exercises
      .flatMap(e => e.checks)
      .flatMap(c => [...c.expression.matchAll(/\b(?:history|gone)\('(\w+)'/g)].map(m => m[1]!)),
  )

interface Tally {
  passed: number
  failed: string[]
  skipped: string[]
}

export async function runOnCluster(root: string, kubeconfig: string, only: string | undefined): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: [], skipped: [] }
  for (const folder of lessonFolders(root)) {
    if (only && !folder.id.includes(only)) continue
    const lesson = readLesson(folder)
    const why = onlySimulated(lesson, folder)
    if (why) {
      tally.skipped.push(`${folder.id}: ${why}`)
      console.log(`- ${folder.id}: SKIPPED, ${why}`)
    } else await runLesson(folder, lesson, kubeconfig, tally)
  }
  return tally
}

async function runLesson(folder: LessonFolder, lesson: Lesson, kubeconfig: string, tally: Tally): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'podlab-lesson-'))
  const namespace = `podlab-${folder.id.split('/')[1]!.replace(/^\d+-/, '').slice(0, 40)}`
  const cluster = new RealCluster(home, namespace, kubeconfig)
  const before = new Set(cluster.names('namespaces'))
  try {
    cluster.enter()
    for (const [path, text] of Object.entries(lesson.world.manifests)) {
      const { status, output } = cluster.shell('kubectl apply -f -', cluster.asOwn(text))
      if (status !== 0) throw new Error(`start/${path} cannot be applied: ${output.trim()}`)
    }
    cluster.shell(`sleep ${lesson.world.settleMs / 1000}`)
    for (const [path, text] of Object.entries(lesson.world.files)) {
      mkdirSync(dirname(join(home, path)), { recursive: true })
      writeFileSync(join(home, path), cluster.asOwn(text))
    }
    for (const resource of withPast(lesson)) cluster.watch(resource)
    for (const [exercise, script] of scriptParts(folder.files['solution.sh'] ?? '')) {
      const { output } = cluster.shell(cluster.asOwn(script))
      await judge(folder.id, exercise, lesson, cluster, output, tally)
    }
  } catch (error) {
    tally.failed.push(`${folder.id}: ${(error as Error).message}`)
    console.log(`✗ ${folder.id}: ${(error as Error).message}`)
  } finally {
    cluster.unwatch()
    // Whatever namespaces the lesson has made go with its own.
    const made = cluster.names('namespaces').filter(name => !before.has(name))
    if (made.length) cluster.shell(`kubectl delete namespace ${made.join(' ')} --wait=false`)
    rmSync(home, { recursive: true, force: true })
  }
}

async function judge(
  id: string,
  exercise: string,
  { world }: Lesson,
  cluster: RealCluster,
  output: string,
  tally: Tally,
): Promise<void> {
  const checks = world.exercises.find(e => e.id === exercise)?.checks ?? []
  const holds = evaluator(cluster.checkWorld())
  for (const check of checks) {
    const name = `${id} ${exercise}/${check.id}`
    const why = unanswerable(check.expression)
    if (why) {
      tally.skipped.push(`${name}: ${why}`)
      console.log(`- ${name}: SKIPPED, ${why}`)
    } else if (await holds(check.expression)) {
      tally.passed++
      console.log(`✓ ${name}`)
    } else {
      tally.failed.push(name)
      console.log(`✗ ${name}\n${output.replace(/^/gm, '    ')}`)
    }
  }
}

/** A cluster as seen from a home directory whose kubeconfig leads into one namespace, which checks know as `default`. */
class RealCluster {
  readonly #home: string
  readonly #namespace: string
  readonly #env: NodeJS.ProcessEnv
  readonly #commands: string[] = []
  readonly #watches: ChildProcess[] = []

  constructor(home: string, namespace: string, kubeconfig: string) {
    this.#home = home
    this.#namespace = namespace
    const own = join(home, '.kube', 'config')
    mkdirSync(dirname(own))
    const flat = ['config', 'view', '--raw', '--flatten', '--minify', '--kubeconfig', kubeconfig]
    writeFileSync(own, execFileSync('kubectl', flat), { mode: 0o600 })
    this.#env = { ...process.env, HOME: home, KUBECONFIG: own }
  }

  enter(): void {
    const { status, output } = this.shell(
      `kubectl create namespace ${this.#namespace} && kubectl config set-context --current --namespace=${this.#namespace}`,
    )
    if (status !== 0) throw new Error(output.trim())
  }

  shell(script: string, input = ''): { status: number | null; output: string } {
    this.#commands.push(...script.split('\n').filter(Boolean))
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
      .replace(/(\bnamespace: |\s(?:-n|--namespace)[ =])default\b/g, `$1${this.#namespace}`)
      .replace(/(\/\/[\w-]+\.|:|=(?=default:))default(?=[/:.'"\s]|$)/gm, `$1${this.#namespace}`)

  names = (resource: string): string[] =>
    this.shell(`kubectl get ${resource} -o name`)
      .output.split('\n')
      .flatMap(line => line.split('/')[1] ?? [])

  /** Notes every version of such objects from now on. */
  watch(resource: string): void {
    const group = GROUPS[resource]
    if (!group) throw new Error(`nobody has said where ${resource} are watched: add them to GROUPS`)
    const out = openSync(this.#watched(resource), 'w')
    const path = `/${group}/namespaces/${this.#namespace}/${resource}?watch=true`
    this.#watches.push(spawn('kubectl', ['get', '--raw', path], { env: this.#env, stdio: ['ignore', out, 'ignore'] }))
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
    return items.filter(object => object.metadata.namespace !== NAMESPACE).map(this.#asDefault)
  }

  /** The cluster's clock, not this machine's. */
  #now(): number {
    const { output } = this.shell(
      `kubectl create configmap podlab-clock -o jsonpath='{.metadata.creationTimestamp}' && kubectl delete configmap podlab-clock > /dev/null`,
    )
    return Date.parse(output)
  }

  checkWorld(): CheckWorld {
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
      faults: [],
      files: filesOf(this.#home),
      http: async () => ({ status: 0, body: '', error: 'not asked' }),
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

const [kubeconfig, only] = process.argv.slice(2)
if (!kubeconfig) throw new Error('give the path of a kubeconfig')
const { passed, failed, skipped } = await runOnCluster(join(import.meta.dirname, '..'), kubeconfig, only)
console.log(`\n${passed} checks passed, ${failed.length} failed, ${skipped.length} skipped`)
for (const line of failed) console.log(`  failed: ${line}`)
for (const line of skipped) console.log(`  SKIPPED: ${line}`)
process.exit(failed.length ? 1 : 0)
