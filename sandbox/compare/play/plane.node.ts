/** A control plane without kubelets: a real one over its port, or ours in process, each with its own way of letting time pass. */
import { createCluster } from '../../cluster.ts'
import type { Json } from '../questions.ts'

// biome-ignore lint/suspicious/noExplicitAny: objects of every kind
export type Thing = any

export interface Reply {
  code: number
  body: Thing
}

export interface Plane {
  readonly real: boolean
  now(): number
  call(method: string, path: string, body?: Json, type?: string): Promise<Reply>
  pass(ms: number): Promise<void>
}

const sleep = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms))

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** @param server where `kubectl proxy` or the like answers without credentials */
export function realPlane(server: string, token: string): Plane {
  return {
    real: true,
    now: () => Date.now(),
    pass: sleep,
    async call(method, path, body, type = 'application/json') {
      const response = await fetch(server + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return { code: response.status, body: parse(await response.text()) }
    },
  }
}

/** @param start when its clock begins, so that what depends on the hour meets the same hour */
export function ownPlane(start: number): Plane {
  const { clock, api } = createCluster({ seed: 'compare', nodes: [], start })
  return {
    real: false,
    now: () => clock.now(),
    pass: ms => clock.advance(ms),
    async call(method, path, body, type = 'application/json') {
      const request = new Request(`http://api${path}`, {
        method,
        headers: { 'content-type': type },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const response = await api.fetch(request)
      return { code: response.status, body: parse(await response.text()) }
    },
  }
}
