/** Errors of kubectl, and the exit codes that it ends with. */
import { ConnectionError } from './io.ts'

export interface StatusLike {
  kind?: string
  message?: string
  reason?: string
  code?: number
  details?: {
    name?: string
    group?: string
    kind?: string
    uid?: string
    causes?: { reason?: string; message?: string; field?: string }[]
    retryAfterSeconds?: number
  }
}

/** The server's refusal, as a Status object. */
export class ApiError extends Error {
  readonly status: StatusLike
  constructor(status: StatusLike) {
    super(status.message ?? 'unknown')
    this.status = status
  }
  get reason(): string {
    return this.status.reason ?? ''
  }
  get code(): number {
    return this.status.code ?? 0
  }
}

/** A failure of our own, printed after `error: `. */
export class KubectlError extends Error {}

/** Ends with a code and, perhaps, words that are printed as they stand. */
export class Exit extends Error {
  readonly code: number
  constructor(code: number, words = '') {
    super(words)
    this.code = code
  }
}

/** Several failures at once; each is printed on a line of its own. */
export class Aggregate extends Error {
  readonly errors: readonly Error[]
  constructor(errors: readonly Error[]) {
    super(errors.length === 1 ? errors[0]!.message : `[${[...new Set(errors.map(e => e.message))].join(', ')}]`)
    this.errors = errors
  }
}

/** What went wrong with the entries of one list: together they are one error, in words of its own. */
export class ListErrors extends KubectlError {
  readonly errors: readonly Error[]
  constructor(errors: readonly Error[]) {
    super(new Aggregate(errors).message)
    this.errors = errors
  }
}

/** Throws nothing, the one, or all. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length) throw new Aggregate(errors)
}

export const isNotFound = (e: unknown): e is ApiError => e instanceof ApiError && e.reason === 'NotFound'
export const isConflict = (e: unknown): e is ApiError => e instanceof ApiError && e.reason === 'Conflict'

/** The same failure, told with what kubectl was doing: `error when creating "x.yaml": …`. */
export function whenDoing(verb: string, source: string, error: unknown): Error {
  if (!source) return error as Error
  const words = `error when ${verb} ${JSON.stringify(source)}: `
  if (error instanceof ApiError) return new ApiError({ ...error.status, message: words + error.message })
  return new KubectlError(words + (error as Error).message)
}

const causeText = (c: { message?: string; field?: string }): string => `${c.field}: ${c.message}`

function standardMessage(error: Error): string | undefined {
  if (error instanceof ApiError) {
    if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`
    return error.reason
      ? `Error from server (${error.reason}): ${error.message}`
      : `Error from server: ${error.message}`
  }
  if (error instanceof ConnectionError)
    return error.refusedHost
      ? `The connection to the server ${error.refusedHost} was refused - did you specify the right host or port?`
      : `Unable to connect to the server: ${error.message}`
  return undefined
}

function oneMessage(error: Error): string {
  return standardMessage(error) ?? error.message
}

function invalidMessage({ status }: ApiError): string {
  const details = status.details
  let words = 'The request is invalid'
  if (!details) return status.message ? `${words}: ${status.message}` : words
  const causes = [...new Set((details.causes ?? []).map(causeText))]
  if (details.kind || details.name) words = `The ${details.kind ?? ''} ${JSON.stringify(details.name ?? '')} is invalid`
  else if (status.message && !causes.length) words += `: ${status.message}`
  if (!causes.length) return words
  return causes.length === 1 ? `${words}: ${causes[0]}\n` : `${words}: \n${causes.map(c => `* ${c}\n`).join('')}`
}

/** What is written to stderr for an error, and the exit code. */
export function explainError(thrown: unknown): { words: string; code: number } {
  const error = thrown instanceof Aggregate && thrown.errors.length === 1 ? thrown.errors[0]! : (thrown as Error)
  if (error instanceof Exit) return { words: error.message, code: error.code }
  if (error instanceof ApiError && error.reason === 'Invalid') return { words: invalidMessage(error), code: 1 }
  if (error instanceof Aggregate) {
    return { words: error.errors.map(e => `${oneMessage(e)}\n`).join(''), code: 1 }
  }
  const standard = standardMessage(error)
  if (standard !== undefined) return { words: standard, code: 1 }
  // A mistake of ours: its own words are the engine's, so that they differ from one to the next, and tell nobody anything.
  if (!(error instanceof KubectlError)) console.error(error)
  const words = error instanceof KubectlError ? error.message : 'the simulated kubectl has made a mistake'
  return { words: words.startsWith('error: ') ? words : `error: ${words}`, code: 1 }
}
