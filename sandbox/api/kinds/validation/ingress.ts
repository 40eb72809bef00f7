/** Ingresses as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../fields.ts'
import { isLonger } from '../../formats/text-length.ts'
import type { Draft } from '../../kind.ts'
import type { Ingress, IngressClass } from '../../types.ts'
import { isIP } from './addresses.ts'
import {
  check,
  dns1123Label,
  dns1123Subdomain,
  domainPrefixedPath,
  pathSegment,
  portName,
  wildcardSubdomain,
} from './content.ts'
import { immutable, objectMeta, objectMetaUpdate } from './metadata.ts'
import { portNumber } from './service.ts'

const TYPES = ['Exact', 'ImplementationSpecific', 'Prefix']
const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F']
const SUFFIXES = ['/..', '/.']
const CLASS = 'kubernetes.io/ingress.class'

const host = (name: string, path: string): FieldError[] =>
  check(name.includes('*') ? wildcardSubdomain : dns1123Subdomain, path, name)

function resource({ apiGroup, kind, name }: Draft, path: string): FieldError[] {
  const segment = (value: string, key: string): FieldError[] =>
    value ? check(pathSegment, `${path}.${key}`, value) : [required(`${path}.${key}`)]
  return [
    ...(apiGroup == null ? [] : check(dns1123Subdomain, `${path}.apiGroup`, apiGroup)),
    ...segment(kind, 'kind'),
    ...segment(name, 'name'),
  ]
}

function backend({ resource: ref, service }: Draft, path: string): FieldError[] {
  if (ref && service) return [invalid(path, '', 'cannot set both resource and service backends')]
  if (ref) return resource(ref, `${path}.resource`)
  if (!service) return [invalid(path, '', 'resource or service backend is required')]
  const at = `${path}.service`
  const errors = service.name ? check(dns1123Label, `${at}.name`, service.name) : [required(`${at}.name`)]
  const { name, number } = service.port ?? {}
  if (name && number) return [...errors, invalid(path, '', 'cannot set both port name & port number')]
  if (name) return [...errors, ...check(portName, `${at}.port.name`, name)]
  if (number) return [...errors, ...portNumber(number, `${at}.port.number`)]
  return [...errors, required(path, 'port name or number is required')]
}

function httpPath({ pathType, path: value = '', backend: to }: Draft, path: string): FieldError[] {
  if (pathType == null) return [required(`${path}.pathType`, 'pathType must be specified')]
  const errors: FieldError[] = []
  const wrong = (why: string): void => void errors.push(invalid(`${path}.path`, value, why))
  const free = pathType === 'ImplementationSpecific'
  if (!TYPES.includes(pathType)) errors.push(notSupported(`${path}.pathType`, pathType, TYPES))
  else if (!value.startsWith('/') && !(free && !value)) wrong('must be an absolute path')
  if (pathType === 'Exact' || pathType === 'Prefix') {
    for (const sequence of SEQUENCES) if (value.includes(sequence)) wrong(`must not contain '${sequence}'`)
    for (const suffix of SUFFIXES) if (value.endsWith(suffix)) wrong(`cannot end with '${suffix}'`)
  }
  return [...errors, ...backend(to ?? {}, `${path}.backend`)]
}

function rule({ host: name, http }: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (name) {
    if (isIP(name)) errors.push(invalid(`${path}.host`, name, 'must be a DNS name, not an IP address'))
    errors.push(...host(name, `${path}.host`))
  }
  if (!http) return errors
  if (!http.paths?.length) errors.push(required(`${path}.http.paths`))
  return [...errors, ...(http.paths ?? []).flatMap((p: Draft, i: number) => httpPath(p, `${path}.http.paths[${i}]`))]
}

function validateSpec(spec: Draft): FieldError[] {
  const rules: Draft[] = spec.rules ?? []
  const nothing = 'either `defaultBackend` or `rules` must be specified'
  return [
    ...(rules.length || spec.defaultBackend ? [] : [invalid('spec', spec.rules ?? null, nothing)]),
    ...(spec.defaultBackend ? backend(spec.defaultBackend, 'spec.defaultBackend') : []),
    ...rules.flatMap((r, i) => rule(r, `spec.rules[${i}]`)),
    ...(spec.tls ?? []).flatMap(({ hosts, secretName }: Draft, i: number) => [
      ...(hosts ?? []).flatMap((name: string, j: number) => host(name, `spec.tls[${i}].hosts[${j}]`)),
      ...(secretName ? check(dns1123Subdomain, `spec.tls[${i}].secretName`, secretName) : []),
    ]),
    ...(spec.ingressClassName == null ? [] : check(dns1123Subdomain, 'spec.ingressClassName', spec.ingressClassName)),
  ]
}

export function validateIngress({ metadata, spec = {} }: Ingress): FieldError[] {
  const errors = [...objectMeta(metadata, true), ...validateSpec(spec)]
  const named = metadata.annotations?.[CLASS]
  if (named !== undefined && spec.ingressClassName != null && named !== spec.ingressClassName) {
    const why = 'must match `ingressClassName` when both are specified'
    errors.push(invalid(`annotations.${CLASS}`, named, why))
  }
  return errors
}

export const validateIngressUpdate = (ingress: Ingress, old: Ingress): FieldError[] => [
  ...objectMetaUpdate(ingress, old),
  ...objectMeta(ingress.metadata, true),
  ...validateSpec(ingress.spec ?? {}),
]

const SCOPES = ['Cluster', 'Namespace']

function parameters(params: Draft): FieldError[] {
  if (!params) return []
  const path = 'spec.parameters'
  const { apiGroup, kind, name, scope, namespace } = params
  const named = (value: string | undefined, at: string): FieldError[] =>
    value ? check(pathSegment, at, value) : [required(at)]
  const errors = [
    ...(apiGroup == null ? [] : check(dns1123Subdomain, `${path}.apiGroup`, apiGroup)),
    ...named(kind, `${path}.kind`),
    ...named(name, `${path}.name`),
  ]
  const of = "`parameters.scope` is set to '"
  if (scope == null) errors.push(required(`${path}.scope`))
  else if (!SCOPES.includes(scope)) errors.push(notSupported(`${path}.scope`, scope, SCOPES))
  else if (scope === 'Cluster' && namespace != null) errors.push(forbiddenField(`${path}.namespace`, `${of}Cluster'`))
  else if (scope === 'Namespace' && namespace == null) errors.push(required(`${path}.namespace`, `${of}Namespace'`))
  else if (scope === 'Namespace') errors.push(...check(dns1123Label, `${path}.namespace`, namespace))
  return errors
}

const LONGEST_CONTROLLER = 250

export function validateIngressClass({ metadata, spec }: IngressClass): FieldError[] {
  const { controller = '', parameters: params } = spec ?? {}
  return [
    ...objectMeta(metadata, false),
    ...(isLonger(controller, LONGEST_CONTROLLER) ? [tooLong('spec.controller', LONGEST_CONTROLLER)] : []),
    ...domainPrefixedPath(controller, 'spec.controller'),
    ...parameters(params),
  ]
}

export const validateIngressClassUpdate = (ingressClass: IngressClass, old: IngressClass): FieldError[] => [
  ...objectMetaUpdate(ingressClass, old),
  ...immutable(ingressClass.spec.controller ?? '', old.spec.controller ?? '', 'spec.controller'),
  ...validateIngressClass(ingressClass),
]
