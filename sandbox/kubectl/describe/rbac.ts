/** Describes roles and what binds them. */
import { byBytes, type Obj } from '../objects.ts'
import type { Describer } from './index.ts'

interface Line {
  resource: string
  group: string
  plain: string
  url: string
  name: string
  verbs: string[]
}

/** Rules taken apart; those of one resource and name are joined, of paths each verb stands alone. */
function lines(rules: readonly Obj[]): Line[] {
  const out = new Map<string, Line>()
  const paths: Line[] = []
  const add = (plain: string, group: string, name: string, verbs: readonly string[]): void => {
    const resource = group ? joinGroup(plain, group) : plain
    const key = `${resource}|${name}`
    const line = out.get(key) ?? { resource, group, plain, url: '', name, verbs: [] }
    for (const v of verbs) if (!line.verbs.includes(v)) line.verbs.push(v)
    out.set(key, line)
  }
  for (const rule of rules) {
    for (const group of rule.apiGroups ?? [])
      for (const resource of rule.resources ?? [])
        for (const name of rule.resourceNames?.length ? rule.resourceNames : [''])
          add(resource, group, name, rule.verbs)
    for (const url of rule.nonResourceURLs ?? [])
      for (const verb of rule.verbs ?? [])
        paths.push({ resource: '', group: '', plain: '', url, name: '', verbs: [verb] })
  }
  return [...out.values(), ...paths].sort((a, b) => byBytes(sortKey(a), sortKey(b)))
}
const joinGroup = (resource: string, group: string): string => {
  const slash = resource.indexOf('/')
  return slash < 0 ? `${resource}.${group}` : `${resource.slice(0, slash)}.${group}${resource.slice(slash)}`
}
/** The words by which Go would print the rule: verbs come first. */
const sortKey = (l: Line): string => `[${l.verbs.join(' ')}],[${l.group}],[${l.plain}],[${l.name}],[${l.url}],`

export const role: Describer = (w, r) => {
  w.field('Name', r.metadata.name)
  w.labels('Labels', r.metadata.labels)
  w.annotations('Annotations', r.metadata.annotations)
  w.line(0, 'PolicyRule:')
  w.line(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs')
  w.line(1, '---------\t-----------------\t--------------\t-----')
  for (const l of lines(r.rules ?? [])) w.line(1, `${l.resource}\t[${l.url}]\t[${l.name}]\t[${l.verbs.join(' ')}]`)
}

export const roleBinding: Describer = (w, b) => {
  w.field('Name', b.metadata.name)
  w.labels('Labels', b.metadata.labels)
  w.annotations('Annotations', b.metadata.annotations)
  w.line(0, 'Role:')
  w.field('Kind', b.roleRef.kind, 1)
  w.field('Name', b.roleRef.name, 1)
  w.line(0, 'Subjects:')
  w.line(1, 'Kind\tName\tNamespace')
  w.line(1, '----\t----\t---------')
  for (const s of b.subjects ?? []) w.line(1, `${s.kind}\t${s.name}\t${s.namespace ?? ''}`)
}
export { lines as policyLines }
