/** FlowSchemas and PriorityLevelConfigurations as they must be. */
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Label, dns1123Subdomain } from '../content.ts'
import { objectMeta, objectMetaUpdate } from '../metadata.ts'

const METHODS = ['ByNamespace', 'ByUser']
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'proxy', 'update', 'watch']
const MAX_PRECEDENCE = 10_000
const MAX_QUEUES = 10_000_000
const MAX_HASH_BITS = 60

const hasAll = (list: readonly string[] | undefined): boolean => list?.includes('*') ?? false

function verbs(list: readonly string[] | null | undefined, path: string): FieldError[] {
  if (!list?.length) return [required(path, 'verbs must contain at least one value')]
  if (hasAll(list))
    return list.length > 1 ? [invalid(path, list, "if '*' is present, must not specify other verbs")] : []
  return list.every(v => VERBS.includes(v)) ? [] : [notSupported(path, list, VERBS)]
}

/** A list that may be everything: then nothing else stands in it. */
function all(list: readonly string[] | null | undefined, path: string, missing: string, what: string): FieldError[] {
  if (!list?.length) return [required(path, missing)]
  return list.length > 1 && hasAll(list)
    ? [invalid(path, list, `if '*' is present, must not specify other ${what}`)]
    : []
}

function url(path: string, field: string): FieldError[] {
  const wrong = (why: string): FieldError[] => [invalid(field, path, why)]
  if (!path) return wrong('must not be empty')
  if (path === '/') return []
  if (!path.startsWith('/')) return wrong('must start with slash')
  if (path.includes(' ')) return wrong('must not contain white-space')
  if (path.includes('//')) return wrong('must not contain double slash')
  const stars = path.split('*').length - 1
  return stars > 1 || (stars === 1 && !path.endsWith('/*')) ? wrong('wildcard can only do suffix matching') : []
}

function nonResourceRule(rule: Draft, path: string): FieldError[] {
  const urls: string[] = rule.nonResourceURLs ?? []
  const errors = all(
    urls,
    `${path}.nonResourceURLs`,
    'nonResourceURLs must contain at least one value',
    'non-resource URLs',
  )
  return [
    ...verbs(rule.verbs, `${path}.verbs`),
    ...(errors.length || hasAll(urls) ? errors : urls.flatMap((u, i) => url(u, `${path}.nonResourceURLs[${i}]`))),
  ]
}

function resourceRule(rule: Draft, path: string): FieldError[] {
  const errors = [
    ...verbs(rule.verbs, `${path}.verbs`),
    ...all(rule.apiGroups, `${path}.apiGroups`, 'resource rules must supply at least one api group', 'api groups'),
    ...all(rule.resources, `${path}.resources`, 'resource rules must supply at least one resource', 'resources'),
  ]
  const namespaces: string[] = rule.namespaces ?? []
  const at = `${path}.namespaces`
  if (!namespaces.length && !rule.clusterScope) {
    const why = 'resource rules that are not cluster scoped must supply at least one namespace'
    return [...errors, required(at, why)]
  }
  if (hasAll(namespaces)) {
    if (namespaces.length > 1)
      errors.push(invalid(at, namespaces, "if '*' is present, must not specify other namespaces"))
    return errors
  }
  const intro = "each member of this list must be '*' or a DNS-1123 label; "
  return [
    ...errors,
    ...namespaces.flatMap((n, i) => dns1123Label(n).map(why => invalid(`${at}[${i}]`, n, intro + why))),
  ]
}

const KINDS = [
  ['Group', 'group'],
  ['ServiceAccount', 'serviceAccount'],
  ['User', 'user'],
] as const

function subject(s: Draft, path: string): FieldError[] {
  const own = KINDS.find(([kind]) => kind === s.kind)
  if (!own)
    return [
      notSupported(
        `${path}.kind`,
        s.kind ?? '',
        KINDS.map(([kind]) => kind),
      ),
    ]
  const [kind, key] = own
  const value = s[key]
  const at = `${path}.${key}`
  const errors: FieldError[] = []
  if (!value) errors.push(required(at, `${key} is required when subject kind is '${kind}'`))
  else {
    if (!value.name) errors.push(required(`${at}.name`))
    else if (key === 'serviceAccount' && value.name !== '*')
      errors.push(...check(dns1123Subdomain, `${at}.name`, value.name))
    if (key === 'serviceAccount') {
      if (value.namespace) errors.push(...check(dns1123Label, `${at}.namespace`, value.namespace))
      else errors.push(required(`${at}.namespace`, 'must specify namespace for service account'))
    }
  }
  // The others are looked at in an order of Kubernetes' own.
  for (const other of ['serviceAccount', 'user', 'group'] as const) {
    const [otherKind] = KINDS.find(([, k]) => k === other)!
    if (other !== key && s[other])
      errors.push(forbiddenField(`${path}.${other}`, `${other} is forbidden when subject kind is not '${otherKind}'`))
  }
  return errors
}

function rule(r: Draft, path: string): FieldError[] {
  const subjects: Draft[] = r.subjects ?? []
  const neither = !r.resourceRules?.length && !r.nonResourceRules?.length
  return [
    ...(subjects.length
      ? subjects.flatMap((s, i) => subject(s, `${path}.subjects[${i}]`))
      : [required(`${path}.subjects`, 'subjects must contain at least one value')]),
    ...(neither ? [required(path, 'at least one of resourceRules and nonResourceRules has to be non-empty')] : []),
    ...(r.resourceRules ?? []).flatMap((x: Draft, i: number) => resourceRule(x, `${path}.resourceRules[${i}]`)),
    ...(r.nonResourceRules ?? []).flatMap((x: Draft, i: number) =>
      nonResourceRule(x, `${path}.nonResourceRules[${i}]`),
    ),
  ]
}

function schemaSpec(name: string, spec: Draft): FieldError[] {
  const errors: FieldError[] = []
  const precedence: number = spec.matchingPrecedence
  const at = 'spec.matchingPrecedence'
  if (precedence <= 0) errors.push(invalid(at, precedence, 'must be a positive value'))
  if (precedence > MAX_PRECEDENCE) errors.push(invalid(at, precedence, `must not be greater than ${MAX_PRECEDENCE}`))
  if (precedence === 1 && name !== 'exempt')
    errors.push(invalid(at, precedence, "only the schema named 'exempt' may have matchingPrecedence 1"))
  const method = spec.distinguisherMethod
  if (method && !METHODS.includes(method.type))
    errors.push(notSupported('spec.distinguisherMethod.type', { Type: method.type ?? '' }, METHODS))
  const level = spec.priorityLevelConfiguration?.name
  const levelPath = 'spec.priorityLevelConfiguration.name'
  if (level) errors.push(...check(dns1123Subdomain, levelPath, level))
  else errors.push(required(levelPath, 'must reference a priority level'))
  return [...errors, ...(spec.rules ?? []).flatMap((r: Draft, i: number) => rule(r, `spec.rules[${i}]`))]
}

function conditions(status: Draft): FieldError[] {
  const seen = new Set<string>()
  return (status?.conditions ?? []).flatMap(({ type = '' }: Draft, i: number) => {
    const path = `status.conditions[${i}].type`
    const again = seen.has(type)
    seen.add(type)
    return [...(again ? [duplicate(path, type)] : []), ...(type ? [] : [required(path)])]
  })
}

const meta = (object: Draft, old?: Draft): FieldError[] => [
  ...(old ? objectMetaUpdate(object, old) : []),
  ...objectMeta(object.metadata, false),
]

export const validateFlowSchema = (schema: Draft, old?: Draft): FieldError[] => [
  ...meta(schema, old),
  ...schemaSpec(schema.metadata.name, schema.spec),
  ...conditions(schema.status),
]
export const validateFlowSchemaStatus = (schema: Draft): FieldError[] => conditions(schema.status)

const share = (value: number | undefined, path: string): FieldError[] =>
  value !== undefined && value < 0 ? [invalid(path, value, 'must be a non-negative integer')] : []
const lendable = (value: number | undefined, path: string): FieldError[] =>
  value !== undefined && (value < 0 || value > 100)
    ? [invalid(path, value, 'must be between 0 and 100, inclusive')]
    : []

/** How many bits choose `hand` of `deck` queues. */
function entropyBits(deck: number, hand: number): number {
  let combinations = 1
  for (let i = 0; i < hand; i++) combinations *= deck - i
  return Math.ceil(Math.log2(combinations))
}

function queuing({ queues, handSize, queueLengthLimit }: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (queueLengthLimit <= 0) errors.push(invalid(`${path}.queueLengthLimit`, queueLengthLimit, 'must be positive'))
  if (queues <= 0) errors.push(invalid(`${path}.queues`, queues, 'must be positive'))
  else if (queues > MAX_QUEUES) errors.push(invalid(`${path}.queues`, queues, `must not be greater than ${MAX_QUEUES}`))
  const at = `${path}.handSize`
  if (handSize <= 0) errors.push(invalid(at, handSize, 'must be positive'))
  else if (handSize > queues) errors.push(invalid(at, handSize, `should not be greater than queues (${queues})`))
  else if (entropyBits(queues, handSize) > MAX_HASH_BITS) {
    const why = `required entropy bits of deckSize ${queues} and handSize ${handSize} should not be greater than ${MAX_HASH_BITS}`
    errors.push(invalid(at, handSize, why))
  }
  return errors
}

function limitResponse(response: Draft, path: string): FieldError[] {
  const at = `${path}.queuing`
  if (response?.type === 'Reject')
    return response.queuing ? [forbiddenField(at, 'must be nil if limited.limitResponse.type is not Limited')] : []
  if (response?.type !== 'Queue') return [notSupported(`${path}.type`, response?.type ?? '', ['Queue', 'Reject'])]
  return response.queuing
    ? queuing(response.queuing, at)
    : [required(at, 'must not be empty if limited.limitResponse.type is Limited')]
}

function limited(l: Draft, path: string): FieldError[] {
  const borrowing = l.borrowingLimitPercent
  return [
    ...share(l.nominalConcurrencyShares, `${path}.nominalConcurrencyShares`),
    ...limitResponse(l.limitResponse, `${path}.limitResponse`),
    ...lendable(l.lendablePercent, `${path}.lendablePercent`),
    ...(borrowing < 0
      ? [invalid(`${path}.borrowingLimitPercent`, borrowing, 'if specified, must be a non-negative integer')]
      : []),
  ]
}

function levelSpec(name: string, spec: Draft): FieldError[] {
  const errors: FieldError[] = []
  const { type = '' } = spec
  if ((name === 'exempt') !== (type === 'Exempt'))
    errors.push(invalid('spec.type', type, "must be 'Exempt' if and only if `name` is 'exempt'"))
  if (type === 'Exempt') {
    if (spec.limited) errors.push(forbiddenField('spec.limited', 'must be nil if the type is not Limited'))
    if (spec.exempt) {
      errors.push(
        ...share(spec.exempt.nominalConcurrencyShares, 'spec.exempt.nominalConcurrencyShares'),
        ...lendable(spec.exempt.lendablePercent, 'spec.exempt.lendablePercent'),
      )
    }
    return errors
  }
  if (type !== 'Limited') return [...errors, notSupported('spec.type', type, ['Exempt', 'Limited'])]
  if (spec.exempt) errors.push(forbiddenField('spec.exempt', 'must be nil if the type is Limited'))
  if (!spec.limited) return [...errors, required('spec.limited', 'must not be empty when type is Limited')]
  return [...errors, ...limited(spec.limited, 'spec.limited')]
}

export const validatePriorityLevel = (level: Draft, old?: Draft): FieldError[] => [
  ...meta(level, old),
  ...levelSpec(level.metadata.name, level.spec),
  ...conditions(level.status),
]
export const validatePriorityLevelStatus = (level: Draft): FieldError[] => conditions(level.status)
