/** Configurations of admission webhooks as they must be. */
import { duplicate, type FieldError, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { complaints, dns1035Label, dns1123Subdomain, portNumber } from '../content.ts'
import { labelSelector, objectMeta } from '../metadata.ts'
import { FAILURE_POLICIES, MATCH_POLICIES, matchConditions, oneOf, rule } from './matching.ts'

const NO_SIDE_EFFECTS = ['None', 'NoneOnDryRun']
const REVIEW_VERSIONS = ['v1', 'v1beta1']
const REINVOCATION = ['IfNeeded', 'Never']
const FORM = '; desired format: https://host[/path]'
const MAX_TIMEOUT = 30

function qualified(name: string | undefined, path: string): FieldError[] {
  if (!name) return [required(path)]
  const wrong = dns1123Subdomain(name)
  if (wrong.length) return [invalid(path, name, wrong.join(','))]
  return name.split('.').length < 3
    ? [invalid(path, name, 'should be a domain with at least three segments separated by dots')]
    : []
}

const NOWHERE = { protocol: ':', host: '', username: '', password: '', hash: '', search: '' }

function address(text: string, path: string): FieldError[] {
  // Without a scheme it is a path, which is a URL to Go.
  const isRelative = !/^[a-z][a-z0-9+.-]*:/i.test(text)
  if (!isRelative && !URL.canParse(text))
    return [required(path, `url must be a valid URL: parse ${JSON.stringify(text)}${FORM}`)]
  const url = isRelative ? NOWHERE : new URL(text)
  const errors: FieldError[] = []
  const scheme = url.protocol.slice(0, -1)
  if (scheme !== 'https') errors.push(invalid(path, scheme, `'https' is the only allowed URL scheme${FORM}`))
  if (!url.host) errors.push(invalid(path, '', `host must be specified${FORM}`))
  const user = [url.username, url.password].filter(Boolean).join(':')
  if (user) errors.push(invalid(path, user, 'user information is not permitted in the URL'))
  if (url.hash) errors.push(invalid(path, url.hash.slice(1), 'fragments are not permitted in the URL'))
  if (url.search) errors.push(invalid(path, url.search.slice(1), 'query parameters are not permitted in the URL'))
  return errors
}

function urlPath(text: string | undefined, path: string): FieldError[] {
  if (!text || text === '/') return []
  if (text === '//') return [invalid(path, text, 'segment[0] may not be empty')]
  const errors = text.startsWith('/') ? [] : [invalid(path, text, "must start with a '/'")]
  const steps = text.slice(1).replace(/\/$/, '').split('/')
  return [
    ...errors,
    ...steps.flatMap((step, i) =>
      step
        ? dns1123Subdomain(step).map(why => invalid(path, text, `segment[${i}]: ${why}`))
        : [invalid(path, text, `segment[${i}] may not be empty`)],
    ),
  ]
}

export function clientConfigErrors(config: Draft, path: string): FieldError[] {
  const { url, service } = config ?? {}
  if ((url === undefined) === !service) return [required(path, 'exactly one of url or service is required')]
  if (url !== undefined) return address(url, `${path}.url`)
  const port = service.port ?? 443
  return [
    // Kubernetes takes the one for the other.
    ...(service.namespace ? [] : [required(`${path}.service.name`)]),
    ...(service.name ? [] : [required(`${path}.service.namespace`)]),
    ...portNumber(port).map(why => invalid(`${path}.service.port`, port, `port is not valid: ${why}`)),
    ...urlPath(service.path, `${path}.service.path`),
  ]
}

/** @param missing what is said where there is none */
export function reviewVersions(
  versions: readonly string[],
  path: string,
  missing = `must specify one of ${REVIEW_VERSIONS.join(', ')}`,
): FieldError[] {
  if (!versions.length) return [required(path, missing)]
  const errors = versions.flatMap((v, i) =>
    versions.indexOf(v) < i
      ? [invalid(`${path}[${i}]`, v, 'duplicate version')]
      : complaints(`${path}[${i}]`, v, dns1035Label(v)),
  )
  if (!versions.some(v => REVIEW_VERSIONS.includes(v)))
    errors.push(invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`))
  return errors
}

function hook(h: Draft, path: string, mutating: boolean): FieldError[] {
  const timeout = h.timeoutSeconds
  return [
    ...qualified(h.name, `${path}.name`),
    ...(h.rules ?? []).flatMap((r: Draft, i: number) => rule(r, `${path}.rules[${i}]`)),
    ...oneOf(h.failurePolicy, FAILURE_POLICIES, `${path}.failurePolicy`),
    ...oneOf(h.matchPolicy, MATCH_POLICIES, `${path}.matchPolicy`),
    ...(h.sideEffects === undefined
      ? [required(`${path}.sideEffects`, `must specify one of ${NO_SIDE_EFFECTS.join(', ')}`)]
      : NO_SIDE_EFFECTS.includes(h.sideEffects)
        ? []
        : [notSupported(`${path}.sideEffects`, h.sideEffects, NO_SIDE_EFFECTS)]),
    ...(timeout < 1 || timeout > MAX_TIMEOUT
      ? [invalid(`${path}.timeoutSeconds`, timeout, 'the timeout value must be between 1 and 30 seconds')]
      : []),
    ...labelSelector(h.namespaceSelector, `${path}.namespaceSelector`),
    ...labelSelector(h.objectSelector, `${path}.objectSelector`),
    ...(mutating ? oneOf(h.reinvocationPolicy, REINVOCATION, `${path}.reinvocationPolicy`) : []),
    ...clientConfigErrors(h.clientConfig, `${path}.clientConfig`),
    ...matchConditions(h.matchConditions, false, `${path}.matchConditions`),
  ]
}

function configuration({ metadata, webhooks = [] }: Draft, mutating: boolean): FieldError[] {
  const names = new Set<string>()
  return [
    ...objectMeta(metadata, false),
    ...webhooks.flatMap((h: Draft, i: number) => {
      const path = `webhooks[${i}]`
      const again = names.has(h.name)
      names.add(h.name)
      return [
        ...hook(h, path, mutating),
        ...reviewVersions(h.admissionReviewVersions ?? [], `${path}.admissionReviewVersions`),
        ...(again && h.name ? [duplicate(`${path}.name`, h.name)] : []),
      ]
    }),
  ]
}

export const validateValidatingHooks = (object: Draft): FieldError[] => configuration(object, false)
export const validateMutatingHooks = (object: Draft): FieldError[] => configuration(object, true)
