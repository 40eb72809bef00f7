/** Names of drivers, and of attributes and capacities of devices. */
import { type FieldError, invalid, required, tooLong } from '../../../fields.ts'
import { isLonger } from '../../../formats/text-length.ts'
import { complaints, dns1123Subdomain, withRegex } from '../content.ts'

const MAX_DRIVER = 63
const MAX_ID = 32
const IDENTIFIER = '[A-Za-z_][A-Za-z0-9_]*'
const IDENTIFIER_PATTERN = new RegExp(`^${IDENTIFIER}$`)
const IDENTIFIER_WORDS = withRegex(
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  IDENTIFIER,
  'my_name',
  'MY_NAME',
  'MyName',
)

export function driverName(name: string | undefined, path: string): FieldError[] {
  if (!name) return [required(path)]
  const long = isLonger(name, MAX_DRIVER) ? [tooLong(path, MAX_DRIVER)] : []
  return [...long, ...complaints(path, name, dns1123Subdomain(name.toLowerCase()))]
}

function identifier(id: string, path: string): FieldError[] {
  const long = isLonger(id, MAX_ID) ? [tooLong(path, MAX_ID)] : []
  return IDENTIFIER_PATTERN.test(id) ? long : [...long, invalid(path, id, IDENTIFIER_WORDS)]
}

/** `model`, or with the driver that means it `gpu.example.com/model`. More than one slash is let pass: a slip of Kubernetes that clients see. */
export function qualifiedId(name: string, path: string): FieldError[] {
  const [domain = '', id, ...more] = name.split('/')
  if (more.length) return []
  if (id === undefined) return identifier(name, path)
  return [
    ...(domain ? driverName(domain, path) : [invalid(path, '', 'the domain must not be empty')]),
    ...(id ? identifier(id, path) : [invalid(path, '', 'the name must not be empty')]),
  ]
}

export function fullyQualifiedId(name: string, path: string): FieldError[] {
  const errors = qualifiedId(name, path)
  if (name.includes('/')) return errors
  return [...errors, invalid(path, name, 'a fully qualified name must be a domain and a name separated by a slash')]
}
