/** The one way the API refuses: a metav1.Status, thrown as StatusError. Texts as in apimachinery's api/errors. */
import { goQuote } from './formats/go-escapes.ts'

export interface StatusCause {
  reason?: string
  message?: string
  field?: string
}

export interface Status {
  kind: 'Status'
  apiVersion: 'v1'
  /** An expired list tells how it may go on. */
  metadata: { continue?: string }
  status: 'Failure' | 'Success'
  message?: string
  reason?: string
  details?: {
    name?: string
    group?: string
    kind?: string
    uid?: string
    causes?: StatusCause[]
    retryAfterSeconds?: number
  }
  code: number
}

export class StatusError extends Error {
  readonly status: Status
  constructor(code: number, reason: string, message: string, details?: Status['details']) {
    super(message)
    this.name = 'StatusError'
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason && { reason }),
      ...(details && { details }),
      code,
    }
  }
  get code(): number {
    return this.status.code
  }
  get reason(): string {
    return this.status.reason ?? ''
  }
}

/** What an error speaks of: a resource by its plural and group. */
export interface ResourceName {
  plural: string
  group: string
}

const qualified = (r: ResourceName): string => (r.group ? `${r.plural}.${r.group}` : r.plural)
const about = (r: ResourceName, name?: string): Status['details'] => ({
  ...(name && { name }),
  ...(r.group && { group: r.group }),
  kind: r.plural,
})

export const notFound = (r: ResourceName, name: string): StatusError =>
  new StatusError(404, 'NotFound', `${qualified(r)} ${goQuote(name)} not found`, about(r, name))

export const alreadyExists = (r: ResourceName, name: string): StatusError =>
  new StatusError(409, 'AlreadyExists', `${qualified(r)} "${name}" already exists`, about(r, name))

/** Of a name that was to be made. */
export const nameTaken = (r: ResourceName, name: string): StatusError =>
  new StatusError(
    409,
    'AlreadyExists',
    `${qualified(r)} "${name}" already exists, the server was not able to generate a unique name for the object`,
    { ...about(r, name), retryAfterSeconds: 1 },
  )

export const conflict = (r: ResourceName, name: string, why: string): StatusError =>
  new StatusError(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(r)} "${name}": ${why}`, about(r, name))

export const modifiedSince = (r: ResourceName, name: string): StatusError =>
  conflict(r, name, 'the object has been modified; please apply your changes to the latest version and try again')

export const forbidden = (r: ResourceName, name: string, why: string): StatusError =>
  new StatusError(403, 'Forbidden', `${qualified(r)}${name ? ` "${name}"` : ''} is forbidden: ${why}`, about(r, name))

export const badRequest = (message: string): StatusError => new StatusError(400, 'BadRequest', message)

export const gone = (message: string): StatusError => new StatusError(410, 'Expired', message)

export const tooManyRequests = (message: string, causes: StatusCause[], retryAfterSeconds = 0): StatusError =>
  new StatusError(429, 'TooManyRequests', message, { causes, ...(retryAfterSeconds && { retryAfterSeconds }) })

export const unsupportedMediaType = (message: string): StatusError =>
  new StatusError(415, 'UnsupportedMediaType', message)

export const tooLarge = (message: string): StatusError => new StatusError(413, 'RequestEntityTooLarge', message)

/** Whether `error` is the API's refusal for the given reason. */
export const isReason = (error: unknown, reason: string): error is StatusError =>
  error instanceof StatusError && error.reason === reason
export const isNotFound = (error: unknown): boolean => isReason(error, 'NotFound')
export const isConflict = (error: unknown): boolean => isReason(error, 'Conflict')
export const isAlreadyExists = (error: unknown): boolean => isReason(error, 'AlreadyExists')

export const internalError = (message: string): StatusError =>
  new StatusError(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] })
