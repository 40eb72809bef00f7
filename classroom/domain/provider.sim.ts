/** A sign-in provider (OpenID Connect), small but strict, for tests; it can be told to lie. */
import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface Account {
  sub: string
  email?: string
  email_verified?: boolean
  name?: string
}

export async function startProvider() {
  const key = await generateKeyPair('ES256', { extractable: true })
  const codes = new Map<string, { asked: URLSearchParams; account: Account }>()
  const sim = {
    issuer: '',
    clientId: 'podlab',
    clientSecret: 'secret: of +all',
    /** Claims that a token has instead of the right ones. */
    lie: {} as Record<string, unknown>,
    /** Somebody has signed in there: where the browser is sent. */
    signIn(to: string, account: Account): string {
      const asked = new URL(to).searchParams
      if (asked.get('response_type') !== 'code' || asked.get('code_challenge_method') !== 'S256')
        throw new Error('not asked rightly')
      const code = randomUUID()
      codes.set(code, { asked, account })
      return `${asked.get('redirect_uri')}?${new URLSearchParams({ code, state: asked.get('state')!, iss: sim.issuer })}`
    },
    close: () => new Promise(done => server.close(done)),
  }
  const server = createServer(async (request, response) => {
    const json = (status: number, value: unknown) => response.writeHead(status).end(JSON.stringify(value))
    if (request.url === '/.well-known/openid-configuration')
      return json(200, {
        issuer: sim.issuer,
        authorization_endpoint: `${sim.issuer}/authorize`,
        token_endpoint: `${sim.issuer}/token`,
        jwks_uri: `${sim.issuer}/jwks`,
      })
    if (request.url === '/jwks')
      return json(200, { keys: [{ ...(await exportJWK(key.publicKey)), kid: 'k', alg: 'ES256' }] })
    let text = ''
    for await (const chunk of request) text += chunk
    const body = new URLSearchParams(text)
    const found = codes.get(body.get('code') ?? '')
    codes.delete(body.get('code') ?? '')
    const secret = [sim.clientId, sim.clientSecret].map(encodeURIComponent).join(':')
    const right =
      found &&
      request.headers.authorization === `Basic ${Buffer.from(secret).toString('base64')}` &&
      body.get('grant_type') === 'authorization_code' &&
      body.get('redirect_uri') === found.asked.get('redirect_uri') &&
      createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url') === found.asked.get('code_challenge')
    if (!right) return json(400, { error: 'invalid_grant' })
    const now = Math.floor(Date.now() / 1000)
    const token = await new SignJWT({
      iss: sim.issuer,
      aud: sim.clientId,
      iat: now,
      exp: now + 300,
      nonce: found.asked.get('nonce')!,
      ...found.account,
      ...sim.lie,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .sign(key.privateKey)
    return json(200, { access_token: 'x', token_type: 'Bearer', id_token: token })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  sim.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return sim
}
