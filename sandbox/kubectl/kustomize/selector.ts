/** Selection of the resources that a patch or a replacement is for. */
import { matches, parseLabelSelector } from '../../api/requests/selectors.ts'
import { KubectlError } from '../errors.ts'
import { groupOf, type Obj, versionOf } from '../objects.ts'
import { type Id, type Item, idsOf } from './item.ts'

/** Patterns are for the whole word. */
function fits(pattern: string | undefined, value: string): boolean {
  if (!pattern) return true
  try {
    return new RegExp(`^(?:${pattern})$`).test(value)
  } catch (e) {
    throw new KubectlError(`error parsing regexp: ${goWords((e as Error).message)}: \`^(?:${pattern})$\``)
  }
}

/** What is wrong with a pattern, in the words of Go's library. */
const WRONG: readonly (readonly [engine: RegExp, go: string])[] = [
  [/Unterminated group/, 'missing closing )'],
  [/Unmatched '\)'/, 'unexpected )'],
  [/Unterminated character class/, 'missing closing ]'],
  [/Nothing to repeat/, 'missing argument to repetition operator'],
]
const goWords = (message: string): string => WRONG.find(([engine]) => engine.test(message))?.[1] ?? 'invalid pattern'

const labelsFit = (selector: string | undefined, labels: Obj): boolean => {
  if (!selector) return true
  try {
    return matches(parseLabelSelector(selector), labels)
  } catch (e) {
    throw new KubectlError((e as Error).message)
  }
}

const idFits = (selector: Obj, apiVersion: string, id: Id): boolean =>
  fits(selector.group, groupOf(apiVersion)) &&
  fits(selector.version, versionOf(apiVersion)) &&
  fits(selector.kind, id.kind) &&
  fits(selector.name, id.name) &&
  fits(selector.namespace, id.namespace)

/** By what it is called now or was called before, and by its labels and annotations. */
export const isSelected = (i: Item, selector: Obj): boolean =>
  idsOf(i).some(id => idFits(selector, i.object.apiVersion ?? '', id)) && marksFit(i, selector)

export const marksFit = ({ object }: Item, selector: Obj): boolean =>
  labelsFit(selector.labelSelector, object.metadata?.labels) &&
  labelsFit(selector.annotationSelector, object.metadata?.annotations)

/** Words, not patterns; what is not said fits all. */
export const isNamed = (i: Item, selector: Obj): boolean =>
  idsOf(i).some(
    id =>
      (!selector.group || selector.group === groupOf(i.object.apiVersion ?? '')) &&
      (!selector.version || selector.version === versionOf(i.object.apiVersion ?? '')) &&
      (!selector.kind || selector.kind === id.kind) &&
      (!selector.name || selector.name === id.name) &&
      (!selector.namespace || selector.namespace === (id.namespace || 'default')),
  )

/** As errors name one: Deployment.v1.apps/web.[noNs]:a=:l=app=web */
export function selectorText(s: Obj): string {
  const type = `${s.kind || '[noKind]'}.${s.version || '[noVer]'}.${s.group || '[noGrp]'}`
  return `${type}/${s.name || '[noName]'}.${s.namespace || '[noNs]'}:a=${s.annotationSelector ?? ''}:l=${s.labelSelector ?? ''}`
}
