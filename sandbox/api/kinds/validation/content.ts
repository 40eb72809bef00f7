/**
 * Content rules of strings: names, labels, keys, ports, addresses. Each returns what is wrong, in Kubernetes' words.
 */
import { type FieldError, invalid, required } from '../../fields.ts'
import { isLonger } from '../../formats/text-length.ts'

export type Rule = (value: string) => string[]

/** One error per complaint. */
export const complaints = (field: string, value: unknown, messages: readonly string[]): FieldError[] =>
  messages.map(message => invalid(field, value, message))

export const check = (rule: Rule, field: string, value: string | null | undefined): FieldError[] =>
  complaints(field, value ?? '', rule(value ?? ''))

export const maxLength = (length: number): string => `must be no more than ${length} characters`
/** Rules of label keys and values say it so. */
const maxBytes = (length: number): string => `must be no more than ${length} bytes`
export const between = (low: number, high: number): string => `must be between ${low} and ${high}, inclusive`

/** A message with examples, in the spelling (and with the commas) that Kubernetes uses. */
export function withRegex(message: string, regex: string, ...examples: string[]): string {
  if (!examples.length) return `${message} (regex used for validation is '${regex}')`
  return `${message} (e.g. ${examples.map(e => `'${e}', `).join(' or ')}regex used for validation is '${regex}')`
}

const whole = (regex: string): RegExp => new RegExp(`^(?:${regex})$`)

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const LABEL_PATTERN = whole(LABEL)
const SUBDOMAIN_PATTERN = whole(SUBDOMAIN)

export const dns1123Label: Rule = value => {
  const errors = isLonger(value, 63) ? [maxLength(63)] : []
  if (LABEL_PATTERN.test(value)) return errors
  if (SUBDOMAIN_PATTERN.test(value)) return [...errors, 'must not contain dots']
  const message =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
  return [...errors, withRegex(message, LABEL, 'my-name', '123-abc')]
}

export const dns1123Subdomain: Rule = value => subdomain(value, maxLength)

/** @param most says how long it may be */
function subdomain(value: string, most: (length: number) => string): string[] {
  const errors = isLonger(value, 253) ? [most(253)] : []
  if (SUBDOMAIN_PATTERN.test(value)) return errors
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
  return [...errors, withRegex(message, SUBDOMAIN, 'example.com')]
}

const UNDERSCORED_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
const UNDERSCORED = `${UNDERSCORED_LABEL}(\\.${UNDERSCORED_LABEL})*`
const UNDERSCORED_PATTERN = whole(UNDERSCORED)

export const dns1123SubdomainWithUnderscore: Rule = value => {
  const errors = isLonger(value, 253) ? [maxLength(253)] : []
  if (UNDERSCORED_PATTERN.test(value)) return errors
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character"
  return [...errors, withRegex(message, UNDERSCORED, 'example.com')]
}

const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const LABEL_1035_PATTERN = whole(LABEL_1035)

export const dns1035Label: Rule = value => {
  const errors = isLonger(value, 63) ? [maxLength(63)] : []
  if (LABEL_1035_PATTERN.test(value)) return errors
  const message =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character"
  return [...errors, withRegex(message, LABEL_1035, 'my-name', 'abc-123')]
}

const WILDCARD = `\\*\\.${SUBDOMAIN}`
const WILDCARD_PATTERN = whole(WILDCARD)

export const wildcardSubdomain: Rule = value => {
  const errors = isLonger(value, 253) ? [maxLength(253)] : []
  if (WILDCARD_PATTERN.test(value)) return errors
  const message =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character"
  return [...errors, withRegex(message, WILDCARD, '*.example.com')]
}

const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const KEY_PATTERN = whole(KEY)
const KEY_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"

const KEY_RULE = withRegex(KEY_MESSAGE, KEY, 'MyName', 'my.name', '123-abc')

/** A key of a label or annotation: an optional DNS prefix, a slash, a name. */
export const qualifiedName: Rule = value => {
  const parts = value.split('/')
  if (parts.length > 2) {
    return [`a valid label key ${KEY_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  const errors: string[] = []
  const name = parts.at(-1)!
  if (parts.length === 2) {
    if (!parts[0]) errors.push('prefix part must be non-empty')
    else errors.push(...subdomain(parts[0], maxBytes).map(message => `prefix part ${message}`))
  }
  if (!name) errors.push('name part must be non-empty')
  else if (isLonger(name, 63)) errors.push(`name part ${maxBytes(63)}`)
  if (!KEY_PATTERN.test(name)) errors.push(`name part ${KEY_RULE}`)
  return errors
}

const VALUE = `(${KEY})?`
const VALUE_PATTERN = whole(VALUE)

export const labelValue: Rule = value => {
  const errors = isLonger(value, 63) ? [maxBytes(63)] : []
  if (VALUE_PATTERN.test(value)) return errors
  const message =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
  return [...errors, withRegex(message, VALUE, 'MyValue', 'my_value', '12345')]
}

function backsteps(value: string): string[] {
  if (value === '.') return ["must not be '.'"]
  if (value === '..') return ["must not be '..'"]
  return value.startsWith('..') ? ["must not start with '..'"] : []
}

const CONFIG_KEY = '[-._a-zA-Z0-9]+'
const CONFIG_KEY_PATTERN = whole(CONFIG_KEY)

export const configMapKey: Rule = value => {
  const errors = isLonger(value, 253) ? [maxLength(253)] : []
  if (!CONFIG_KEY_PATTERN.test(value)) {
    const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
    errors.push(withRegex(message, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name'))
  }
  return [...errors, ...backsteps(value)]
}

export const envVarName: Rule = value => {
  if (!value) return ['environment variable name must be non-empty']
  return /^[\x20-\x3c\x3e-\x7e]*$/.test(value)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
}

export const portName: Rule = value => {
  const errors = isLonger(value, 15) ? [maxLength(15)] : []
  if (!/^[-a-z0-9]+$/.test(value)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)')
  if (value.includes('--')) errors.push('must not contain consecutive hyphens')
  if (value.startsWith('-') || value.endsWith('-')) errors.push('must not begin or end with a hyphen')
  return errors
}

export const portNumber = (value: number): string[] => (value >= 1 && value <= 65535 ? [] : [between(1, 65535)])

/** Users and groups. */
export const posixId = (value: number): string[] => (value >= 0 && value <= 2147483647 ? [] : [between(0, 2147483647)])

export const percent: Rule = value =>
  /^[0-9]+%$/.test(value)
    ? []
    : [withRegex("a valid percent string must be a numeric string followed by an ending '%'", '[0-9]+%', '1%', '93%')]

export const httpHeaderName: Rule = value =>
  /^[-A-Za-z0-9]+$/.test(value)
    ? []
    : [
        withRegex(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ]

/** Such names only need to fit into a URL. */
export function pathSegment(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  if (!name.includes('/') && !name.includes('%')) return []
  return ['/', '%'].filter(c => name.includes(c)).map(c => `may not contain '${c}'`)
}

/** A generated name may end in a dash, since letters follow. */
export const masked = (prefix: string): string =>
  prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix

/** `acme.io/foo`: a domain, and a path as in a URL. */
export function domainPrefixedPath(name: string, path: string): FieldError[] {
  if (!name) return [required(path)]
  const slash = name.indexOf('/')
  const [domain, rest] = [name.slice(0, slash), name.slice(slash + 1)]
  if (slash < 1 || !rest) return [invalid(path, name, 'must be a domain-prefixed path (such as "acme.io/foo")')]
  const errors = check(dns1123Subdomain, path, domain)
  if (/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(rest)) return errors
  return [
    ...errors,
    invalid(path, rest, "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"),
  ]
}
