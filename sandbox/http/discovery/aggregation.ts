/** Requests that another server answers, behind an APIService; and its kinds among ours in discovery. */
import { API_SERVICES } from '../../api/aggregation/local.ts'
import { callTo, isAvailable, remoteService, remoteServices } from '../../api/aggregation/remote-service.ts'
import type { UserInfo } from '../../api/authentication/user.ts'
import { isObject } from '../../api/formats/json.ts'
import { flag } from '../../api/requests/query.ts'
import type { ApiServer } from '../../api/server.ts'
import { StatusError } from '../../api/status.ts'
import type { APIService } from '../../api/types.ts'
import { type ApiRequest, type ApiResponse, plain, reply } from '../exchange.ts'
import { urlOf } from '../url.ts'
import type { ApiResource, Priorities, RemoteVersion } from './discovery.ts'

/** Headers that are handed on as they came. */
const PASSED = ['accept', 'content-type', 'user-agent']

const whoIs = ({ username, uid, groups = [] }: UserInfo): Record<string, string> => ({
  'X-Remote-User': username,
  ...(uid && { 'X-Remote-Uid': uid }),
  'X-Remote-Group': groups.join(','),
})

/** What the other server answers; undefined where the path is ours. @throws Unanswered */
export function aggregated(
  server: ApiServer,
  request: ApiRequest,
  path: string,
  user: UserInfo,
): ApiResponse | undefined {
  const [apis, group = '', version = ''] = path.split('/').filter(Boolean)
  const service = apis === 'apis' && version ? remoteService(server, group, version) : undefined
  if (!service) return undefined
  if (!isAvailable(service)) return plain(503, 'service unavailable\n')
  if (flag(urlOf(request.url).query, 'watch'))
    throw new StatusError(501, 'NotImplemented', 'not simulated: watches of what another API server serves')
  const passed = PASSED.flatMap(name => (request.headers[name] ? [[name, request.headers[name]] as const] : []))
  const [answer] = server.outside.ask([
    {
      ...callTo(server, service, request.url),
      key: 'aggregated',
      method: request.method,
      headers: { ...Object.fromEntries(passed), ...whoIs(user) },
      body: () => request.body,
    },
  ])
  if ('error' in answer!)
    return plain(503, `error trying to reach service: ${answer.error.replace(/^\w+ "[^"]*": /, '')}\n`)
  const { status, headers = {}, body } = answer!
  return reply(status, headers['content-type'] ?? 'text/plain', body)
}

/** The versions of groups that others serve, for discovery; what is in one is asked when somebody wants to know. */
export const remoteVersions = (server: ApiServer): RemoteVersion[] =>
  remoteServices(server).map(service => ({
    group: service.spec.group ?? '',
    version: service.spec.version ?? '',
    resources: () => (isAvailable(service) ? resourcesOf(server, service) : undefined),
  }))

/** Of groups that have no APIService (yet). */
const UNNAMED = { group: 1000, version: 15 }
/** The group of APIServices has none itself, and comes first. */
const OWN_GROUP = { group: 'apiregistration.k8s.io', priority: 20_000 }

/** A group's is the greatest of its versions'. */
export function priorities(server: ApiServer): Priorities {
  const ofGroup = new Map<string, number>([[OWN_GROUP.group, OWN_GROUP.priority]])
  const ofVersion = new Map<string, number>()
  for (const { metadata, spec } of server.context.list(API_SERVICES) as readonly APIService[]) {
    const { group = '', groupPriorityMinimum, versionPriority } = spec
    ofGroup.set(group, Math.max(ofGroup.get(group) ?? 0, groupPriorityMinimum))
    ofVersion.set(metadata.name, versionPriority)
  }
  return {
    group: group => ofGroup.get(group) ?? UNNAMED.group,
    version: (group, version) => ofVersion.get(`${version}.${group}`) ?? UNNAMED.version,
  }
}

function resourcesOf(server: ApiServer, service: APIService): readonly ApiResource[] | undefined {
  const path = `/apis/${service.spec.group}/${service.spec.version}`
  const [answer] = server.outside.ask([
    {
      ...callTo(server, service, path),
      key: `discovery of ${path}`,
      method: 'GET',
      headers: { Accept: 'application/json', 'X-Remote-User': 'system:kube-aggregator' },
      body: () => '',
    },
  ])
  if ('error' in answer! || answer!.status !== 200) return undefined
  try {
    const list: unknown = JSON.parse(answer!.body)
    return isObject(list) && Array.isArray(list.resources) ? (list.resources as ApiResource[]) : undefined
  } catch {
    return undefined
  }
}
