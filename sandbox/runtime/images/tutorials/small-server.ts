/** A small server as data: what it answers, logs and says when it begins. */

import type { HttpRequest, HttpResponse } from '../../network/serving.ts'
import type { Process } from '../../processes/process.ts'
import type { LogStyle } from './log-styles.ts'

export interface Answering {
  process: Process
  tag: string
  /** What it remembers while it runs. */
  state: {
    healthy: boolean
    ready: boolean
    requests: number
    since: number
    /** By which some tell their replicas apart. */
    id?: string
    /** Of what some count besides all requests. */
    calls?: number
  }
}

export interface Behaviour {
  /** Speaks gRPC, of which its health is known here. */
  grpc?: true
  /** Why it will not start. */
  refuses?(process: Process): string | undefined
  /** Does this, and listens nowhere. */
  instead?(process: Process): Promise<number>
  /** CPU until it listens. */
  startMs?: number
  port?(process: Process, port: number): number
  answer(
    request: HttpRequest,
    answering: Answering,
    respond: (response: HttpResponse) => void,
  ): HttpResponse | undefined
  /** The address it listens on, when not all. */
  address?(process: Process): string
  /** What it logs when it listens. */
  greeting?(port: number, address: string, process: Process, tag: string): string
  /** Does this once it listens. */
  listening?(process: Process): void
  log?(request: HttpRequest, process: Process): string
  /** Where the server below it does the logging. */
  style?: LogStyle
  /** Waits so long before it listens. */
  delayMs?(process: Process): number
  /** Goes without a date before its lines. */
  plainLog?: boolean
  cpuMs?: number
  /** Not written in Go. */
  interpreted?: boolean
}

export const text = (body: string, status = 200, type = 'text/plain; charset=utf-8'): HttpResponse => ({
  status,
  headers: { 'Content-Type': type },
  body,
})
export const html = (title: string, body: string): HttpResponse =>
  text(
    `<!DOCTYPE html>\n<html>\n<head>\n<title>${title}</title>\n</head>\n<body>\n${body}\n</body>\n</html>\n`,
    200,
    'text/html',
  )
export const json = (value: unknown, status = 200): HttpResponse =>
  text(`${JSON.stringify(value, null, 2)}\n`, status, 'application/json')

/** As headers are usually written. */
export const capital = (name: string): string => name.replace(/(^|-)\w/g, c => c.toUpperCase())
