/** Which sections hold for a request, and what they come to together. */
import type { Exchange } from './exchange.ts'
import type { Scope } from './scope.ts'
import type { Section } from './sections.ts'
import { look } from './static.ts'

/** With its last slash. */
export const directoryOf = ({ filename }: Exchange): string => filename.slice(0, filename.lastIndexOf('/') + 1)

/** What holds by the sections for its file and its path, in Apache's order. */
export function merged(
  x: Exchange,
  { scopes }: { scopes: Map<string, Scope> },
  own: readonly { folder: string; sections: readonly Section[] }[],
): Scope {
  const { host, filename, uri } = x
  const folder = directoryOf(x)
  const path =
    look(x, filename)?.type === 'directory' ? filename.replace(/(.)\/$/, '$1') : folder.replace(/(.)\/$/, '$1')
  const name = filename.slice(folder.length)
  const chosen: Section[] = []
  const inside: Section[] = []
  const take = (section: Section): undefined => {
    chosen.push(section)
    inside.push(...section.files.filter(one => one.fits(name)))
  }
  if (filename) {
    const depth = (one: { folder: string }): number => one.folder.split('/').filter(Boolean).length
    let next = 0
    for (const section of host.directories) {
      while (next < own.length && depth(own[next]!) < section.length) own[next++]!.sections.forEach(take)
      if (section.fits(path)) take(section)
    }
    for (; next < own.length; next++) own[next]!.sections.forEach(take)
    chosen.push(...inside, ...host.files.filter(one => one.fits(name)))
  }
  chosen.push(...host.locations.filter(one => one.fits(uri)))
  const key = `${identity(host)} ${chosen.map(identity).join(' ')}`
  let scope = scopes.get(key)
  if (!scope) {
    scope = { ...host.scope }
    for (const section of chosen) section.setting(scope)
    if (scopes.size > 1000) scopes.clear()
    scopes.set(key, scope)
  }
  return scope
}

const identities = new WeakMap<object, number>()
let identitiesGiven = 0

function identity(one: object): number {
  let id = identities.get(one)
  if (id === undefined) identities.set(one, (id = ++identitiesGiven))
  return id
}
