/** Kubernetes' additions to CEL for semantic versions. */
import type { Environment } from '@marcbachmann/cel-js'

class Version {
  readonly numbers: readonly bigint[]
  /** What comes after a hyphen; a version that has none comes later. */
  readonly before: readonly string[]
  constructor(numbers: readonly bigint[], before: readonly string[]) {
    this.numbers = numbers
    this.before = before
  }
}

const PARTS = ['Major', 'Minor', 'Patch']
const quote = (text: string): string => JSON.stringify(text)

function number(text: string, part: string): bigint {
  if (!/^\d*$/.test(text)) throw new Error(`Invalid character(s) found in ${part.toLowerCase()} number ${quote(text)}`)
  if (text.length > 1 && text.startsWith('0'))
    throw new Error(`${part} number must not contain leading zeroes ${quote(text)}`)
  if (!text) throw new Error('strconv.ParseUint: parsing "": invalid syntax')
  return BigInt(text)
}

function identifiers(text: string | undefined, what: 'Prerelease' | 'Build meta data'): string[] {
  if (text === undefined) return []
  return text.split('.').map(id => {
    if (!id) throw new Error(`${what} is empty`)
    if (!/^[0-9A-Za-z-]+$/.test(id)) {
      const where = what === 'Prerelease' ? 'prerelease' : 'build meta data'
      throw new Error(`Invalid character(s) found in ${where} ${quote(id)}`)
    }
    if (what === 'Prerelease' && /^0\d+$/.test(id))
      throw new Error(`Numeric PreRelease version must not contain leading zeroes ${quote(id)}`)
    return id
  })
}

function parse(text: string): Version {
  if (!text) throw new Error('Version string empty')
  const [major, minor, ...rest] = text.split('.')
  if (major === undefined || minor === undefined || !rest.length) throw new Error('No Major.Minor.Patch elements found')
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
    throw new Error('Short version cannot contain PreRelease/Build meta data')
  while (stripped.length < 3) stripped.push('0')
  return stripped.join('.')
}

const order = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)
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

const TYPE = 'kubernetes.Semver'

export function addVersions(env: Environment): void {
  const read = (text: string, normalize = false): Version => parse(normalize ? normalized(text) : text)
  const isOne = (text: string, normalize = false): boolean => {
    try {
      read(text, normalize)
      return true
    } catch {
      return false
    }
  }
  env
    .registerType(TYPE, Version)
    .registerFunction(`semver(string): ${TYPE}`, (text: string) => read(text))
    .registerFunction(`semver(string, bool): ${TYPE}`, read)
    .registerFunction('isSemver(string): bool', (text: string) => isOne(text))
    .registerFunction('isSemver(string, bool): bool', isOne)
    .registerFunction(`${TYPE}.isGreaterThan(${TYPE}): bool`, (a: Version, b: Version) => compare(a, b) > 0)
    .registerFunction(`${TYPE}.isLessThan(${TYPE}): bool`, (a: Version, b: Version) => compare(a, b) < 0)
    .registerFunction(`${TYPE}.compareTo(${TYPE}): int`, (a: Version, b: Version) => BigInt(compare(a, b)))
    .registerOperator(`${TYPE} == ${TYPE}`, (a: Version, b: Version) => compare(a, b) === 0)
  for (const [i, part] of PARTS.entries())
    env.registerFunction(`${TYPE}.${part.toLowerCase()}(): int`, (v: Version) => v.numbers[i]!)
}
