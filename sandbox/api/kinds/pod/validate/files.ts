/** Volumes made of files that the API holds: ConfigMaps, Secrets, downward API, and projections of several. */
import { type FieldError, forbiddenField, invalid, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { fieldRef, resourceFieldRef, VOLUME_PATHS } from './env.ts'
import { type Check, each, fileMode, isSet, needs, unreservedPath } from './rules.ts'

const keyToPath: Check = (item, field) => [
  ...needs(item, field, 'key', 'path'),
  ...unreservedPath(item.path ?? '', `${field}.path`),
  ...fileMode(item.mode, `${field}.mode`),
]

const keyed =
  (nameKey: string): Check =>
  (source, field) => [
    ...needs(source, field, nameKey),
    ...fileMode(source.defaultMode, `${field}.defaultMode`),
    ...each(source.items, `${field}.items`, keyToPath),
  ]

export const configMapVolume = keyed('name')
export const secretVolume = keyed('secretName')

function downwardFile(file: Draft, field: string): FieldError[] {
  const errors = [...needs(file, field, 'path'), ...unreservedPath(file.path ?? '', `${field}.path`)]
  if (file.fieldRef) {
    errors.push(...fieldRef(file.fieldRef, `${field}.fieldRef`, VOLUME_PATHS))
    if (file.resourceFieldRef) {
      const why = 'fieldRef and resourceFieldRef can not be specified simultaneously'
      errors.push(invalid(field, 'resource', why))
    }
  } else if (file.resourceFieldRef)
    errors.push(...resourceFieldRef(file.resourceFieldRef, `${field}.resourceFieldRef`, true))
  else errors.push(required(field, 'one of fieldRef and resourceFieldRef is required'))
  return [...errors, ...fileMode(file.mode, `${field}.mode`)]
}

/** Errors of an item name the volume, not the item. */
export const downwardVolume: Check = (source, field) => [
  ...fileMode(source.defaultMode, `${field}.defaultMode`),
  ...(source.items ?? []).flatMap((file: Draft) => downwardFile(file ?? {}, field)),
]

const MIN_TOKEN = 600
const MAX_TOKEN = 2 ** 32

function token(source: Draft, field: string, volume: string): FieldError[] {
  const errors: FieldError[] = []
  const seconds = source.expirationSeconds ?? 0
  const path = `${field}.expirationSeconds`
  if (seconds < MIN_TOKEN) errors.push(invalid(path, seconds, 'may not specify a duration less than 10 minutes'))
  if (seconds > MAX_TOKEN) errors.push(invalid(path, seconds, 'may not specify a duration larger than 2^32 seconds'))
  return [...errors, ...needs(source, volume, 'path'), ...unreservedPath(source.path ?? '', `${volume}.path`)]
}

/** The sources share one directory, so no two of them may write one path. */
export const projectedVolume: Check = (projection, field) => {
  const errors = fileMode(projection.defaultMode, `${field}.defaultMode`)
  const paths = new Set<string>()
  const claim = (path: string, shown = path): FieldError[] => {
    if (paths.has(path)) return [invalid(field, shown, 'conflicting duplicate paths')]
    paths.add(path)
    return []
  }
  const items = (source: Draft, at: string, check: Check, name?: string): FieldError[] =>
    each(source.items, `${at}.items`, (item, path) => [
      // The downward API names its projection, the others their item.
      ...check(item, name === undefined ? at : path),
      ...(item.path ? claim(item.path, name) : []),
    ])
  const kinds: Record<string, Check> = {
    secret: (s, at) => [...needs(s, at, 'name'), ...items(s, at, keyToPath, s.name ?? '')],
    configMap: (s, at) => [...needs(s, at, 'name'), ...items(s, at, keyToPath, s.name ?? '')],
    downwardAPI: (s, at) => items(s, at, downwardFile),
    serviceAccountToken: (s, at) => token(s, at, field),
  }
  const found = each(projection.sources, `${field}.sources`, (source, path) => {
    const given = Object.keys(kinds).filter(key => isSet(source[key]))
    const wrong = given.flatMap(key => kinds[key]!(source[key], `${path}.${key}`))
    return given.length > 1
      ? [...wrong, forbiddenField(path, 'may not specify more than 1 volume type per source')]
      : wrong
  })
  return [...errors, ...found]
}
