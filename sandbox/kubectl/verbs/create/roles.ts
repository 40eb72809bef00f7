/** Rules of roles, from --verb, --resource and --resource-name. */
import type { Mapping } from '../../discovery.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'

const VERBS = new Set([
  'get',
  'delete',
  'list',
  'create',
  'update',
  'patch',
  'watch',
  'proxy',
  'redirect',
  'deletecollection',
  'use',
  'bind',
  'escalate',
  'impersonate',
  '*',
  'approve',
  'sign',
  'attest',
])

export async function rules(k: Kubectl): Promise<Obj[]> {
  const { flags } = k
  const verbs = [...new Set(flags.list('verb'))]
  const urls = flags.list('non-resource-url')
  if (!verbs.length) throw new KubectlError('at least one verb must be specified')
  const resources = flags.list('resource')
  const names = [...new Set(flags.list('resource-name'))]
  if (!resources.length) {
    if (urls.length) return [{ verbs, nonResourceURLs: urls }]
    throw new KubectlError('at least one resource must be specified')
  }
  if (resources.length > 1 && names.length)
    throw new KubectlError('resource name(s) can not be applied to multiple resources')
  for (const v of verbs) if (!VERBS.has(v)) await k.err(`Warning: '${v}' is not a standard resource verb\n`)
  const byGroup = new Map<string, string[]>()
  for (const text of resources) {
    const slash = text.indexOf('/')
    const word = slash < 0 ? text : text.slice(0, slash)
    const sub = slash < 0 ? '' : text.slice(slash)
    if (!word) throw new KubectlError('resource must be specified if apiGroup/subresource specified')
    if (word === '*') {
      byGroup.set('*', ['*'])
      continue
    }
    let mapping: Mapping
    try {
      mapping = (await k.discovery()).resource(word)
    } catch {
      throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(word)}`)
    }
    const list = byGroup.get(mapping.group) ?? []
    if (!list.includes(mapping.plural + sub)) list.push(mapping.plural + sub)
    byGroup.set(mapping.group, list)
  }
  const out: Obj[] = [...byGroup]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, list]) => ({
      verbs,
      apiGroups: [group],
      resources: list,
      ...(names.length && { resourceNames: names }),
    }))
  if (urls.length) out.push({ verbs, nonResourceURLs: urls })
  return out
}

export function subjects(k: Kubectl): Obj[] {
  const { flags } = k
  const rbac = 'rbac.authorization.k8s.io'
  return [
    ...flags.list('user').map(name => ({ kind: 'User', apiGroup: rbac, name })),
    ...flags.list('group').map(name => ({ kind: 'Group', apiGroup: rbac, name })),
    ...flags.list('serviceaccount').map(text => {
      const [namespace, name, more] = text.split(':')
      if (!namespace || !name || more !== undefined) throw new KubectlError('serviceaccount must be <namespace>:<name>')
      return { kind: 'ServiceAccount', name, namespace }
    }),
  ]
}
