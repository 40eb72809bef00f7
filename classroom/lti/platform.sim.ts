/**
 * A learning platform, written from the specifications (LTI 1.3 core, Security Framework, Deep Linking 2.0, AGS 2.0, NRPS 2.0,
 * Dynamic Registration), for tests: it refuses what a platform has to refuse, and can be told to lie or to fail.
 */
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose'
import { CLAIM, SCOPE } from './claims.ts'
import { createIssuer, type Lie } from './issuer.sim.ts'

export interface User {
  id: string
  name?: string
  role: 'Instructor' | 'Learner' | 'TeachingAssistant'
  status?: 'Active' | 'Inactive' | 'Deleted'
}
export interface Link {
  id: string
  title?: string
  custom?: Record<string, string>
  url?: string
  /** Whether the platform has made a column for it itself. */
  column?: boolean
}
export interface LineItem {
  id: string
  label: string
  scoreMaximum: number
  resourceLinkId?: string | null
}
export interface Score {
  timestamp: string
  userId: string
  scoreGiven: number
  scoreMaximum: number
  activityProgress: string
  gradingProgress: string
  comment?: string
  submission?: { submittedAt: string }
}
const text = async (request: IncomingMessage): Promise<string> => {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}
const short = (role: User['role']): string =>
  role === 'TeachingAssistant'
    ? 'http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant'
    : `http://purl.imsglobal.org/vocab/lis/v2/membership#${role}`

export async function startPlatform({ pageSize = 2 } = {}) {
  const issuer = await createIssuer()

  const sim = {
    origin: '',
    clientId: randomUUID(),
    deployment: 'deployment-1',
    course: { id: 'course-1', title: 'Containers 101' },
    /** Where we find the tool, as registered. */
    tool: { login: '', launch: '', jwks: '' },
    users: [] as User[],
    links: [] as Link[],
    lineItems: [] as LineItem[],
    /** Line item → what has arrived, in order. */
    scores: new Map<string, Score[]>(),
    /** Statuses with which the next requests to the services are answered instead. */
    failures: [] as number[],
    jwksAsked: 0,
    tokensGiven: 0,
    registered: undefined as Record<string, unknown> | undefined,
    /** How the next tokens lie. */
    lie: {} as Lie,
    rotate: issuer.rotate,
    loginRequest,
    linkFor,
    answer,
    readDeepLink,
    close: () => new Promise(done => server.close(done)),
  }
  const logins = new Map<string, { user: User; message: JWTPayload }>()
  const bearers = new Map<string, string[]>()
  const ids = new Set<string>()
  const toolKeys = () => createRemoteJWKSet(new URL(sim.tool.jwks))

  /** What the platform has the browser send first, when somebody opens a link or wants to choose content. */
  function loginRequest(user: User, message: { link: Link } | { deepLink: Record<string, unknown> }) {
    const hint = randomUUID()
    const target = 'link' in message ? (message.link.url ?? sim.tool.launch) : sim.tool.launch
    const resource =
      'link' in message
        ? {
            [CLAIM.messageType]: 'LtiResourceLinkRequest',
            [CLAIM.target]: target,
            [CLAIM.resourceLink]: { id: message.link.id, title: message.link.title },
            [CLAIM.custom]: message.link.custom,
            [CLAIM.grades]: {
              scope: [SCOPE.lineItem, SCOPE.score],
              lineitems: `${sim.origin}/lineitems?course=1`,
              ...(message.link.column && { lineitem: column(message.link).id }),
            },
          }
        : {
            [CLAIM.messageType]: 'LtiDeepLinkingRequest',
            [CLAIM.deepLinking]: {
              deep_link_return_url: `${sim.origin}/deep-link`,
              accept_types: ['link', 'ltiResourceLink'],
              accept_presentation_document_targets: ['window'],
              accept_multiple: true,
              data: 'opaque',
              ...message.deepLink,
            },
          }
    logins.set(hint, {
      user,
      message: {
        ...resource,
        [CLAIM.version]: '1.3.0',
        [CLAIM.deployment]: sim.deployment,
        [CLAIM.roles]: [short(user.role), 'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student'],
        [CLAIM.context]: sim.course,
        [CLAIM.presentation]: { locale: 'zh-CN', return_url: `${sim.origin}/course` },
        [CLAIM.memberships]: { context_memberships_url: `${sim.origin}/members`, service_versions: ['2.0'] },
      },
    })
    return {
      iss: sim.origin,
      login_hint: hint,
      target_link_uri: target,
      client_id: sim.clientId,
      lti_message_hint: 'kept as it is',
    }
  }

  const opened = new Map<string, ReturnType<typeof loginRequest>>()
  /** The address of a page of the platform, on which somebody has opened a link or wants to choose content. */
  function linkFor(...[user, message]: Parameters<typeof loginRequest>): string {
    const id = randomUUID()
    opened.set(id, loginRequest(user, message))
    return `${sim.origin}/open?id=${id}`
  }

  function column(link: Link): LineItem {
    const found = sim.lineItems.find(item => item.resourceLinkId === link.id)
    if (found) return found
    const made = {
      id: `${sim.origin}/lineitems/${link.id}?x=1`,
      label: link.id,
      scoreMaximum: 100,
      resourceLinkId: link.id,
    }
    sim.lineItems.push(made)
    return made
  }

  /** The authentication response: the form that the browser will send to the tool. @throws where the request is not OIDC's */
  async function answer(asked: string, lie: Lie = {}): Promise<{ action: string; fields: Record<string, string> }> {
    const q = Object.fromEntries(new URL(asked).searchParams)
    const login = logins.get(q.login_hint ?? '')
    const expected = {
      scope: 'openid',
      response_type: 'id_token',
      response_mode: 'form_post',
      prompt: 'none',
      client_id: sim.clientId,
      redirect_uri: sim.tool.launch,
      lti_message_hint: 'kept as it is',
    }
    for (const [name, value] of Object.entries(expected))
      if (q[name] !== value) throw new Error(`${name} is ${q[name]}, not ${value}`)
    if (!login || !q.nonce || !q.state) throw new Error('the request is incomplete')
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: sim.origin,
      sub: login.user.id,
      aud: sim.clientId,
      iat: now,
      exp: now + 300,
      nonce: q.nonce,
      ...(login.user.name && { name: login.user.name }),
      ...login.message,
    }
    const token = await issuer.sign(claims, lie)
    return { action: expected.redirect_uri, fields: { state: q.state, id_token: token } }
  }

  /** What came back by deep linking, if it is a right answer. */
  async function readDeepLink(jwt: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(jwt, toolKeys(), { issuer: sim.clientId, audience: sim.origin })
    if (payload[CLAIM.messageType] !== 'LtiDeepLinkingResponse' || payload[CLAIM.version] !== '1.3.0')
      throw new Error('not a deep linking response')
    if (payload[CLAIM.deployment] !== sim.deployment || !payload.nonce) throw new Error('incomplete')
    return payload
  }

  // --- What browsers are shown

  const sending = (action: string, fields: Record<string, string>, target = '_self'): string =>
    `<form method="post" action="${action}" target="${target}">${Object.entries(fields)
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
      .join('')}</form><script>document.forms[0].submit()</script>`

  /** Keeps for the tool's frame what it asks to (LTI Client Side postMessages). */
  function coursePage(user: string): string {
    const found = sim.users.find(u => u.id === user)
    const link = sim.links[0]
    if (!found || !link) return 'nobody'
    const request = { ...loginRequest(found, { link }), lti_storage_target: '_parent' }
    return `<!doctype html><iframe name="tool" width="800" height="400"></iframe><script>
const kept = new Map()
addEventListener('message', ({ data, source, origin }) => {
  const answer = { subject: data.subject + '.response', message_id: data.message_id, key: data.key }
  if (data.subject === 'lti.put_data') kept.set(origin + data.key, answer.value = data.value)
  else if (data.subject === 'lti.get_data') answer.value = kept.get(origin + data.key)
  else return
  source.postMessage(answer, origin)
})
</script>${sending(sim.tool.login, request, 'tool')}`
  }

  // --- What the tool's server asks

  const json = (
    response: ServerResponse,
    status: number,
    value: unknown,
    headers: Record<string, string> = {},
  ): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value))
  }

  async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = new URLSearchParams(await text(request))
    const { payload, protectedHeader } = await jwtVerify(body.get('client_assertion') ?? '', toolKeys(), {
      issuer: sim.clientId,
      subject: sim.clientId,
      audience: `${sim.origin}/token`,
      requiredClaims: ['jti', 'iat', 'exp'],
    })
    const once = !ids.has(payload.jti!)
    ids.add(payload.jti!)
    if (
      !once ||
      !protectedHeader.kid ||
      body.get('grant_type') !== 'client_credentials' ||
      body.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    )
      return json(response, 400, { error: 'invalid_client' })
    const token = randomUUID()
    bearers.set(token, body.get('scope')?.split(' ') ?? [])
    sim.tokensGiven++
    json(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 3600, scope: body.get('scope') })
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', sim.origin)
    const { method } = request
    if (url.pathname === '/jwks') {
      sim.jwksAsked++
      return json(response, 200, await issuer.jwks())
    }
    // For a browser: a course with the tool in a frame, and its answer to a login.
    if (url.pathname === '/course') {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(coursePage(url.searchParams.get('user') ?? ''))
      return
    }
    const link = opened.get(url.searchParams.get('id') ?? '')
    if (url.pathname === '/open' && link) {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(sending(sim.tool.login, link))
      return
    }
    if (url.pathname === '/auth') {
      const { action, fields } = await answer(url.href, sim.lie)
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(sending(action, fields))
      return
    }
    if (url.pathname === '/token') return giveToken(request, response)
    if (url.pathname === '/.well-known/openid-configuration')
      return json(response, 200, {
        issuer: sim.origin,
        authorization_endpoint: `${sim.origin}/auth`,
        registration_endpoint: `${sim.origin}/register`,
        jwks_uri: `${sim.origin}/jwks`,
        token_endpoint: `${sim.origin}/token`,
        'https://purl.imsglobal.org/spec/lti-platform-configuration': { product_family_code: 'sim', version: '1' },
      })
    if (url.pathname === '/register') {
      if (request.headers.authorization !== 'Bearer may-register') return json(response, 401, {})
      sim.registered = JSON.parse(await text(request)) as Record<string, unknown>
      sim.clientId = randomUUID()
      return json(response, 201, {
        ...sim.registered,
        client_id: sim.clientId,
        'https://purl.imsglobal.org/spec/lti-tool-configuration': { deployment_id: sim.deployment },
      })
    }

    // Services: with a token for what is asked.
    const failure = sim.failures.shift()
    if (failure) return json(response, failure, { problem: 'told to fail' })
    const scopes = bearers.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (!scopes) return json(response, 401, {})
    const allowed = (scope: string): boolean => {
      if (!scopes.includes(scope)) json(response, 403, {})
      return scopes.includes(scope)
    }

    if (url.pathname === '/members') {
      if (!allowed(SCOPE.memberships)) return
      const from = Number(url.searchParams.get('from') ?? 0)
      const members = sim.users.slice(from, from + pageSize).map(u => ({
        user_id: u.id,
        name: u.name,
        status: u.status,
        roles: [short(u.role)],
      }))
      const more = from + pageSize < sim.users.length
      return json(
        response,
        200,
        { id: url.href, context: sim.course, members },
        {
          ...(more && { Link: `<${sim.origin}/members?from=${from + pageSize}>; rel="next"` }),
        },
      )
    }
    if (url.pathname === '/lineitems' && method === 'GET') {
      if (!allowed(SCOPE.lineItem)) return
      const link = url.searchParams.get('resource_link_id')
      return json(
        response,
        200,
        sim.lineItems.filter(item => !link || item.resourceLinkId === link),
      )
    }
    if (url.pathname === '/lineitems' && method === 'POST') {
      if (!allowed(SCOPE.lineItem)) return
      const made = {
        ...(JSON.parse(await text(request)) as LineItem),
        id: `${sim.origin}/lineitems/${randomUUID()}?x=1`,
      }
      sim.lineItems.push(made)
      return json(response, 201, made)
    }
    const of = sim.lineItems.find(item => new URL(item.id).pathname === url.pathname.replace(/\/scores$/, ''))
    if (of && url.pathname.endsWith('/scores') && url.searchParams.get('x') === '1') {
      if (!allowed(SCOPE.score)) return
      if (request.headers['content-type'] !== 'application/vnd.ims.lis.v1.score+json') return json(response, 415, {})
      const score = JSON.parse(await text(request)) as Score
      const before = sim.scores.get(of.id) ?? []
      const last = before.findLast(s => s.userId === score.userId)
      // The order of time is kept, as AGS asks.
      if (last && last.timestamp >= score.timestamp) return json(response, 409, {})
      if (score.submission && !(Date.parse(score.submission.submittedAt) <= Date.now())) return json(response, 400, {})
      sim.scores.set(of.id, [...before, score])
      return json(response, 204, '')
    }
    json(response, 404, {})
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => json(response, 400, { error: error.message }))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  sim.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return sim
}

export type Platform = Awaited<ReturnType<typeof startPlatform>>
