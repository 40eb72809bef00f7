/** The warnings of kinds that carry a Pod template. */
import type { Draft } from '../../../kind.ts'
import { dns1123Label } from '../../validation/content.ts'
import { podTemplateWarnings } from './warnings.ts'

const SURPRISE =
  'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended'

/**
 * A change is warned of only when it counts as one, which the generation tells.
 * @param field where the template is
 * @param hints whether the kind warns of names that make surprising host names
 */
export function templateWarnings(field: string, hints: boolean): (object: Draft, old: Draft) => string[] {
  const path = field.split('.')
  return (object, old) => {
    if (old && old.metadata.generation === object.metadata.generation) return []
    const wrong = hints && !old ? dns1123Label(object.metadata.name ?? '') : []
    const template = path.reduce((inner: Draft, key) => inner?.[key], object)
    return [...(wrong.length ? [`${SURPRISE}: [${wrong.join(' ')}]`] : []), ...podTemplateWarnings(template, field)]
  }
}
