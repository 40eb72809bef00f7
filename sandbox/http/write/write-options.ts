/** The options of a write, from the query and from headers. */
import type { RequestOptions } from '../../api/requests/options.ts'
import type { FieldValidation } from '../body/body.ts'
import type { Context } from '../context.ts'
import { writeOptions } from '../query.ts'

export interface Write {
  options: RequestOptions
  validation: FieldValidation
}

export function writing(context: Context, what: string, isApply = false): Write {
  const { query, request } = context
  const { fieldValidation, ...options } = writeOptions(query, request.headers['user-agent'], what, isApply)
  return { validation: fieldValidation, options: { ...context.options, ...options, warn: context.warn } }
}
