/** Common to the Pod security checks: the containers of a Pod, and the phrases of their messages. */
import type { Draft } from '../../kind.ts'

export const containersOf = ({ spec }: Draft): Draft[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
]

export const quoted = (items: readonly string[]): string => items.map(i => JSON.stringify(i)).join(', ')
export const sortedSet = (items: Iterable<string>): string[] => [...new Set(items)].sort()
export const plural = (word: string, count: number): string => (count === 1 ? word : `${word}s`)

/** `container "a"`, `containers "a", "b"`. */
export const named = (names: readonly string[]): string => `${plural('container', names.length)} ${quoted(names)}`

/** Whose own setting is bad: `pod`, `container "a"`, or both. */
export const setters = (pod: boolean, names: readonly string[]): string =>
  [...(pod ? ['pod'] : []), ...(names.length ? [named(names)] : [])].join(' and ')

export const namesOf = (pod: Draft, bad: (container: Draft) => boolean): string[] =>
  containersOf(pod)
    .filter(bad)
    .map(c => c.name as string)
