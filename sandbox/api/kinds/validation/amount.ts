/** Numbers that may be written as percentages, as rollouts and budgets have them. */
import { type FieldError, invalid } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { complaints, percent } from './content.ts'
import { nonNegative } from './metadata.ts'

const isPercent = (value: Draft): boolean => typeof value === 'string' && !percent(value).length

export const numberOrPercent = (value: Draft, path: string): FieldError[] =>
  typeof value === 'string' ? complaints(path, value, percent(value)) : nonNegative(value ?? 0, path)

export const notAboveHundredPercent = (value: Draft, path: string): FieldError[] =>
  isPercent(value) && Number.parseInt(value, 10) > 100 ? [invalid(path, value, 'must not be greater than 100%')] : []

/** The number itself, a percentage's number, or 0 for text that is neither. */
export const amountOf = (value: Draft): number =>
  typeof value === 'number'
    ? value
    : isPercent(value) || /^[+-]?\d+$/.test(value ?? '')
      ? Number.parseInt(value, 10)
      : 0
