/** LTI Dynamic Registration: the platform tells what it is, we tell what we are, nobody types addresses. */
import { z } from 'zod'
import type { Db } from '../db/db.ts'
import type { Teacher } from '../domain/accounts.ts'
import { jsonOf, type Outbound } from '../net/outbound.ts'
import { words } from '../words/words.ts'
import { SCOPE, withoutNulls } from './claims.ts'
import { LAUNCH_PATH } from './launch.ts'
import { addPlatform } from './platforms.ts'
import { LtiRefusal } from './refusal.ts'

const PLATFORM = 'https://purl.imsglobal.org/spec/lti-platform-configuration'
const TOOL = 'https://purl.imsglobal.org/spec/lti-tool-configuration'

const configuration = z.looseObject({
  issuer: z.string().min(1).max(255),
  authorization_endpoint: z.url(),
  registration_endpoint: z.url(),
  jwks_uri: z.url(),
  token_endpoint: z.url(),
  authorization_server: z.string().optional(),
  [PLATFORM]: z.looseObject({ product_family_code: z.string().optional() }).optional(),
})
const registered = z.looseObject({
  client_id: z.string().min(1).max(255),
  [TOOL]: z.looseObject({ deployment_id: z.string().max(255).optional() }).optional(),
})

/** Issuers that speak for many hosts, each of which tells its own configuration. */
const SHARED: readonly (readonly [issuer: RegExp, host: RegExp])[] = [
  [/^canvas(\.beta|\.test)?\.instructure\.com$/, /\.(instructure|canvaslms)\.com$/],
]

const speaksFor = (host: string, issuer: string): boolean => {
  if (!URL.canParse(issuer)) return false
  const named = new URL(issuer).host
  return named === host || SHARED.some(([shared, hosts]) => shared.test(named) && hosts.test(host))
}

/** Where Canvas offers to choose lessons; others know by the kind of message. */
const PLACEMENTS: Record<string, readonly string[]> = { canvas: ['assignment_selection', 'link_selection'] }

/** What a platform is told about us. @param family which product it is */
const toolConfiguration = (origin: string, family = '') => ({
  application_type: 'web',
  response_types: ['id_token'],
  grant_types: ['implicit', 'client_credentials'],
  initiate_login_uri: `${origin}/classroom/lti/login`,
  redirect_uris: [`${origin}${LAUNCH_PATH}`],
  client_name: words.en.lti.tool,
  'client_name#zh-CN': words.zh.lti.tool,
  jwks_uri: `${origin}/classroom/lti/jwks.json`,
  logo_uri: `${origin}/favicon.svg`,
  token_endpoint_auth_method: 'private_key_jwt',
  scope: Object.values(SCOPE).join(' '),
  [TOOL]: {
    domain: new URL(origin).host,
    target_link_uri: `${origin}${LAUNCH_PATH}`,
    claims: ['iss', 'sub', 'name', 'given_name'],
    messages: [
      { type: 'LtiResourceLinkRequest' },
      {
        type: 'LtiDeepLinkingRequest',
        target_link_uri: `${origin}${LAUNCH_PATH}`,
        label: words.en.lti.tool,
        ...(Object.hasOwn(PLACEMENTS, family) && { placements: PLACEMENTS[family] }),
      },
    ],
  },
})

/** @throws LtiRefusal, Problem, OutboundError */
export async function register(
  db: Db,
  outbound: Outbound,
  { origin, ownHosts }: { origin: string; ownHosts: ReadonlySet<string> },
  by: Teacher,
  { configurationUrl, token }: { configurationUrl: string; token: string | undefined },
): Promise<{ id: string; issuer: string; deployment: string | undefined }> {
  const bearer = token && { Authorization: `Bearer ${token}` }
  // Canvas tells its configuration, too, only to who shows the token.
  const asked = await outbound(configurationUrl, { headers: { Accept: 'application/json', ...bearer } })
  const told = withoutNulls(jsonOf(asked, 'the platform'))
  const parsed = configuration.safeParse(told)
  if (!parsed.success) throw new LtiRefusal('bad-request', `configuration: ${parsed.error.issues[0]?.path.join('.')}`)
  const platform = parsed.data
  // Whoever names the configuration of somebody else registers nothing in their name.
  if (!speaksFor(new URL(configurationUrl).host, platform.issuer))
    throw new LtiRefusal('issuer', `${configurationUrl} speaks for ${platform.issuer}`)
  const answer = await outbound(platform.registration_endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...bearer },
    body: JSON.stringify(toolConfiguration(origin, platform[PLATFORM]?.product_family_code)),
  })
  const made = registered.safeParse(withoutNulls(jsonOf(answer, 'the registration')))
  if (!made.success) throw new LtiRefusal('bad-request', 'the platform has registered us without a client_id')
  const deployment = made.data[TOOL]?.deployment_id
  const id = await addPlatform(
    db,
    by,
    {
      name: platform[PLATFORM]?.product_family_code || new URL(platform.issuer).host,
      issuer: platform.issuer,
      client_id: made.data.client_id,
      login_url: platform.authorization_endpoint,
      token_url: platform.token_endpoint,
      token_audience: platform.authorization_server ?? null,
      jwks_url: platform.jwks_uri,
    },
    deployment ? [deployment] : [],
    ownHosts,
  )
  return { id, issuer: platform.issuer, deployment }
}
