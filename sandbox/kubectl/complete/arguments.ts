/** Arguments that can be completed, verb by verb; those of all other verbs are the shell's. */
import type { Kubectl } from '../kubectl.ts'
import { type Answer, FILES, NO_FILES, NO_SPACE, starting } from './answer.ts'
import { containersOf, names, portsOf, types } from './cluster.ts'

type Arguments = (k: Kubectl, word: string) => Promise<Answer> | Answer

const told = (candidates: readonly string[], directive: number = NO_FILES): Answer => ({ candidates, directive })

/** A type, and then names of it; or TYPE/NAME each. @param allowed absent: all types */
const typeAndNames =
  (allowed?: readonly string[], repeated = true): Arguments =>
  async (k, word) => {
    const { args } = k
    const unused = (list: readonly string[], used: readonly string[]): string[] => list.filter(x => !used.includes(x))
    if (args.length && !args[0]!.includes('/')) {
      if (!repeated && args.length > 1) return told([])
      return told(unused(starting(await names(k, args[0]!), word), args.slice(1)))
    }
    if (args.length && !repeated) return told([])
    const slash = word.indexOf('/')
    if (slash >= 0) {
      const type = word.slice(0, slash)
      const found = starting(await names(k, type), word.slice(slash + 1)).map(name => `${type}/${name}`)
      return told(unused(found, args))
    }
    const comma = allowed ? 0 : word.lastIndexOf(',') + 1
    const fitting = starting(allowed ?? (await types(k)), word.slice(comma)).map(t => word.slice(0, comma) + t)
    return args.length
      ? told(
          fitting.map(t => `${t}/`),
          NO_FILES | NO_SPACE,
        )
      : told(fitting)
  }

const oneOf =
  (type: string): Arguments =>
  async (k, word) =>
    told(k.args.length ? [] : starting(await names(k, type), word))

const WITH_PODS = 'daemonsets deployments pods jobs replicasets replicationcontrollers services statefulsets'
  .split(' ')
  .map(type => `${type}/`)

/** @param next what the second argument may be */
const pod =
  (next: (k: Kubectl, of: string, word: string) => Promise<string[]> = async () => []): Arguments =>
  async (k, word) => {
    if (k.args.length) return told(k.args.length > 1 ? [] : starting(await next(k, k.args[0]!, word), word))
    const slash = word.indexOf('/')
    if (slash >= 0) {
      const type = word.slice(0, slash)
      return told(starting(await names(k, type), word.slice(slash + 1)).map(name => `${type}/${name}`))
    }
    const pods = starting(await names(k, 'pods'), word)
    return told([...pods, ...starting(WITH_PODS, word)], pods.length ? NO_FILES : NO_FILES | NO_SPACE)
  }

/** NAMESPACE/POD: or POD:, and then the shell's files. */
async function copied(k: Kubectl, word: string): Promise<Answer> {
  if (k.args.length || /^[/.~]/.test(word) || word.includes(':')) return told([], NO_SPACE)
  const slash = word.indexOf('/')
  if (slash > 0) {
    const namespace = word.slice(0, slash)
    return told(
      starting(
        (await names(k, 'pods', namespace)).map(name => `${namespace}/${name}:`),
        word,
      ),
      NO_SPACE,
    )
  }
  const namespaces = (await names(k, 'namespaces')).map(name => `${name}/`)
  const pods = (await names(k, 'pods')).map(name => `${name}:`)
  const found = starting([...namespaces, ...pods], word)
  const files = word ? starting((await k.io.files.list('.')) ?? [], word) : ['./', '/']
  return told(found.length ? [...found, ...files] : [], NO_SPACE)
}

const configured =
  (what: 'contexts' | 'clusters' | 'users'): Arguments =>
  async (k, word) =>
    told(k.args.length ? [] : starting((await k.config())[what].keys(), word))

const ALL = typeAndNames()
const ROLLED_OUT = ['deployment', 'daemonset', 'statefulset']
const SCALED = ['deployment', 'replicaset', 'replicationcontroller', 'statefulset']
const NODE = oneOf('nodes')

const OF_VERB: Readonly<Record<string, Arguments>> = {
  get: ALL,
  describe: ALL,
  edit: ALL,
  annotate: ALL,
  label: ALL,
  delete: ALL,
  patch: ALL,
  debug: ALL,
  'apply edit-last-applied': ALL,
  'apply view-last-applied': ALL,
  'rollout history': typeAndNames(ROLLED_OUT),
  'rollout pause': typeAndNames(['deployment']),
  'rollout restart': typeAndNames(ROLLED_OUT),
  'rollout resume': typeAndNames(['deployment']),
  'rollout status': typeAndNames(ROLLED_OUT, false),
  'rollout undo': typeAndNames(ROLLED_OUT),
  scale: typeAndNames(SCALED),
  autoscale: typeAndNames(SCALED),
  expose: typeAndNames(['pod', 'service', 'replicationcontroller', 'deployment', 'replicaset']),
  taint: typeAndNames(['node']),
  'set image': typeAndNames(
    ['daemonsets', 'deployments', 'pods', 'cronjobs', 'replicasets', 'replicationcontrollers', 'statefulsets'],
    false,
  ),
  'top node': NODE,
  'top pod': oneOf('pods'),
  cordon: NODE,
  uncordon: NODE,
  drain: NODE,
  'create token': oneOf('serviceaccounts'),
  exec: pod(),
  attach: pod(),
  logs: pod(containersOf),
  'port-forward': pod(portsOf),
  cp: copied,
  'config use-context': configured('contexts'),
  'config set-context': configured('contexts'),
  'config delete-context': configured('contexts'),
  'config rename-context': configured('contexts'),
  'config delete-cluster': configured('clusters'),
  'config delete-user': configured('users'),
  completion: (k, word) => told(k.args.length ? [] : starting(['bash', 'zsh', 'fish', 'powershell'], word)),
}

export const argumentsOf = async (k: Kubectl, path: readonly string[], word: string): Promise<Answer> =>
  OF_VERB[path.join(' ')]?.(k, word) ?? told([], FILES)
