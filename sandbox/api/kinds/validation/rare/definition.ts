/** CustomResourceDefinitions as they must be; their schemas are held to be structural. */
import {
  duplicate,
  type FieldError,
  forbiddenField,
  invalid,
  notSupported,
  required,
  tooMany,
} from '../../../fields.ts'
import { deepEqual } from '../../../json.ts'
import type { Draft } from '../../../kind.ts'
import { dns1035Label, dns1123Subdomain, type Rule } from '../content.ts'
import { genericMeta, genericMetaUpdate, immutable } from '../metadata.ts'
import { defaults, details } from './definition-schema.ts'
import { clientConfigErrors, reviewVersions } from './webhooks.ts'

const SCOPES = ['Cluster', 'Namespaced']
const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']

type Level = 'at the root' | 'for specified object fields' | 'for specified array items'

/** Every node of a schema says its type, and an array what is in it. */
function structural(schema: Draft, path: string, level: Level): FieldError[] {
  if (!schema) return []
  const open = schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields']
  const errors: FieldError[] = []
  if (!schema.type && (!open || level === 'at the root'))
    errors.push(required(`${path}.type`, `must not be empty ${level}`))
  else if (level === 'at the root' && schema.type !== 'object')
    errors.push(invalid(`${path}.type`, schema.type, 'must be object at the root'))
  if (schema.type === 'array' && !schema.items) errors.push(required(`${path}.items`, 'must be specified'))
  return [
    ...errors,
    ...structural(schema.items, `${path}.items`, 'for specified array items'),
    ...children(schema, path).flatMap(([child, at]) => structural(child, at, 'for specified object fields')),
  ]
}

const children = ({ properties, additionalProperties: more }: Draft, path: string): [Draft, string][] => [
  ...Object.entries(properties ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]): [Draft, string] => [child, `${path}.properties[${key}]`]),
  ...(more && typeof more === 'object' ? [[more, `${path}.additionalProperties`] as [Draft, string]] : []),
]

function knownTypes(schema: Draft, path: string): FieldError[] {
  if (!schema) return []
  const wrong = schema.type && !TYPES.includes(schema.type)
  return [
    ...(wrong ? [notSupported(`${path}.type`, schema.type, TYPES)] : []),
    ...knownTypes(schema.items, `${path}.items`),
    ...children(schema, path).flatMap(([child, at]) => knownTypes(child, at)),
  ]
}

const schemaOf = (version: Draft): Draft => version.schema?.openAPIV3Schema

const ROOT_OF_STATUS =
  'only "object" is allowed as the type at the root of the schema if the status subresource is enabled'

/** What is built on the structure (defaults, rules in CEL) is looked at once that is sound. */
function validateSchema(schema: Draft, path: string, hasStatus: boolean): FieldError[] {
  if (!schema) return []
  const errors =
    hasStatus && schema.type && schema.type !== 'object' ? [invalid(`${path}.type`, schema.type, ROOT_OF_STATUS)] : []
  errors.push(...structural(schema, path, 'at the root'))
  const unsound = errors.length > 0
  if (!unsound) errors.push(...defaults(schema, path))
  return [...errors, ...knownTypes(schema, path), ...details(schema, path, !errors.length)]
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
  if (new TextEncoder().encode(warning).length > MAX_WARNING) errors.push(wrong('must be <= 256 characters long'))
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

function selectable(fields: Draft, schema: Draft, path: string): FieldError[] {
  if (fields?.length && !schema) return [invalid(path, '', 'may only be set when validations.schema is included')]
  const seen = new Set<string>()
  const errors = (fields ?? []).flatMap(({ jsonPath = '' }: Draft, i: number): FieldError[] => {
    const at = `${path}[${i}].jsonPath`
    if (!jsonPath) return [required(at)]
    const wrong = (why: string): FieldError => invalid(at, jsonPath, why)
    const steps: string[] = jsonPath.split('.').slice(1)
    let found = schema
    for (const step of steps) {
      const next = found?.properties?.[step]
      if (!next && !(found === schema && step === 'metadata'))
        return [wrong(`is an invalid path: does not refer to a valid field`)]
      found = next
    }
    const result = steps[0] === 'metadata' ? [wrong('must not point to fields in metadata')] : []
    if (!SELECTABLE.includes(found?.type)) {
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
    return how?.webhook
      ? [forbiddenField(`${path}.webhookClientConfig`, 'should not be set when strategy is not set to Webhook')]
      : []
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

/** A schema that all versions share is kept once for all of them, and so are its faults told. */
const shares = (versions: readonly Draft[], part: string): boolean =>
  versions.length > 0 && versions.every(v => v[part] && deepEqual(v[part], versions[0][part]))

const PARTS = ['schema', 'subresources', 'additionalPrinterColumns', 'selectableFields']
function shownVersions(versions: readonly Draft[]): Draft {
  const apart = PARTS.filter(part => !shares(versions, part))
  return versions.map(v => ({
    Name: v.name ?? '',
    Served: v.served ?? false,
    Storage: v.storage ?? false,
    Deprecated: v.deprecated ?? false,
    DeprecationWarning: v.deprecationWarning ?? null,
    Schema: apart.includes('schema') ? (v.schema ?? null) : null,
    Subresources: apart.includes('subresources') ? (v.subresources ?? null) : null,
    AdditionalPrinterColumns: apart.includes('additionalPrinterColumns') ? (v.additionalPrinterColumns ?? null) : null,
    SelectableFields: apart.includes('selectableFields') ? (v.selectableFields ?? null) : null,
  }))
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

function validateSpec(spec: Draft): FieldError[] {
  const versions: Draft[] = spec.versions ?? []
  const scope = spec.scope
  const errors = group(spec.group, 'spec.group')
  if (!scope) errors.push(required('spec.scope'))
  else if (!SCOPES.includes(scope)) errors.push(notSupported('spec.scope', scope, SCOPES))
  if (spec.preserveUnknownFields) {
    const wrong = (why: string): void => void errors.push(invalid('spec.preserveUnknownFields', true, why))
    if (JSON.stringify(versions).includes('"default":')) wrong('must be false in order to use defaults in the schema')
    wrong('cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead')
  }
  const hasStatus = versions.some(v => v.subresources?.status)
  const shared = shares(versions, 'schema') && Boolean(schemaOf(versions[0]))
  for (const [i, version] of versions.entries())
    if (!schemaOf(version)) errors.push(required(`spec.versions[${i}].schema.openAPIV3Schema`))
  for (const [i, version] of versions.entries()) {
    const path = `spec.versions[${i}]`
    errors.push(...joined(dns1035Label, `${path}.name`, version.name ?? ''), ...deprecation(version, path))
    if (!shared) errors.push(...validateSchema(schemaOf(version), `${path}.schema.openAPIV3Schema`, hasStatus))
    if (!shares(versions, 'subresources')) errors.push(...subresources(version.subresources, `${path}.subresources`))
    if (!shares(versions, 'additionalPrinterColumns'))
      errors.push(...columns(version.additionalPrinterColumns, `${path}.additionalPrinterColumns`))
    if (!shares(versions, 'selectableFields'))
      errors.push(...selectable(version.selectableFields, schemaOf(version), `${path}.selectableFields`))
  }
  const wrong = (why: string): void =>
    void errors.push(invalid('spec.versions', spec.versions && shownVersions(versions), why))
  if (new Set(versions.map(v => v.name)).size < versions.length) wrong('must contain unique version names')
  if (versions.filter(v => v.storage).length !== 1) wrong('must have exactly one version marked as storage version')
  if (versions[0]?.name) errors.push(...joined(dns1035Label, 'spec.version', versions[0].name))
  errors.push(...names(spec.names ?? {}, 'spec.names'))
  if (shared) errors.push(...validateSchema(schemaOf(versions[0]), 'spec.validation.openAPIV3Schema', hasStatus))
  if (shares(versions, 'subresources')) errors.push(...subresources(versions[0].subresources, 'spec.subresources'))
  if (shares(versions, 'additionalPrinterColumns'))
    errors.push(...columns(versions[0].additionalPrinterColumns, 'spec.additionalPrinterColumns'))
  if (shares(versions, 'selectableFields'))
    errors.push(...selectable(versions[0].selectableFields, schemaOf(versions[0]), 'spec.selectableFields'))
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

export function validateDefinition(definition: Draft): FieldError[] {
  const { metadata, spec } = definition
  const wanted = `${spec.names?.plural ?? ''}.${spec.group ?? ''}`
  const rule: Rule = name => [
    ...dns1123Subdomain(name),
    ...(name === wanted ? [] : ['must be spec.names.plural+"."+spec.group']),
  ]
  return [...genericMeta(metadata, false, rule), ...validateSpec(spec), ...storedVersions(definition)]
}

export function validateDefinitionUpdate(definition: Draft, old: Draft): FieldError[] {
  const { spec } = definition
  const established = old.status?.conditions?.some((c: Draft) => c.type === 'Established' && c.status === 'True')
  return [
    ...genericMetaUpdate(definition, old),
    ...validateSpec(spec),
    ...(established
      ? [
          ...immutable(spec.scope, old.spec.scope, 'spec.scope'),
          ...immutable(spec.names?.kind, old.spec.names?.kind, 'spec.names.kind'),
        ]
      : []),
    ...immutable(spec.group, old.spec.group, 'spec.group'),
    ...immutable(spec.names?.plural, old.spec.names?.plural, 'spec.names.plural'),
    ...storedVersions(definition),
  ]
}
