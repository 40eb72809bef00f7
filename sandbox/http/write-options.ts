/** What accompanies a write, in the query and in headers. */
import type { RequestOptions } from '../api/server.ts'
import type { FieldValidation } from './body.ts'
import type { Context } from './context.ts'
import { fieldManager, fieldValidation, isDryRun } from './query.ts'

export interface Write {
  options: RequestOptions
  validation: FieldValidation
}

export function writing(context: Context, what: string): Write {
  const { query, request } = context
  const validation = fieldValidation(query, what)
  const dryRun = isDryRun(query, what)
  return {
    validation,
    options: {
      ...context.options,
      dryRun,
      fieldManager: fieldManager(query, request.headers['user-agent'], what),
      warn: context.warn,
    },
  }
}
