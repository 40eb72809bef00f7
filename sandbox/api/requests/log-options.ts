/** PodLogOptions, read from a query: the API server and a kubelet read it alike. */

import type { LogOptions } from '../egress/node-proxy.ts'
import { type FieldError, forbiddenField, invalid, notSupported } from '../fields.ts'
import { readExactTime } from '../schema/go-time.ts'
import { badRequest } from '../status.ts'
import { flag, integer } from './query.ts'

export interface LogQuery {
  options: Omit<LogOptions, 'container'>
  errors: FieldError[]
}

/** @throws BadRequest for what cannot be decoded */
export function readLogOptions(query: URLSearchParams): LogQuery {
  const tailLines = integer(query, 'tailLines')
  const limitBytes = integer(query, 'limitBytes')
  const sinceSeconds = integer(query, 'sinceSeconds')
  const sinceTime = query.get('sinceTime') || undefined
  const stream = query.get('stream') || 'All'
  const errors: FieldError[] = []
  if (tailLines !== undefined && tailLines < 0)
    errors.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'))
  if (limitBytes !== undefined && limitBytes < 1)
    errors.push(invalid('limitBytes', limitBytes, 'must be greater than 0'))
  if (sinceSeconds !== undefined && sinceTime) {
    errors.push(forbiddenField('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified'))
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    errors.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'))
  }
  if (!['All', 'Stderr', 'Stdout'].includes(stream))
    errors.push(notSupported('stream', stream, ['All', 'Stderr', 'Stdout']))
  else if (stream !== 'All' && tailLines !== undefined) {
    errors.push(forbiddenField('', '`tailLines` and specific `stream` are mutually exclusive for now'))
  }
  const since = sinceTime === undefined ? undefined : readExactTime(sinceTime)
  if (since?.fault) throw badRequest(since.fault)
  return {
    options: {
      follow: flag(query, 'follow'),
      previous: flag(query, 'previous'),
      timestamps: flag(query, 'timestamps'),
      stream,
      ...(tailLines !== undefined && { tailLines }),
      ...(limitBytes !== undefined && { limitBytes }),
      ...(sinceSeconds !== undefined && { sinceSeconds }),
      ...(since?.time && { sinceTime: since.time }),
    },
    errors,
  }
}
