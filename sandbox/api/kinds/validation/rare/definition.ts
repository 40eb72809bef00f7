/** CustomResourceDefinitions as they must be; their schemas are held to be structural. */
import { fieldPath } from '../../../custom/field-path.ts'
import {
  duplicate,
  type FieldError,
  forbiddenField,
  invalid,
  notSupported,
  required,
  tooMany,
} from '../../../fields.ts'
import { deepEqual } from '../../../formats/json.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { dns1035Label, dns1123Subdomain, type Rule } from '../content.ts'
import { genericMeta, genericMetaUpdate, immutable } from '../metadata.ts'
import { type TotalCost, totalFaults } from './definition-rules.ts'
import { defaults, schemaFaults } from './definition-schema.ts'
import { shares, shownVersions } from './definition-versions.ts'
import { goNameOf, shownSchema } from './shown-schema.ts'
import { hasNoStructure, structuralFaults } from './structural-schema.ts'
import { clientConfigErrors, reviewVersions } from './webhooks.ts'

const SCOPES = ['Cluster', 'Namespaced']
const schemaOf = (version: Draft): Draft => version.schema?.openAPIV3Schema

/** What a root may say when the status is checked apart from the rest, in the order in which the server's own type has it. */
const WITH_STATUS =
  'Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations'

function besideStatus(schema: Draft, path: string): FieldError[] {
  const known = new Set(WITH_STATUS.split(' '))
  const errors: FieldError[] = []
  if (schema.type && schema.type !== 'object') {
    const why = 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled'
    return [invalid(`${path}.type`, schema.type, why)]
  }
  const odd = Object.keys(schema).some(key => schema[key] !== false && !known.has(goNameOf(key) ?? ''))
  if (odd) {
    const why = `only [${WITH_STATUS}] fields are allowed at the root of the schema if the status subresource is enabled`
    errors.push(invalid(path, shownSchema(schema), why))
  }
  return errors
}

interface SchemaOptions {
  hasStatus: boolean
  /** The schema was accepted before. */
  lenient: boolean
}

/** What is built on the structure (defaults, rules in CEL) is looked at once that is sound. */
function validateSchema(schema: Draft, path: string, { hasStatus, lenient }: SchemaOptions): FieldError[] {
  if (!schema) return []
  const errors = hasStatus ? besideStatus(schema, path) : []
  if (schema.nullable) errors.push(forbiddenField(`${path}.nullable`, 'nullable cannot be true at the root'))
  const unstructured = hasNoStructure(schema)
  const unsound = unstructured ? [] : structuralFaults(schema, path)
  const wrong = unsound.length || unstructured ? unsound : defaults(schema, path)
  const total: TotalCost = { sum: 0n, most: [] }
  const scope = wrong.length || unstructured ? undefined : { total, isRoot: true, times: 1n, lenient }
  const found = schemaFaults(schema, path, scope)
  return [...errors, ...wrong, ...found.schema, ...found.rules, ...totalFaults(total, path)]
}

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string']
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password']

const simplePath = (value: string, path: string): FieldError[] =>
  value.startsWith('.') ? [] : [invalid(path, value, 'must be a simple json path starting with .')]

function columns(list: Draft, path: string): FieldError[] {
  return (list ?? []).flatMap(({ name, type, format, jsonPath }: Draft, i: number) => {
    const at = `${path}[${i}]`
    const errors = name ? [] : [required(`${at}.name`)]
    if (!type) errors.push(required(`${at}.type`, `must be one of ${COLUMN_TYPES.join(',')}`))
    else if (!COLUMN_TYPES.includes(type))
      errors.push(invalid(`${at}.type`, type, `must be one of ${COLUMN_TYPES.join(',')}`))
    if (format && !COLUMN_FORMATS.includes(format))
      errors.push(invalid(`${at}.format`, format, `must be one of ${COLUMN_FORMATS.join(',')}`))
    return [...errors, ...(jsonPath ? simplePath(jsonPath, `${at}.JSONPath`) : [required(`${at}.JSONPath`)])]
  })
}

/** Where a scale finds its numbers: each in its own part of the object. */
function subresources(given: Draft, path: string): FieldError[] {
  if (!given?.scale) return []
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = given.scale
  const under = (value: string, key: string, parts: readonly string[], words: string): FieldError[] => {
    const errors = simplePath(value, `${path}.scale.${key}`)
    if (errors.length || parts.some(part => value.startsWith(part))) return errors
    return [invalid(`${path}.scale.${key}`, value, `should be a json path under ${words}`)]
  }
  const number = (value: string, key: string, part: string): FieldError[] =>
    value ? under(value, key, [`${part}.`], part) : [required(`${path}.scale.${key}`)]
  return [
    ...number(specReplicasPath, 'specReplicasPath', '.spec'),
    ...number(statusReplicasPath, 'statusReplicasPath', '.status'),
    ...(labelSelectorPath
      ? under(labelSelectorPath, 'labelSelectorPath', ['.spec.', '.status.'], 'either .spec or .status')
      : []),
  ]
}

const MAX_WARNING = 256
const UNPRINTABLE = /[\p{C}\p{Z}]/u

function deprecation({ deprecated, deprecationWarning: warning }: Draft, path: string): FieldError[] {
  if (warning == null) return []
  const wrong = (why: string): FieldError => invalid(`${path}.deprecationWarning`, warning, why)
  if (!deprecated) return [wrong('can only be set for deprecated versions')]
  const errors: FieldError[] = []
  if (isLonger(warning, MAX_WARNING)) errors.push(wrong('must be <= 256 characters long'))
  if (!warning) errors.push(wrong('must not be an empty string'))
  const odd = [...(warning as string)].findIndex(character => character !== ' ' && UNPRINTABLE.test(character))
  if (odd >= 0) {
    const why = `must only contain printable UTF-8 characters; non-printable character found at index ${odd}`
    errors.push(wrong(why))
  }
  return errors
}

const SELECTABLE = ['boolean', 'integer', 'string']
const MAX_SELECTABLE = 8

const NEEDS_SCHEMA = 'may only be set when validations.schema is included'
/** The words of a version whose schema all versions share: such a one stands beside the versions, and so must the fields. */
const NEEDS_OWN_SCHEMA = 'may only be set when `version.schema.openAPIV3Schema` is not included'

function selectable(fields: Draft, schema: Draft, path: string, without = NEEDS_SCHEMA): FieldError[] {
  if (fields?.length && !schema) return [invalid(path, '', without)]
  const seen = new Set<string>()
  const errors = (fields ?? []).flatMap(({ jsonPath = '' }: Draft, i: number): FieldError[] => {
    const at = `${path}[${i}].jsonPath`
    if (!jsonPath) return [required(at)]
    const wrong = (why: string): FieldError => invalid(at, jsonPath, why)
    const found = fieldPath(jsonPath, schema ?? {}, false)
    if ('fault' in found) return [wrong(`is an invalid path: ${found.fault}`)]
    const result = /^metadata(\.|$)/.test(found.path) ? [wrong('must not point to fields in metadata')] : []
    if (!SELECTABLE.includes(found.schema.type ?? '')) {
      const why =
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.'
      result.push(wrong(why))
    }
    if (seen.has(jsonPath)) result.push(duplicate(at, jsonPath))
    seen.add(jsonPath)
    return result
  })
  return seen.size > MAX_SELECTABLE ? [...errors, tooMany(path, seen.size, MAX_SELECTABLE)] : errors
}

const STRATEGIES = ['None', 'Webhook']

function conversion(how: Draft): FieldError[] {
  const path = 'spec.conversion'
  if (!how || how.strategy === 'None') {
    const why = 'should not be set when strategy is not set to Webhook'
    const { clientConfig, conversionReviewVersions } = how?.webhook ?? {}
    return [
      ...(clientConfig ? [forbiddenField(`${path}.webhookClientConfig`, why)] : []),
      ...(conversionReviewVersions?.length ? [forbiddenField(`${path}.conversionReviewVersions`, why)] : []),
    ]
  }
  if (!how.strategy) return [required(`${path}.strategy`)]
  if (!STRATEGIES.includes(how.strategy)) return [notSupported(`${path}.strategy`, how.strategy, STRATEGIES)]
  const { clientConfig, conversionReviewVersions = [] } = how.webhook ?? {}
  return [
    ...(clientConfig
      ? clientConfigErrors(clientConfig, `${path}.webhookClientConfig`)
      : [required(`${path}.webhookClientConfig`, 'required when strategy is set to Webhook')]),
    ...reviewVersions(conversionReviewVersions, `${path}.conversionReviewVersions`, ''),
  ]
}

/** All complaints in one. */
const joined = (rule: Rule, path: string, value: string, shown = value, before = ''): FieldError[] => {
  const wrong = rule(value)
  return wrong.length ? [invalid(path, shown, before + wrong.join(','))] : []
}

function group(name: string | undefined, path: string): FieldError[] {
  if (!name) return [required(path)]
  const errors = joined(dns1123Subdomain, path, name)
  if (errors.length || name.includes('.')) return errors
  return [invalid(path, name, 'should be a domain with at least one dot')]
}

function names(names: Draft, path: string): FieldError[] {
  const mixed = 'may have mixed case, but should otherwise match: '
  const { plural, singular, kind, listKind, shortNames = [], categories = [] } = names
  const list = (words: readonly string[], key: string): FieldError[] =>
    (words ?? []).flatMap((word, i) => joined(dns1035Label, `${path}.${key}[${i}]`, word))
  return [
    ...['plural', 'singular', 'kind', 'listKind'].flatMap(key => (names[key] ? [] : [required(`${path}.${key}`)])),
    ...(plural ? joined(dns1035Label, `${path}.plural`, plural) : []),
    ...(singular ? joined(dns1035Label, `${path}.singular`, singular) : []),
    ...(kind ? joined(dns1035Label, `${path}.kind`, kind.toLowerCase(), kind, mixed) : []),
    ...(listKind ? joined(dns1035Label, `${path}.listKind`, listKind.toLowerCase(), listKind, mixed) : []),
    ...list(shortNames, 'shortNames'),
    ...(kind && kind === listKind
      ? [invalid(`${path}.listKind`, listKind, 'kind and listKind may not be the same')]
      : []),
    ...list(categories, 'categories'),
  ]
}

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const versions: Draft[] = spec.versions ?? []
  const scope = spec.scope
  const errors = group(spec.group, 'spec.group')
  if (!scope) errors.push(required('spec.scope'))
  else if (!SCOPES.includes(scope)) errors.push(notSupported('spec.scope', scope, SCOPES))
  if (spec.preserveUnknownFields && JSON.stringify(versions).includes('"default":'))
    errors.push(invalid('spec.preserveUnknownFields', true, 'must be false in order to use defaults in the schema'))
  const before = (name: string): Draft => old?.versions?.find((v: Draft) => v.name === name)
  const optionsOf = (...all: readonly Draft[]): SchemaOptions => ({
    hasStatus: all.some(v => v.subresources?.status),
    lenient: all.every(v => before(v.name) && deepEqual(schemaOf(before(v.name)), schemaOf(v))),
  })
  const shared = shares(versions, 'schema') && Boolean(schemaOf(versions[0]))
  for (const [i, version] of versions.entries())
    if (!schemaOf(version)) errors.push(required(`spec.versions[${i}].schema.openAPIV3Schema`))
  for (const [i, version] of versions.entries()) {
    const path = `spec.versions[${i}]`
    errors.push(...joined(dns1035Label, `${path}.name`, version.name ?? ''), ...deprecation(version, path))
    if (!shared) errors.push(...validateSchema(schemaOf(version), `${path}.schema.openAPIV3Schema`, optionsOf(version)))
    if (!shares(versions, 'subresources')) errors.push(...subresources(version.subresources, `${path}.subresources`))
    if (!shares(versions, 'additionalPrinterColumns'))
      errors.push(...columns(version.additionalPrinterColumns, `${path}.additionalPrinterColumns`))
    if (!shares(versions, 'selectableFields'))
      errors.push(
        ...selectable(
          version.selectableFields,
          shared ? undefined : schemaOf(version),
          `${path}.selectableFields`,
          NEEDS_OWN_SCHEMA,
        ),
      )
  }
  const wrong = (why: string): void =>
    void errors.push(invalid('spec.versions', spec.versions && shownVersions(versions), why))
  if (new Set(versions.map(v => v.name)).size < versions.length) wrong('must contain unique version names')
  if (versions.filter(v => v.storage).length !== 1) wrong('must have exactly one version marked as storage version')
  if (versions[0]?.name) errors.push(...joined(dns1035Label, 'spec.version', versions[0].name))
  errors.push(...names(spec.names ?? {}, 'spec.names'))
  if (shared)
    errors.push(...validateSchema(schemaOf(versions[0]), 'spec.validation.openAPIV3Schema', optionsOf(...versions)))
  if (shares(versions, 'subresources')) errors.push(...subresources(versions[0].subresources, 'spec.subresources'))
  if (shares(versions, 'additionalPrinterColumns'))
    errors.push(...columns(versions[0].additionalPrinterColumns, 'spec.additionalPrinterColumns'))
  if (shares(versions, 'selectableFields'))
    errors.push(
      ...selectable(versions[0].selectableFields, shared ? schemaOf(versions[0]) : undefined, 'spec.selectableFields'),
    )
  errors.push(...conversion(spec.conversion))
  return errors
}

function storedVersions({ spec, status }: Draft): FieldError[] {
  const path = 'status.storedVersions'
  const stored: string[] = status?.storedVersions ?? []
  if (!stored.length) return [invalid(path, null, 'must have at least one stored version')]
  const versions: Draft[] = spec.versions ?? []
  return [
    ...versions
      .filter(v => v.storage && !stored.includes(v.name))
      .map(v => invalid(path, stored, `must have the storage version ${v.name}`)),
    ...stored.flatMap((name, i) => {
      if (versions.some(v => v.name === name)) return []
      const why = `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`
      return [invalid(`${path}[${i}]`, name, why)]
    }),
  ]
}

const APPROVED = 'api-approved.kubernetes.io'

type Approval = 'missing' | 'bypassed' | 'approved' | 'invalid'
function approvalOf({ metadata }: Draft): Approval {
  const text: string = metadata.annotations?.[APPROVED] ?? ''
  if (!text) return 'missing'
  if (text.startsWith('unapproved')) return 'bypassed'
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.test(text) ? 'approved' : 'invalid'
}

/** Groups of the community's own need its approval. */
function approval(definition: Draft, old?: Draft): FieldError[] {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(definition.spec.group ?? '')) return []
  const now = approvalOf(definition)
  if (old && approvalOf(old) === now) return []
  const path = `metadata.annotations[${APPROVED}]`
  const head = `protected groups must have approval annotation "${APPROVED}"`
  const see = 'see https://github.com/kubernetes/enhancements/pull/1111'
  if (now === 'missing') return [required(path, `${head}, ${see}`)]
  if (now !== 'invalid') return []
  const why = `${head} with either a URL or a reason starting with "unapproved", ${see}`
  return [invalid(path, definition.metadata.annotations[APPROVED], why)]
}

function preserving({ preserveUnknownFields }: Draft): FieldError[] {
  const why = 'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead'
  return preserveUnknownFields ? [invalid('spec.preserveUnknownFields', true, why)] : []
}

export function validateDefinition(definition: Draft): FieldError[] {
  const { metadata, spec } = definition
  const wanted = `${spec.names?.plural ?? ''}.${spec.group ?? ''}`
  const rule: Rule = name => [
    ...dns1123Subdomain(name),
    ...(name === wanted ? [] : ['must be spec.names.plural+"."+spec.group']),
  ]
  return [
    ...genericMeta(metadata, false, rule),
    ...validateSpec(spec),
    ...storedVersions(definition),
    ...approval(definition),
    ...preserving(spec),
  ]
}

export function validateDefinitionUpdate(definition: Draft, old: Draft): FieldError[] {
  const { spec } = definition
  const established = old.status?.conditions?.some((c: Draft) => c.type === 'Established' && c.status === 'True')
  return [
    ...genericMetaUpdate(definition, old),
    ...validateSpec(spec, old.spec),
    ...(established
      ? [
          ...immutable(spec.scope, old.spec.scope, 'spec.scope'),
          ...immutable(spec.names?.kind, old.spec.names?.kind, 'spec.names.kind'),
        ]
      : []),
    ...immutable(spec.group, old.spec.group, 'spec.group'),
    ...immutable(spec.names?.plural, old.spec.names?.plural, 'spec.names.plural'),
    ...storedVersions(definition),
    ...approval(definition, old),
    ...(old.spec.preserveUnknownFields ? [] : preserving(spec)),
  ]
}
