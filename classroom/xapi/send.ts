/** Sends statements to a Learning Record Store that a teacher names. What signs us in there is not kept. */
import { type Outbound, OutboundError } from '../net/outbound.ts'
import type { Statement } from './cmi5.ts'

const BATCH = 100

export interface Store {
  /** The address to which `statements` is added. */
  endpoint: string
  key: string
  secret: string
}

/** @returns how many the store has taken @throws OutboundError; what was taken before stays, and may be sent again */
export async function sendStatements(
  outbound: Outbound,
  store: Store,
  statements: readonly Statement[],
): Promise<number> {
  if (!URL.canParse(store.endpoint)) throw new OutboundError('the endpoint is no address')
  const url = new URL(store.endpoint)
  if (!url.pathname.endsWith('/statements')) url.pathname = `${url.pathname.replace(/\/$/, '')}/statements`
  for (let from = 0; from < statements.length; from += BATCH) {
    const { status, text } = await outbound(url.href, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Experience-API-Version': '1.0.3',
        Authorization: `Basic ${Buffer.from(`${store.key}:${store.secret}`).toString('base64')}`,
      },
      body: JSON.stringify(statements.slice(from, from + BATCH)),
    })
    if (status !== 200 && status !== 204) throw new OutboundError(`the store answers ${status}: ${text.slice(0, 200)}`)
  }
  return statements.length
}
