/** Follows APIServices: whether the server behind each can be reached, as its condition Available says. */

import { systemUser } from '../authentication/user.ts'
import type { WatchEvent } from '../client.ts'
import type { Call } from '../egress/outside.ts'
import type { KindDef } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import type { APIService, EndpointSlice, KubeObject, Service } from '../types.ts'
import { keepRegistered } from './automanaged.ts'
import { LOCAL } from './local.ts'
import { callTo } from './remote-service.ts'

const RETRY_MS = 1000
const RESYNC_MS = 30_000
const CHECK_SECONDS = 5
const SERVICE_NAME = 'kubernetes.io/service-name'

interface Finding {
  status: 'True' | 'False'
  reason: string
  message: string
}
const no = (reason: string, message: string): Finding => ({ status: 'False', reason, message })

/** What is wrong before anybody is asked. */
function obstacle(server: ApiServer, { spec }: APIService): Finding | undefined {
  const { namespace = '', name = '', port = 443 } = spec.service ?? {}
  const where = `service/${name} in ${JSON.stringify(namespace)}`
  const service = server.context.find('services', namespace, name) as Service | undefined
  if (!service) return no('ServiceNotFound', `${where} is not present`)
  if (service.spec.type !== 'ClusterIP') return undefined
  const listening = service.spec.ports?.find(p => p.port === port)
  if (!listening) return no('ServicePortError', `${where} is not listening on port ${port}`)
  const slices = (server.context.list('endpointslices.discovery.k8s.io', namespace) as readonly EndpointSlice[]).filter(
    s => s.metadata.labels?.[SERVICE_NAME] === name,
  )
  if (!slices.length) return no('EndpointsNotFound', `cannot find endpointslices for ${where}`)
  const portName = listening.name ?? ''
  const reachable = slices.some(
    s =>
      s.endpoints?.some(e => e.conditions?.ready !== false) &&
      s.ports?.some(p => (p.name ?? '') === portName && p.port),
  )
  return reachable
    ? undefined
    : no('MissingEndpoints', `endpointslices for ${where} have no addresses with port name ${JSON.stringify(portName)}`)
}

/** @returns what is to be told of every change of an APIService */
export function followApiServices(server: ApiServer, kind: KindDef): (event: WatchEvent<KubeObject>) => void {
  const { clock, outside } = server
  const waiting = new Set<string>()
  const user = systemUser('system:apiserver')

  const look = (name: string, ms = 0): void => {
    if (waiting.has(name)) return
    waiting.add(name)
    const work = (): void => {
      waiting.delete(name)
      check(name)
    }
    if (ms) clock.after(ms, work, { quiet: true })
    else clock.soon(work)
  }

  const check = (name: string): void => {
    const found = server.find(kind, '', name) as APIService | undefined
    if (!found) return
    if (!found.spec.service) {
      say(found, LOCAL)
      return
    }
    const fault = obstacle(server, found)
    if (fault) say(found, fault)
    else ask(found)
  }

  /** Anybody's certificate will do: it is only to be known whether the server answers. */
  const ask = (found: APIService): void => {
    const { group, version } = found.spec
    const call: Call = {
      ...callTo(server, found, `/apis/${group}/${version}`),
      key: 'discovery',
      method: 'GET',
      insecure: true,
      timeoutSeconds: CHECK_SECONDS,
      headers: { 'X-Remote-User': 'system:kube-aggregator', 'X-Remote-Group': 'system:masters' },
      body: () => '',
    }
    const failing = (why: string): Finding =>
      no('FailedDiscoveryCheck', `failing or missing response from ${call.url}: ${why}`)
    outside.carry(
      () => outside.ask([call])[0]!,
      outcome => {
        if ('error' in outcome) return look(found.metadata.name, RETRY_MS)
        const reply = outcome.value
        if ('error' in reply) say(found, failing(reply.error))
        else if (reply.status >= 300) say(found, failing(`bad status from ${call.url}: ${reply.status}`))
        else say(found, { status: 'True', reason: 'Passed', message: 'all checks passed' })
      },
      false,
    )
  }

  const say = ({ metadata: { name, uid } }: APIService, finding: Finding): void => {
    const write = (): void => {
      const now = server.find(kind, '', name) as APIService | undefined
      if (now?.metadata.uid !== uid) return
      const old = now.status?.conditions?.find(c => c.type === 'Available')
      if (old?.status === finding.status && old.reason === finding.reason && old.message === finding.message) return
      const same = old?.status === finding.status
      const lastTransitionTime = same ? old.lastTransitionTime : clock.timestamp()
      const { reason, message, status } = finding
      const others = now.status?.conditions?.filter(c => c.type !== 'Available') ?? []
      const conditions = [...others, { lastTransitionTime, message, reason, status, type: 'Available' }]
      server.update(
        kind,
        '',
        name,
        was => ({ ...was, metadata: { ...was.metadata }, status: { ...now.status, conditions } }),
        {
          user,
          subresource: 'status',
        },
      )
    }
    outside.carry(write, () => {})
    if (finding.reason !== LOCAL.reason) look(name, finding.status === 'True' ? RESYNC_MS : RETRY_MS)
  }

  const lookAtAll = (): void => {
    for (const { metadata } of server.list(kind)) look(metadata.name)
  }
  for (const resource of ['services', 'endpointslices.discovery.k8s.io']) {
    const watched = server.registry.resource(resource)
    if (watched) server.watch(watched, {}, lookAtAll)
  }
  return ({ type, object, old }) => {
    const { name } = object.metadata
    const remote = type !== 'DELETED' && (object as APIService).spec.service !== undefined
    if (remote) outside.askers.add(`apiservice ${name}`)
    else outside.askers.delete(`apiservice ${name}`)
    // Its own status tells nothing new.
    if (old?.spec !== object.spec) look(name)
    clock.soon(() => keepRegistered(server, kind, name))
  }
}
