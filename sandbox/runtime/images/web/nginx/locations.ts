/** Locations: which of them a path belongs to, by nginx's rules. */
import type { Exchange } from './exchange.ts'
import { capture, pattern } from './patterns.ts'
import { readScript, type Step } from './rewrite.ts'
import type { Scope } from './scope.ts'
import { type Around, applySettings, inner } from './settings.ts'
import { at, type Directive } from './syntax.ts'

export interface Location {
  /** `=` one path, `` what begins so, `^~` what begins so and no pattern, `~` and `~*` patterns, `@` a name. */
  modifier: '=' | '' | '^~' | '~' | '~*' | '@'
  path: string
  pattern?: RegExp
  scope: Scope
  script: readonly Step[]
  inside: Locations
}

export interface Locations {
  /** As they stand in the configuration. */
  all: readonly Location[]
  /** Those with a beginning, the longest first. */
  prefixes: readonly Location[]
  patterns: readonly Location[]
  /** What `/a` is sent to, where `/a/` hands on what it gets and no other is just `/a`. */
  slashed: ReadonlyMap<string, Location>
}

function readName(d: Directive): Pick<Location, 'modifier' | 'path' | 'pattern'> {
  const [first = '', second] = d.args
  if (second !== undefined) {
    if (!/^(=|\^~|~\*?)$/.test(first)) throw at(`invalid location modifier "${first}"`, d)
    return nameOf(first as Location['modifier'], second, d)
  }
  const [, modifier = '', path = ''] = /^(=|\^~|~\*|~|@)?(.*)$/s.exec(first)!
  return nameOf(modifier as Location['modifier'], modifier === '@' ? first : path, d)
}

const nameOf = (
  modifier: Location['modifier'],
  path: string,
  d: Directive,
): Pick<Location, 'modifier' | 'path' | 'pattern'> => ({
  modifier,
  path,
  ...(modifier.startsWith('~') && { pattern: pattern(path, modifier === '~*', d) }),
})

/** @throws ConfigError */
export function readLocations(
  directives: readonly Directive[],
  outer: Scope,
  around: Around,
  within?: Location,
): Locations {
  const all: Location[] = []
  for (const d of directives) {
    if (d.name !== 'location') continue
    const name = readName(d)
    if (all.some(other => other.path === name.path && kindOf(other) === kindOf(name)))
      throw at(`duplicate location "${name.path}"`, d)
    if (within && !name.modifier.startsWith('~') && !name.path.startsWith(within.path) && !within.pattern)
      throw at(`location "${name.path}" is outside location "${within.path}"`, d)
    const scope = inner(outer)
    const block = d.block ?? []
    applySettings(scope, block, around)
    checkContent(name, scope, block)
    const location: Location = { ...name, scope, script: readScript(block, scope, around), inside: NO_LOCATIONS }
    location.inside = readLocations(block, scope, around, location)
    all.push(location)
  }
  if (!all.length) return NO_LOCATIONS
  const fixed = all.filter(({ modifier }) => !/^[~@]/.test(modifier))
  return {
    all,
    prefixes: all
      .filter(({ modifier }) => modifier === '' || modifier === '^~')
      .sort((a, b) => b.path.length - a.path.length),
    patterns: all.filter(({ modifier }) => modifier.startsWith('~')),
    slashed: new Map(
      fixed
        .filter(handsOn)
        .map(location => [location.path.slice(0, -1), location] as const)
        .filter(([path]) => !fixed.some(other => other.path === path)),
    ),
  }
}

export const NO_LOCATIONS: Locations = { all: [], prefixes: [], patterns: [], slashed: new Map() }

const handsOn = ({ path, scope: { content } }: Location): boolean =>
  path.endsWith('/') && content !== undefined && !('status' in content)

const kindOf = ({ modifier }: Pick<Location, 'modifier'>): string => (modifier === '^~' ? '' : modifier)

function checkContent({ modifier }: Pick<Location, 'modifier'>, scope: Scope, block: readonly Directive[]): void {
  const { content } = scope
  const place = block.find(({ name }) => name === 'proxy_pass')
  if (place && content && 'proxy' in content && content.proxy.path !== undefined && /^[~@]/.test(modifier))
    throw at(
      '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block',
      place,
    )
}

/** Where a path belongs; its captures are those of the pattern that fitted. */
export function find(locations: Locations, x: Exchange): Location | undefined {
  const { uri } = x
  for (const location of locations.all) if (location.modifier === '=' && location.path === uri) return location
  const prefix = locations.prefixes.find(({ path }) => uri.startsWith(path))
  const deeper = prefix && find(prefix.inside, x)
  if (deeper && deeper.modifier !== '') return deeper
  if (prefix?.modifier !== '^~') {
    for (const location of locations.patterns) {
      const match = location.pattern!.exec(uri)
      if (!match) continue
      capture(x, match)
      return find(location.inside, x) ?? location
    }
  }
  return deeper ?? prefix
}

/** A location that only an error page or try_files leads to. */
export const namedLocation = (locations: Locations, name: string): Location | undefined =>
  locations.all.find(({ modifier, path }) => modifier === '@' && path === name)
