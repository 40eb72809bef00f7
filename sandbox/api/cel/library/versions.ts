/** Kubernetes' additions to CEL for semantic versions. */
import { order } from '../runtime/equality.ts'
import { CelError, Custom, noSuchOverload, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { objectType } from '../types/types.ts'
import { of } from './implementing.ts'

const SEMVER = objectType('kubernetes.Semver')

class Version extends Custom {
  readonly type = SEMVER
  readonly numbers: readonly bigint[]
  /** What comes after a hyphen; a version that has none comes later. */
  readonly before: readonly string[]
  constructor(numbers: readonly bigint[], before: readonly string[]) {
    super()
    this.numbers = numbers
    this.before = before
  }
  equals(other: Value): boolean {
    if (!(other instanceof Version)) throw noSuchOverload()
    return compare(this, other) === 0
  }
}

const PARTS = ['Major', 'Minor', 'Patch']
const quote = (text: string): string => JSON.stringify(text)

function number(text: string, part: string): bigint {
  if (!/^\d*$/.test(text))
    throw new CelError(`Invalid character(s) found in ${part.toLowerCase()} number ${quote(text)}`)
  if (text.length > 1 && text.startsWith('0'))
    throw new CelError(`${part} number must not contain leading zeroes ${quote(text)}`)
  if (!text) throw new CelError('strconv.ParseUint: parsing "": invalid syntax')
  return BigInt(text)
}

function identifiers(text: string | undefined, what: 'Prerelease' | 'Build meta data'): string[] {
  if (text === undefined) return []
  return text.split('.').map(id => {
    if (!id) throw new CelError(`${what} is empty`)
    if (!/^[0-9A-Za-z-]+$/.test(id)) {
      const where = what === 'Prerelease' ? 'prerelease' : 'build meta data'
      throw new CelError(`Invalid character(s) found in ${where} ${quote(id)}`)
    }
    if (what === 'Prerelease' && /^0\d+$/.test(id))
      throw new CelError(`Numeric PreRelease version must not contain leading zeroes ${quote(id)}`)
    return id
  })
}

function parse(text: string): Version {
  if (!text) throw new CelError('Version string empty')
  const [major, minor, ...rest] = text.split('.')
  if (major === undefined || minor === undefined || !rest.length)
    throw new CelError('No Major.Minor.Patch elements found')
  const [, patch = '', before, build] = /^([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/s.exec(rest.join('.')) ?? []
  const numbers = [major, minor, patch].map((part, i) => number(part, PARTS[i]!))
  const version = new Version(numbers, identifiers(before, 'Prerelease'))
  identifiers(build, 'Build meta data')
  return version
}

/** Without a leading v and leading zeros, and with the numbers that are missing. */
function normalized(text: string): string {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.')
  const parts = [major, ...(minor === undefined ? [] : [minor]), ...(rest.length ? [rest.join('.')] : [])]
  const stripped = parts.map(part =>
    part.length > 1 ? part.replace(/^0+(?=\d)/, '').replace(/^0+(?!\d|$)/, '0') : part,
  )
  if (stripped.length < 3 && /[-+]/.test(stripped.at(-1)!))
    throw new CelError('Short version cannot contain PreRelease/Build meta data')
  while (stripped.length < 3) stripped.push('0')
  return stripped.join('.')
}

const isNumber = (id: string): boolean => /^\d+$/.test(id)

function compareIdentifiers(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return order(BigInt(a), BigInt(b))
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1
  return order(a, b)
}

function compare(a: Version, b: Version): number {
  for (const [i, n] of a.numbers.entries()) if (n !== b.numbers[i]) return order(n, b.numbers[i]!)
  if (!a.before.length || !b.before.length) return order(b.before.length, a.before.length)
  for (let i = 0; i < Math.min(a.before.length, b.before.length); i++) {
    const found = compareIdentifiers(a.before[i]!, b.before[i]!)
    if (found) return found
  }
  return order(a.before.length, b.before.length)
}

const read = (text: string, normalize = false): Version => parse(normalize ? normalized(text) : text)

function isOne(text: string, normalize = false): boolean {
  try {
    read(text, normalize)
    return true
  } catch {
    return false
  }
}

const DECLARATIONS = `
compareTo semver_compare_to kubernetes.Semver.(kubernetes.Semver) -> int
isGreaterThan semver_is_greater_than kubernetes.Semver.(kubernetes.Semver) -> bool
isLessThan semver_is_less_than kubernetes.Semver.(kubernetes.Semver) -> bool
isSemver is_semver_string (string) -> bool
isSemver is_semver_string_bool (string, bool) -> bool
major semver_major kubernetes.Semver.() -> int
minor semver_minor kubernetes.Semver.() -> int
patch semver_patch kubernetes.Semver.() -> int
semver string_to_semver (string) -> kubernetes.Semver
semver string_bool_to_semver (string, bool) -> kubernetes.Semver
`

const versions: Record<string, Implementation> = {
  string_to_semver: of((text: string) => read(text)),
  string_bool_to_semver: of(read),
  is_semver_string: of((text: string) => isOne(text)),
  is_semver_string_bool: of(isOne),
  semver_is_greater_than: of((a: Version, b: Version) => compare(a, b) > 0),
  semver_is_less_than: of((a: Version, b: Version) => compare(a, b) < 0),
  semver_compare_to: of((a: Version, b: Version) => BigInt(compare(a, b))),
  semver_major: of((v: Version) => v.numbers[0]!),
  semver_minor: of((v: Version) => v.numbers[1]!),
  semver_patch: of((v: Version) => v.numbers[2]!),
}

export const versionLibrary: Functions = readDeclarations(DECLARATIONS, versions)
