/** The API as (Request) => Promise<Response>, and below that as a plain function for callers in the same process. */
import { bootstrapApiServices } from '../api/aggregation/local.ts'
import { ADMIN, type UserInfo } from '../api/authentication/user.ts'
import { bootstrapPolicy } from '../api/authorization/bootstrap.ts'
import { bootstrapFlowControl, followFlowControl } from '../api/defaults/flow-control.ts'
import { followServiceAddresses } from '../api/defaults/service-addresses.ts'
import type { NodeProxy } from '../api/egress/node-proxy.ts'
import type { ApiServer } from '../api/server.ts'
import type { Random } from '../clock/random.ts'
import { part } from '../parts.ts'
import { Availability } from './availability.ts'
import type { ApiRequest, ApiResponse } from './exchange.ts'

/** All of HTTP (URLs, bodies, patches, Tables): loaded with the first request. */
const handler = part('the API by HTTP', () => import('./handler.ts'))

export interface ApiOptions {
  server: ApiServer
  nodes?: NodeProxy
  availability?: Availability
}

export class Api {
  readonly server: ApiServer
  readonly availability: Availability
  /** Set once there are kubelets. */
  nodes: NodeProxy | undefined
  #auditIds: Random | undefined

  constructor({ server, nodes, availability = new Availability() }: ApiOptions) {
    this.server = server
    this.availability = availability
    this.nodes = nodes
    // Without the bootstrap roles RBAC would refuse everyone.
    if (!server.store.count('clusterroles.rbac.authorization.k8s.io')) {
      bootstrapPolicy(server)
      bootstrapFlowControl(server)
      bootstrapApiServices(server)
    }
    followFlowControl(server)
    followServiceAddresses(server)
  }

  /** For requests without an audit ID. Has a random stream of its own, so that counting requests changes nothing else. */
  nextAuditId(): string {
    this.#auditIds ??= this.server.random.fork('audit')
    return this.#auditIds.uuid()
  }

  /** What has to be loaded before this request can be answered; undefined when it is all there. */
  missing(request: ApiRequest): Promise<unknown> | undefined {
    const loading = handler.load()
    return loading ? loading.then(() => this.missing(request)) : handler.now.missingParts(this, request)
  }

  /**
   * Answers: inside the call, unless a webhook has to be asked, which takes virtual time. Never throws for what a client sent.
   * Await `missing` first.
   */
  answer(request: ApiRequest, done: (response: ApiResponse) => void): void {
    handler.now.answerRequest(this, request, done)
  }

  /** As `answer`, for a task of the clock, which must not wait for what takes time: where the answer has to, `tell` is a task of its own. */
  answerInTask(request: ApiRequest, tell: (response: ApiResponse) => Promise<void>): Promise<void> | undefined {
    let inside = true
    let telling: Promise<void> | undefined
    this.answer(request, response => {
      if (inside) telling = tell(response)
      else this.server.clock.soon(() => tell(response))
    })
    inside = false
    return telling
  }

  /**
   * Answers at once; only a watch, a followed log or a big document come later. What webhooks would have to be asked about
   * is refused: for requests that are no more than a look.
   */
  respond(request: ApiRequest): ApiResponse {
    return handler.now.respondNow(this, request)
  }

  /** As a fetch handler. Exec, attach and port-forward need a socket: see node/node.ts. */
  async fetch(request: Request, user: UserInfo = ADMIN): Promise<Response> {
    await handler.load()
    return handler.now.fetchFrom(this, request, user)
  }
}
