/** kubectl auth reconcile: roles and bindings brought to at least what a manifest says. */
import { deepEqual } from '../../api/formats/json.ts'
import { ApiError, isNotFound, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { resultPrinter } from '../print/done.ts'
import { filenameOptions, type Info, visit } from '../resources/resources.ts'

const AUTOUPDATE = 'rbac.authorization.kubernetes.io/autoupdate'

type Operation = 'create' | 'update' | 'recreate' | undefined

interface Outcome {
  object: Obj
  operation: Operation
  /** What the cluster lacked, and what it has beyond the manifest. */
  missing: readonly Obj[]
  extra: readonly Obj[]
  isProtected: boolean
}

export async function reconcile(k: Kubectl): Promise<void> {
  const { flags } = k
  const filenames = flags.list('filename')
  if (!filenames.length && !flags.str('kustomize')) throw new KubectlError('must specify one of -f and -k')
  await k.namespace()
  await k.client()
  if (dryRunOf(k) === 'server') throw new KubectlError('--dry-run=server for command reconcile is not supported yet')
  const say = await resultPrinter(k, 'typed')
  await visit(k, { ...filenameOptions(flags), continueOnError: true, asWritten: true }, async info => {
    if (info.mapping.group !== 'rbac.authorization.k8s.io') return
    const outcome = await reconcileOne(k, info)
    await say(outcome.object, 'reconciled')
    await report(k, outcome, /Binding$/.test(info.mapping.kind))
  })
}

async function reconcileOne(k: Kubectl, info: Info): Promise<Outcome> {
  const binding = /Binding$/.test(info.mapping.kind)
  const field = binding ? 'subjects' : 'rules'
  const expected = info.object
  const client = await k.client()
  const dry = dryRunOf(k) === 'client'
  const query = k.writeQuery('kubectl-auth')
  const { mapping, name } = info
  // Of the namespace that the command is about nothing is known here: who says none looks in none, and finds nothing.
  const namespace: string = expected.metadata.namespace ?? ''
  let current: Obj
  try {
    current = await client.get(mapping, namespace, name)
  } catch (e) {
    if (!isNotFound(e)) throw e
    const outcome = { operation: 'create', missing: expected[field] ?? [], extra: [], isProtected: false } as const
    if (dry) return { ...outcome, object: { ...expected, metadata: { creationTimestamp: null, ...expected.metadata } } }
    if (mapping.namespaced) await ensureNamespace(k, namespace)
    return { ...outcome, object: await client.create(mapping, namespace, expected, query) }
  }
  const isProtected = current.metadata.annotations?.[AUTOUPDATE] === 'false'
  const remove = k.flags.bool(binding ? 'remove-extra-subjects' : 'remove-extra-permissions')
  const { missing, extra } = binding
    ? differences(current.subjects ?? [], expected.subjects ?? [])
    : uncovered(current.rules ?? [], expected.rules ?? [])
  const next = {
    ...current,
    metadata: { ...current.metadata, ...mergedMeta(current.metadata, expected.metadata) },
    [field]: remove && extra.length ? expected[field] : [...(current[field] ?? []), ...missing],
  }
  const recreate = binding && !deepEqual(current.roleRef, expected.roleRef)
  const operation: Operation = recreate ? 'recreate' : deepEqual(next, current) ? undefined : 'update'
  const outcome = { operation, missing, extra, isProtected }
  if (dry || isProtected || !operation) return { ...outcome, object: operation ? next : current }
  if (!recreate) return { ...outcome, object: await client.replace(mapping, namespace, name, next, query) }
  await client.delete(mapping, namespace, name, { kind: 'DeleteOptions', apiVersion: 'v1' })
  return { ...outcome, object: await client.create(mapping, namespace, expected, query) }
}

async function ensureNamespace(k: Kubectl, namespace: string): Promise<void> {
  if (!namespace) throw new KubectlError('resource name may not be empty')
  const client = await k.client()
  const mapping = await k.resource('namespaces')
  try {
    await client.create(mapping, '', { kind: 'Namespace', apiVersion: 'v1', metadata: { name: namespace } })
  } catch (e) {
    if (!(e instanceof ApiError) || (e.reason !== 'AlreadyExists' && e.reason !== 'Forbidden')) throw e
  }
}

/** Labels and annotations of both; those that the cluster has win. */
function mergedMeta(current: Obj, expected: Obj): Obj {
  const out: Obj = {}
  for (const field of ['labels', 'annotations']) {
    const both = { ...expected[field], ...current[field] }
    if (Object.keys(both).length) out[field] = both
  }
  return out
}

function differences(has: readonly Obj[], wants: readonly Obj[]): { missing: Obj[]; extra: Obj[] } {
  const without = (from: readonly Obj[], those: readonly Obj[]): Obj[] =>
    from.filter(o => !those.some(t => deepEqual(t, o)))
  return { missing: without(wants, has), extra: without(has, wants) }
}

/** A rule taken apart: one verb of one resource, or of one path. */
function* parts(rule: Obj): Generator<Obj> {
  for (const group of rule.apiGroups ?? [])
    for (const resource of rule.resources ?? [])
      for (const verb of rule.verbs ?? [])
        for (const name of rule.resourceNames?.length ? rule.resourceNames : [undefined])
          yield { verbs: [verb], apiGroups: [group], resources: [resource], ...(name && { resourceNames: [name] }) }
  for (const url of rule.nonResourceURLs ?? [])
    for (const verb of rule.verbs ?? []) yield { verbs: [verb], nonResourceURLs: [url] }
}

const includes = (list: readonly string[] | undefined, word: string): boolean =>
  !!list && (list.includes('*') || list.includes(word))

function covers(rule: Obj, part: Obj): boolean {
  if (!includes(rule.verbs, part.verbs[0])) return false
  if (part.nonResourceURLs) {
    const url: string = part.nonResourceURLs[0]
    return (rule.nonResourceURLs ?? []).some(
      (u: string) => u === url || u === '*' || (u.endsWith('*') && url.startsWith(u.slice(0, -1))),
    )
  }
  const resource: string = part.resources[0]
  const slash = resource.indexOf('/')
  const anySubresource = slash >= 0 && (rule.resources ?? []).includes(`*${resource.slice(slash)}`)
  return (
    includes(rule.apiGroups, part.apiGroups[0]) &&
    (includes(rule.resources, resource) || anySubresource) &&
    (!rule.resourceNames?.length || rule.resourceNames.includes(part.resourceNames?.[0]))
  )
}

function uncovered(has: readonly Obj[], wants: readonly Obj[]): { missing: Obj[]; extra: Obj[] } {
  const without = (from: readonly Obj[], those: readonly Obj[]): Obj[] =>
    from.flatMap(rule => [...parts(rule)]).filter(part => !those.some(t => covers(t, part)))
  return { missing: without(wants, has), extra: without(has, wants) }
}

const list = (words: readonly string[] | undefined): string => `[${(words ?? []).join(' ')}]`
/** As Go prints the fields of a rule and of a subject. */
const ruleText = (r: Obj): string =>
  `{Verbs:${list(r.verbs)} APIGroups:${list(r.apiGroups)} Resources:${list(r.resources)} ResourceNames:${list(r.resourceNames)} NonResourceURLs:${list(r.nonResourceURLs)}}`
const subjectText = (s: Obj): string =>
  `{Kind:${s.kind} APIGroup:${s.apiGroup ?? ''} Name:${s.name} Namespace:${s.namespace ?? ''}}`

async function report(
  k: Kubectl,
  { operation, missing, extra, isProtected }: Outcome,
  binding: boolean,
): Promise<void> {
  if (!operation) return
  const caveat = isProtected ? `, but object opted out (${AUTOUPDATE}: false)` : ''
  const [what, text] = binding ? ['subjects', subjectText] : ['rules', ruleText]
  const removing = k.flags.bool(binding ? 'remove-extra-subjects' : 'remove-extra-permissions')
  const block = (title: string, items: readonly Obj[]): string =>
    items.length ? `\t${title}:\n${items.map(i => `\t\t${text(i)}\n`).join('')}` : ''
  await k.err(
    `\treconciliation required ${operation}${caveat}\n${block(`missing ${what} added`, missing)}${removing ? block(`extra ${what} removed`, extra) : ''}`,
  )
}

/** A wrong one is told with where it was wrong. */
function dryRunOf(k: Kubectl): ReturnType<Kubectl['dryRun']> {
  try {
    return k.dryRun()
  } catch (e) {
    throw new KubectlError(`error accessing --dry-run flag for command reconcile: ${(e as Error).message}`)
  }
}
