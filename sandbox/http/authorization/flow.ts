/** The FlowSchema and the priority level of a request, for the headers of its answer. */

import type { UserInfo } from '../../api/authentication/user.ts'
import { resourceOf } from '../../api/kind.ts'
import { flowSchema, priorityLevelConfiguration } from '../../api/kinds/flowcontrol.ts'
import type { ApiServer } from '../../api/server.ts'
import type { FlowSchema, KubeObject } from '../../api/types.ts'
import type { ResourceRequest } from '../request-info.ts'

type Rules = NonNullable<FlowSchema['spec']['rules']>[number]
type Subject = Rules['subjects'][number]

interface Asked {
  verb: string
  path: string
  /** Absent for non-resource paths. */
  resource: ResourceRequest | undefined
  isNamespaced: boolean
}

const [SCHEMAS, LEVELS] = [flowSchema, priorityLevelConfiguration].map(resourceOf)

/** Long-running requests are exempt, except watches. */
const LONG_RUNNING = new Set(['log', 'exec', 'attach', 'portforward', 'proxy'])

const holds = (list: readonly string[] | undefined, word: string): boolean =>
  list?.[0] === '*' ? list.length === 1 || list.includes(word) : Boolean(list?.includes(word))

function isSubject({ kind, user, group, serviceAccount }: Subject, { username, groups }: UserInfo): boolean {
  if (kind === 'User') return user?.name === '*' || user?.name === username
  if (kind === 'Group') return group?.name === '*' || groups.includes(group?.name ?? '')
  const { namespace, name } = serviceAccount ?? {}
  const account = `system:serviceaccount:${namespace}:`
  return name === '*' ? username.startsWith(account) : username === account + name
}

const isBelow = (path: string, url: string): boolean =>
  url === '*' || url === path || path.startsWith(url.replace(/\/?\*?$/, '/'))

function isOf({ resourceRules, nonResourceRules }: Rules, { verb, path, resource, isNamespaced }: Asked): boolean {
  if (!resource)
    return Boolean(
      nonResourceRules?.some(rule => holds(rule.verbs, verb) && rule.nonResourceURLs.some(url => isBelow(path, url))),
    )
  const { group, plural, subresource } = resource
  const namespace = isNamespaced ? resource.namespace : plural === 'namespaces' ? resource.name : ''
  return Boolean(
    resourceRules?.some(
      rule =>
        holds(rule.verbs, verb) &&
        holds(rule.resources, subresource ? `${plural}/${subresource}` : plural) &&
        holds(rule.apiGroups, group) &&
        (namespace ? holds(rule.namespaces, namespace) : rule.clusterScope),
    ),
  )
}

/** The one that is asked first has the least precedence. A list of the store stays the same until one of its objects changes. */
const inTurn = new WeakMap<readonly KubeObject[], readonly FlowSchema[]>()

function schemasInTurn(server: ApiServer): readonly FlowSchema[] {
  const all = server.store.list<KubeObject>(SCHEMAS!)
  let sorted = inTurn.get(all)
  if (!sorted) {
    const precedence = ({ spec }: FlowSchema): number => spec.matchingPrecedence ?? 0
    sorted = [...(all as readonly FlowSchema[])].sort(
      (a, b) => precedence(a) - precedence(b) || (a.metadata.name < b.metadata.name ? -1 : 1),
    )
    inTurn.set(all, sorted)
  }
  return sorted
}

/** Only uids: names might tell too much. */
export function flowHeaders(server: ApiServer, user: UserInfo, asked: Asked): Record<string, string> {
  if (asked.resource && LONG_RUNNING.has(asked.resource.subresource)) return {}
  const schema = schemasInTurn(server).find(({ spec }) =>
    spec.rules?.some(rules => rules.subjects.some(subject => isSubject(subject, user)) && isOf(rules, asked)),
  )
  const level = schema && server.store.get<KubeObject>(LEVELS!, '', schema.spec.priorityLevelConfiguration.name)
  if (!schema || !level) return {}
  return {
    'x-kubernetes-pf-flowschema-uid': schema.metadata.uid,
    'x-kubernetes-pf-prioritylevel-uid': level.metadata.uid,
  }
}
