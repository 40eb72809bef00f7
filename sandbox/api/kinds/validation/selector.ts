/** Validation of a workload's selector, and of how it matches the template's labels. */
import { type FieldError, invalid, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { emptyAt } from '../../schema/left-empty.ts'
import { isEmptySelector, labelSelector, selectorMatches } from './metadata.ts'

export const sorted = (map: Draft): Draft =>
  map ? Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))) : null

/** A selector in the order of fields in which messages print it. */
export const shownSelector = (selector: Draft): Draft =>
  selector && {
    ...(selector.matchLabels && { matchLabels: sorted(selector.matchLabels) }),
    ...(selector.matchExpressions && {
      matchExpressions: selector.matchExpressions.map(({ key, operator, values }: Draft) => ({
        key,
        operator,
        ...(values?.length && { values }),
      })),
    }),
  }

export const wellFormed = (selector: Draft): boolean => !labelSelector(selector, '').length

export const requiredSelector = (selector: Draft, path: string, workload: string): FieldError[] => {
  if (!selector) return [required(path)]
  const errors = labelSelector(selector, path)
  if (isEmptySelector(selector))
    errors.push(invalid(path, shownSelector(selector), `empty selector is invalid for ${workload}`))
  return errors
}

const MISMATCH = '`selector` does not match template `labels`'

/** A selector that is absent matches nothing. */
export const matchesTemplate = (selector: Draft, template: Draft, path: string): FieldError[] => {
  const labels = template?.metadata?.labels
  if (selector && selectorMatches(selector, labels)) return []
  return [invalid(`${path}.metadata.labels`, sorted(labels ?? emptyAt(template?.metadata, 'labels')), MISMATCH)]
}

export const immutableSelector = (same: boolean, selector: Draft, path: string): FieldError[] =>
  same ? [] : [invalid(path, shownSelector(selector), 'field is immutable')]
