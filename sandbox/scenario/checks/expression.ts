/** CEL as checks use it: which names an expression can see, and what its value means. */
import { Environment, EvaluationError } from '@marcbachmann/cel-js'
import type { KubeObject } from '../../api/types.ts'
import type { CheckWorld } from './check-world.ts'

/** Lists seen as variables, and the function that finds one by name. */
const KINDS = {
  pods: 'pod',
  services: 'service',
  deployments: 'deployment',
  replicasets: 'replicaset',
  statefulsets: 'statefulset',
  daemonsets: 'daemonset',
  jobs: 'job',
  cronjobs: 'cronjob',
  configmaps: 'configmap',
  secrets: 'secret',
  serviceaccounts: 'serviceaccount',
  persistentvolumeclaims: 'persistentvolumeclaim',
  endpointslices: 'endpointslice',
  networkpolicies: 'networkpolicy',
  poddisruptionbudgets: 'poddisruptionbudget',
} as const

const CLUSTER_KINDS = { nodes: 'node', namespaces: 'ns', persistentvolumes: 'persistentvolume' } as const

export const NAMESPACE = 'default'

/** An expression that its author has to repair: never a pass, never a fail. */
export class ExpressionError extends Error {}

/** As in Kubernetes' own CEL, a null field is no field. Objects never change, so each is looked through once. */
const cleaned = new WeakMap<object, object>()
function withoutNulls<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  const known = cleaned.get(value)
  if (known) return known as T
  let result: object = value
  if (Array.isArray(value)) {
    const items = value.map(withoutNulls)
    if (items.some((item, i) => item !== value[i])) result = items
  } else {
    const entries = Object.entries(value)
    const kept = entries
      .filter(([, item]) => item !== null && item !== undefined)
      .map(([key, item]) => [key, withoutNulls(item)] as const)
    if (kept.length < entries.length || kept.some(([key, item]) => item !== (value as Record<string, unknown>)[key])) {
      result = Object.fromEntries(kept)
    }
  }
  cleaned.set(value, result)
  return result as T
}

/** What an absent object or field gives: the check is false, and nobody is bothered. */
const ABSENT = new Set(['no_such_key', 'index_out_of_bounds'])

const tidy = (world: CheckWorld): CheckWorld => ({
  ...world,
  list: (resource, namespace) => world.list(resource, namespace).map(withoutNulls),
  history: resource => world.history(resource).map(withoutNulls),
})

function build(given: CheckWorld): Environment {
  const world = tidy(given)
  const cel = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
  for (const [plural, singular] of Object.entries(KINDS)) {
    cel.registerVariable(plural, 'list')
    cel.registerFunction(`${singular}(string): dyn`, (name: string) => find(world.list(plural, NAMESPACE), name))
    cel.registerFunction(`${singular}(string, string): dyn`, (namespace: string, name: string) =>
      find(world.list(plural, namespace), name),
    )
  }
  for (const [plural, singular] of Object.entries(CLUSTER_KINDS)) {
    cel.registerVariable(plural, 'list')
    cel.registerFunction(`${singular}(string): dyn`, (name: string) => find(world.list(plural), name))
  }
  cel
    .registerVariable('events', 'list')
    .registerVariable('commands', 'list<string>')
    .registerVariable('faults', 'list<string>')
    .registerVariable('files', 'map<string, string>')
    .registerVariable('now', 'google.protobuf.Timestamp')
    .registerFunction('list(string): list', (resource: string) => [...world.list(resource)])
    .registerFunction('list(string, string): list', (resource: string, namespace: string) => [
      ...world.list(resource, namespace),
    ])
    .registerFunction('history(string): list', (resource: string) => [...world.history(resource)])
    .registerFunction('history(string, string): list', (resource: string, name: string) =>
      world.history(resource).filter(o => o.metadata.name === name && inNamespace(o)),
    )
    .registerFunction('ready(dyn): bool', (object: KubeObject | null) => ready(object))
    .registerFunction('gone(string, string): bool', (resource: string, name: string) => gone(world, resource, name))
    .registerFunction('logs(string): string', (pod: string) => world.logs(pod, undefined) ?? '')
    .registerFunction(
      'logs(string, string): string',
      (pod: string, container: string) => world.logs(pod, container) ?? '',
    )
    .registerFunction('typed(string): bool', (pattern: string) =>
      world.commands.some(line => new RegExp(pattern).test(line)),
    )
    .registerFunction('http(string): dyn', async (url: string) => world.http(url))
  return cel
}

const inNamespace = (o: KubeObject): boolean => (o.metadata.namespace ?? NAMESPACE) === NAMESPACE

const find = (objects: readonly KubeObject[], name: string): KubeObject | null =>
  objects.find(o => o.metadata.name === name) ?? null

/** Whether a Pod or node is Ready, or a Deployment Available. */
const ready = (object: KubeObject | null): boolean => {
  const status = object?.status as { conditions?: { type: string; status: string }[] } | undefined
  return !!status?.conditions?.some(c => (c.type === 'Ready' || c.type === 'Available') && c.status === 'True')
}

const gone = (world: CheckWorld, resource: string, name: string): boolean =>
  world.history(resource).some(o => o.metadata.name === name && inNamespace(o)) &&
  !world.list(resource).some(o => o.metadata.name === name && inNamespace(o))

function variables(given: CheckWorld): Record<string, unknown> {
  const world = tidy(given)
  const context: Record<string, unknown> = {
    events: [...world.list('events', NAMESPACE)],
    commands: [...world.commands],
    faults: [...world.faults],
    files: world.files,
    now: new Date(world.now),
  }
  for (const plural of Object.keys(KINDS)) context[plural] = [...world.list(plural, NAMESPACE)]
  for (const plural of Object.keys(CLUSTER_KINDS)) context[plural] = [...world.list(plural)]
  return context
}

const blank: CheckWorld = {
  now: 0,
  list: () => [],
  history: () => [],
  logs: () => undefined,
  commands: [],
  faults: [],
  files: {},
  http: async () => ({ status: 0, body: '', error: '' }),
}
const grammar = build(blank)

/** What is wrong with an expression, told to its author; undefined when nothing is. */
export function expressionError(expression: string): string | undefined {
  const result = grammar.check(expression)
  if (!result.valid) return result.error?.message ?? 'cannot be read'
  return result.type === 'bool' || result.type === 'dyn'
    ? undefined
    : `its value is a ${result.type}, and has to be true or false`
}

/** Answers expressions about a world as it is now. The answer throws ExpressionError where the author made a mistake. */
export function evaluator(world: CheckWorld): (expression: string) => Promise<boolean> {
  const cel = build(world)
  const context = variables(world)
  return async expression => {
    const invalid = expressionError(expression)
    if (invalid) throw new ExpressionError(`${expression}: ${invalid}`)
    let value: unknown
    try {
      value = await cel.evaluate(expression, context)
    } catch (error) {
      if (error instanceof EvaluationError && ABSENT.has(error.code)) return false
      throw new ExpressionError(`${expression}: ${(error as Error).message}`)
    }
    if (typeof value === 'boolean') return value
    throw new ExpressionError(`${expression}: its value is neither true nor false`)
  }
}
