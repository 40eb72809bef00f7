/** An API server over HTTP in process, with every kind and a namespace `default`, for tests. */
import type { AdmissionPlugin } from '../api/admission/admission.ts'
import { admissionPlugins } from '../api/admission/index.ts'
import { kinds } from '../api/kinds/index.ts'
import { testServer } from '../api/testing.ts'
import { Api } from './api.ts'

export interface Answer {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any
}

export function testApi(admission: readonly AdmissionPlugin[] = admissionPlugins) {
  const { clock, server, store } = testServer(kinds, admission)
  const api = new Api({ server })
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await api.fetch(
      new Request(`http://api${path}`, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    const json = text.startsWith('{') ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, text, json }
  }
  return { clock, server, store, api, call }
}
