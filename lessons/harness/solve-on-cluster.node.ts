/**
 * `npm run lessons -- --kubeconfig FILE`: runs each lesson's solution, and those of the practice exam, on a real cluster with the real kubectl,
 * each in a namespace of its own, and asks their checks there. What needs the simulator is named and left out.
 * `npm run lessons -- --serve`: the same with a cluster of `podlab serve` for each, which has the lesson's images, nodes and faults, so that nothing is left out.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { evaluator, NAMESPACE } from '../../sandbox/scenario/checks/expression.ts'
import { drawExam, EXAM_ID, type Task } from '../../sandbox/scenario/exam/exam.ts'
import { examOf } from '../../sandbox/scenario/exam/exam-folder.node.ts'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { scriptParts } from '../../sandbox/scenario/run-script.ts'
import type { Check, LessonWorld } from '../../sandbox/scenario/session.ts'
import { RealCluster } from './real-cluster.node.ts'
import { ServedCluster } from './served.node.ts'

/** How much faster than here time passes in a served cluster. */
const SPEED = 10

interface Options {
  /** Of the real cluster; each lesson has a served one when absent. */
  kubeconfig: string | undefined
  /** Only what has this word in its id. */
  only: string
  /** Nobody else uses the cluster, so its nodes may be changed; they are left as they were. */
  alone: boolean
}

interface Tally {
  passed: number
  failed: string[]
  skipped: string[]
}

/** Something to be solved: a lesson, or the exam. */
interface Work {
  id: string
  world: LessonWorld
  /** By exercise. */
  solutions: ReadonlyMap<string, string>
  /** Where the lesson lies; the exam has no such place. */
  folder?: string
  /** Programs of this machine take part, which know no time but this machine's. */
  inRealTime?: boolean
}

const WATCHABLE = /\b(?:history|gone)\('(\w+)'/g
const withPast = ({ exercises }: LessonWorld): Set<string> =>
  new Set(exercises.flatMap(e => e.checks).flatMap(c => [...c.expression.matchAll(WATCHABLE)].map(m => m[1]!)))

/** What is typed and applied. */
const textOf = ({ world, solutions }: Work): string =>
  [...solutions.values(), ...Object.values(world.manifests), ...Object.values(world.files)].join('\n')

/** Why something cannot be solved on this cluster, if so. */
function impossible(work: Work, cluster: RealCluster, alone: boolean): string | undefined {
  const text = textOf(work)
  if (work.world.images?.length) return 'its images exist only in the simulator'
  if (/\bpodlab (node|kubelet|container|registry|apiserver) /.test(text)) return 'something happens to the cluster'
  // Those that its text names, and all those that it asks for: what they hold may be counted on.
  const names = new Set([...(text.match(/\b(worker-\d|control-plane)\b(?!:)/g) ?? []), ...(work.world.nodes ?? [])])
  const present = cluster.names('nodes')
  const missing = [...names].filter(name => !present.includes(name))
  if (missing.length) return `there is no node ${missing.join(', ')}`
  const changes = /kubectl +(drain|cordon|uncordon|taint|label +nodes?\b)|^kind: Node$/m.test(text)
  if (changes && !alone) return 'it changes nodes, which takes --alone'
  if (work.world.featureGates?.length) return `it asks for open feature gates: ${work.world.featureGates.join(', ')}`
  if (work.world.metricsServer && !cluster.hasMetrics()) return 'there is no metrics server'
  if (work.world.storageClass && !cluster.names('storageclasses').length) return 'there is no StorageClass'
  return undefined
}

function lessons(root: string, only: string): Work[] {
  return lessonFolders(root)
    .filter(({ id }) => id.includes(only))
    .map(folder => {
      const { id, files } = folder
      const { world, runtime } = readLesson(folder)
      const solutions = scriptParts(files['solution.sh'] ?? '')
      return { id, world, solutions, folder: join(root, id), inRealTime: runtime === 'process' }
    })
}

/** Every task of the exam, side by side. */
function exam(root: string, only: string): { work: Work; tasks: readonly Task[] } | undefined {
  if (!EXAM_ID.includes(only)) return undefined
  const source = examOf(root)
  const all = source.tasks.map(t => t.id)
  const { tasks, world } = drawExam(source, 'real', all)
  return { tasks, work: { id: EXAM_ID, world, solutions: new Map(tasks.map(t => [t.id, t.solution])) } }
}

async function solve(work: Work, { kubeconfig, alone }: Options, tally: Tally, contexts: readonly string[] = []) {
  const { id, world, solutions, folder, inRealTime } = work
  const place = mkdtempSync(join(tmpdir(), 'podlab-lesson-'))
  const home = join(place, 'home')
  mkdirSync(home)
  // Programs of lessons import packages, as from a folder of this repository.
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(place, 'node_modules'))
  const name = id.split('/').at(-1)!.replace(/^\d+-/, '')
  const served = kubeconfig ? undefined : await ServedCluster.start(place, inRealTime ? 1 : SPEED, folder)
  // A lesson that is served has been begun already, in its own namespace.
  const begun = served && folder
  const namespace = begun ? NAMESPACE : `podlab-${name.slice(0, 40)}`
  const cluster = new RealCluster(home, namespace, served?.kubeconfig ?? kubeconfig ?? '', served)
  const before = cluster.names('namespaces')
  const nodes = alone ? cluster.nodes() : []
  try {
    const why = served ? undefined : impossible(work, cluster, alone)
    if (why) {
      tally.skipped.push(`${id}: ${why}`)
      console.log(`- ${id}: SKIPPED, ${why}`)
      return
    }
    for (const namespace of contexts)
      if (before.includes(namespace)) throw new Error(`there is a namespace ${namespace} already`)
    cluster.enter(contexts)
    for (const [path, text] of begun ? [] : Object.entries(world.manifests)) {
      const { status, output } = cluster.shell('kubectl apply -f -', cluster.asOwn(text))
      if (status !== 0) throw new Error(`start/${path} cannot be applied: ${output.trim()}`)
    }
    if (!begun) cluster.shell(`sleep ${world.settleMs / 1000}`)
    for (const [path, text] of Object.entries(world.files)) {
      if (path.startsWith('.kube/')) continue
      mkdirSync(dirname(join(home, path)), { recursive: true })
      writeFileSync(join(home, path), cluster.asOwn(text))
    }
    for (const resource of withPast(world)) cluster.watch(resource)
    for (const [exercise, script] of solutions) {
      const { output } = cluster.enterCommands(cluster.asOwn(script))
      const checks = world.exercises.find(e => e.id === exercise)?.checks ?? []
      await judge(`${id} ${exercise}`, checks, cluster, output, tally)
    }
  } catch (error) {
    tally.failed.push(`${id}: ${(error as Error).message}`)
    console.log(`✗ ${id}: ${(error as Error).message}`)
  } finally {
    cluster.unwatch()
    served?.stop()
    // Others may use the cluster: a namespace goes that is new and that this work names, as a word of a manifest or a command.
    const words = new Set([namespace, ...contexts, ...(textOf(work).match(/[\w-]+/g) ?? [])])
    const made = served ? [] : cluster.names('namespaces').filter(name => words.has(name) && !before.includes(name))
    if (made.length) cluster.shell(`kubectl delete namespace ${made.join(' ')} --wait=false`)
    if (!served) cluster.restoreNodes(nodes)
    rmSync(place, { recursive: true, force: true })
  }
}

async function judge(at: string, checks: readonly Check[], cluster: RealCluster, output: string, tally: Tally) {
  const holds = evaluator(cluster.checkWorld())
  for (const check of checks) {
    const name = `${at}/${check.id}`
    if (await holds(check.expression)) {
      tally.passed++
      console.log(`✓ ${name}`)
    } else {
      tally.failed.push(name)
      console.log(`✗ ${name}\n${output.replace(/^/gm, '    ')}`)
    }
  }
}

const words = process.argv.slice(2)
const [cluster, only = ''] = words.filter(word => word !== '--alone')
if (!cluster) throw new Error('give the path of a kubeconfig, or --serve')
const options = { kubeconfig: cluster === '--serve' ? undefined : cluster, only, alone: words.includes('--alone') }
const root = join(import.meta.dirname, '..')
const tally: Tally = { passed: 0, failed: [], skipped: [] }
for (const work of lessons(root, only)) await solve(work, options, tally)
const drawn = exam(root, only)
if (drawn) {
  const { tasks, work } = drawn
  await solve(
    work,
    options,
    tally,
    tasks.map(t => t.namespace),
  )
}
console.log(`\n${tally.passed} checks passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`)
for (const line of tally.failed) console.log(`  failed: ${line}`)
for (const line of tally.skipped) console.log(`  SKIPPED: ${line}`)
process.exit(tally.failed.length ? 1 : 0)
