/** The claims of a launch, as LTI 1.3 and its services name them. */
import { z } from 'zod'

const CORE = 'https://purl.imsglobal.org/spec/lti/claim/'
const DEEP = 'https://purl.imsglobal.org/spec/lti-dl/claim/'
export const CLAIM = {
  messageType: `${CORE}message_type`,
  version: `${CORE}version`,
  deployment: `${CORE}deployment_id`,
  target: `${CORE}target_link_uri`,
  resourceLink: `${CORE}resource_link`,
  roles: `${CORE}roles`,
  context: `${CORE}context`,
  presentation: `${CORE}launch_presentation`,
  custom: `${CORE}custom`,
  deepLinking: `${DEEP}deep_linking_settings`,
  contentItems: `${DEEP}content_items`,
  data: `${DEEP}data`,
  grades: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
} as const

export const SCOPE = {
  lineItem: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
  score: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
} as const

/** Canvas says null where it has nothing to say, which the specification does by silence. @param value parsed JSON */
export const withoutNulls = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutNulls)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).flatMap(([key, v]) => (v === null ? [] : [[key, withoutNulls(v)]])))
      : value

const text = z.string().min(1).max(2000)
const name = z.string().max(500).optional()
const url = z.url({ protocol: /^https?$/ }).max(2000)
/** Moodle before 3.11 writes them as texts. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform(said => said === 'true')]).optional()
/** For what we can do without: a platform that says it in a way of its own is not turned away. */
const atBest = <T>(shape: z.ZodType<T>) => shape.optional().catch(undefined)

/** Claims that are nobody's concern here may be there; those that are have to be what the specification says. */
const common = {
  iss: text,
  sub: z.string().min(1).max(255),
  nonce: text,
  name,
  given_name: name,
  [CLAIM.version]: z.literal('1.3.0'),
  [CLAIM.deployment]: z.string().min(1).max(255),
  [CLAIM.roles]: z.array(z.string().max(500)).max(100),
  [CLAIM.context]: z.looseObject({ id: z.string().min(1).max(255), title: name, label: name }).optional(),
  [CLAIM.presentation]: z.looseObject({ return_url: atBest(url), locale: atBest(z.string().max(50)) }).optional(),
  // An empty one is a list where PHP has written it.
  [CLAIM.custom]: atBest(z.record(z.string(), z.unknown())),
  [CLAIM.grades]: z
    .looseObject({ scope: z.array(text).max(20).default([]), lineitem: url.optional(), lineitems: url.optional() })
    .optional(),
  [CLAIM.memberships]: z.looseObject({ context_memberships_url: url }).optional(),
}
export const resourceLaunch = z.looseObject({
  ...common,
  [CLAIM.messageType]: z.literal('LtiResourceLinkRequest'),
  [CLAIM.target]: url,
  [CLAIM.resourceLink]: z.looseObject({ id: z.string().min(1).max(255), title: name }),
})
export const deepLinkLaunch = z.looseObject({
  ...common,
  [CLAIM.messageType]: z.literal('LtiDeepLinkingRequest'),
  [CLAIM.deepLinking]: z.looseObject({
    deep_link_return_url: url,
    accept_types: z.array(z.string()),
    accept_presentation_document_targets: z.array(z.string()),
    accept_multiple: flag,
    accept_lineitem: flag,
    data: z.string().max(10_000).optional(),
  }),
})
export type ResourceLaunch = z.infer<typeof resourceLaunch>
export type DeepLinkLaunch = z.infer<typeof deepLinkLaunch>
export type Launch = ResourceLaunch | DeepLinkLaunch

export const isDeepLink = (launch: Launch): launch is DeepLinkLaunch =>
  launch[CLAIM.messageType] === 'LtiDeepLinkingRequest'

/** What somebody is in a class, by the roles of its context; roles elsewhere (of the institution) make nobody a teacher here. */
export function roleOf(roles: readonly string[]): 'teacher' | 'assistant' | 'learner' {
  const member = 'http://purl.imsglobal.org/vocab/lis/v2/membership'
  // Short names are allowed for the context's roles.
  const own = roles.map(role => (role.includes(':') ? role : `${member}#${role}`)).filter(r => r.startsWith(member))
  if (own.some(role => /\/Instructor#(TeachingAssistant|Grader)/.test(role))) return 'assistant'
  return own.some(role => /#(Instructor|Administrator|ContentDeveloper)$/.test(role)) ? 'teacher' : 'learner'
}
