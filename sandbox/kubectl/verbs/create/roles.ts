/** Rules of roles, from --verb, --resource and --resource-name. */
import { Exit, KubectlError } from '../../errors.ts'
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

/** Verbs that make sense for few resources, and for which the resource need not be known to the server. */
const SPECIAL_VERBS: Readonly<Record<string, readonly (readonly [group: string, resource: string])[]>> = {
  use: [
    ['policy', 'podsecuritypolicies'],
    ['extensions', 'podsecuritypolicies'],
  ],
  bind: [
    ['rbac.authorization.k8s.io', 'roles'],
    ['rbac.authorization.k8s.io', 'clusterroles'],
  ],
  escalate: [
    ['rbac.authorization.k8s.io', 'roles'],
    ['rbac.authorization.k8s.io', 'clusterroles'],
  ],
  impersonate: [
    ['', 'users'],
    ['', 'serviceaccounts'],
    ['', 'groups'],
    ['authentication.k8s.io', 'userextras'],
  ],
}

interface Wanted {
  word: string
  group: string
  subresource: string
}

/** --resource, cut into its parts; a `*` takes the place of all that follow. */
function wantedResources(texts: readonly string[]): Wanted[] {
  const out: Wanted[] = []
  for (const text of texts) {
    const slash = text.indexOf('/')
    const whole = slash < 0 ? text : text.slice(0, slash)
    const dot = whole.indexOf('.')
    const word = dot < 0 ? whole : whole.slice(0, dot)
    out.push({ word, group: dot < 0 ? '' : whole.slice(dot + 1), subresource: slash < 0 ? '' : text.slice(slash) })
    if (text === '*') return out.slice(-1)
  }
  return out
}

/** What the server calls it; as it was written where the server does not know it. */
async function named(k: Kubectl, { word, group }: Wanted): Promise<{ group: string; plural: string; known: boolean }> {
  const found = await k.find(word, group || undefined)
  return found ? { ...found, known: true } : { group, plural: word, known: false }
}

async function checkResources(k: Kubectl, verbs: readonly string[], wanted: readonly Wanted[]): Promise<void> {
  for (const one of wanted) {
    if (!one.word) throw new KubectlError('resource must be specified if apiGroup/subresource specified')
    if (one.word === '*') return
    const resource = await named(k, one)
    let { known } = resource
    for (const verb of verbs) {
      const fitting = SPECIAL_VERBS[verb]
      if (!fitting) continue
      if (!fitting.some(([group, plural]) => group === resource.group && plural === resource.plural))
        throw new KubectlError(`can not perform '${verb}' on '${resource.plural}' in group '${resource.group}'`)
      known = true
    }
    if (!known)
      throw new Exit(
        1,
        `the server doesn't have a resource type "${one.word}"${one.group ? ` in group "${one.group}"` : ''}\n`,
      )
  }
}

const NON_RESOURCE_VERBS = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options', '*']

function checkUrls(verbs: readonly string[], urls: readonly string[]): void {
  const wrong = verbs.find(v => !NON_RESOURCE_VERBS.includes(v))
  if (wrong) throw new KubectlError(`invalid verb: '${wrong}' for nonResourceURL`)
  for (const url of urls) {
    if (url === '*') continue
    if (!url.startsWith('/')) throw new KubectlError('nonResourceURL should start with /')
    if (url.slice(0, -1).includes('*'))
      throw new KubectlError("nonResourceURL only supports wildcard matches when '*' is at the end")
  }
}

export async function rules(k: Kubectl): Promise<Obj[]> {
  const { flags } = k
  const given = [...new Set(flags.list('verb'))]
  const verbs = given.includes('*') ? ['*'] : given
  const urls = flags.list('non-resource-url')
  if (!verbs.length) throw new KubectlError('at least one verb must be specified')
  const resources = wantedResources(flags.list('resource'))
  const names = [...new Set(flags.list('resource-name'))]
  if (!resources.length && !urls.length)
    throw new KubectlError(
      flags.has('non-resource-url')
        ? 'one of resource or nonResourceURL must be specified'
        : 'at least one resource must be specified',
    )
  if (resources.length) {
    for (const v of verbs) if (!VERBS.has(v)) await k.err(`Warning: '${v}' is not a standard resource verb\n`)
    await checkResources(k, verbs, resources)
  }
  if (urls.length) checkUrls(verbs, urls)
  const byGroup = new Map<string, string[]>()
  for (const one of resources) {
    const { group, plural } = await named(k, one)
    const list = byGroup.get(group) ?? []
    if (!list.includes(plural + one.subresource)) list.push(plural + one.subresource)
    byGroup.set(group, list)
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
