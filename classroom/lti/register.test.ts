/** Registration as platforms do it that the simulator is not: Canvas, whose schools share an issuer, and one that lies. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../db/db.ts'
import { openDatabase } from '../db/open.ts'
import { prepared } from '../db/prepared-for-tests.ts'
import type { Teacher } from '../domain/accounts.ts'
import type { Outbound, OutboundOptions } from '../net/outbound.ts'
import { platformsOf } from './platforms.ts'
import { register } from './register.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-register-'))
const grace: Teacher = { id: randomUUID(), email: 'grace@example.org', name: 'Grace' }
let db: Db
beforeAll(async () => {
  db = await openDatabase({ data: await prepared(folder) })
  await db.query('insert into teacher (id, email, name) values ($1, $2, $3)', [grace.id, grace.email, grace.name])
}, 60_000)
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true })
})

const configuration = {
  issuer: 'https://canvas.instructure.com',
  authorization_endpoint: 'https://sso.canvaslms.com/api/lti/authorize_redirect',
  token_endpoint: 'https://sso.canvaslms.com/login/oauth2/token',
  jwks_uri: 'https://sso.canvaslms.com/api/lti/security/jwks',
  registration_endpoint: 'https://school.instructure.com/api/lti/registrations',
  'https://purl.imsglobal.org/spec/lti-platform-configuration': { product_family_code: 'canvas', version: null },
}
const asked: { url: string; options: OutboundOptions }[] = []
/** Answers to who shows the token alone. */
const canvas: Outbound = async (url, options = {}) => {
  asked.push({ url, options })
  const told = options.method === 'POST' ? { client_id: '10000000000001', deployment_id: null } : configuration
  const status = options.headers?.Authorization === 'Bearer t' ? 200 : 401
  return { status, header: () => undefined, text: JSON.stringify(told) }
}
const from = (configurationUrl: string) =>
  register(db, canvas, { origin: 'https://class.example.org', ownHosts: new Set() }, grace, {
    configurationUrl,
    token: 't',
  })

test('a school of Canvas registers us under the issuer that all of them share, and is told where lessons are chosen', async () => {
  const made = await from('https://school.instructure.com/api/lti/security/openid-configuration')
  // The school names it later.
  expect(made).toMatchObject({ issuer: configuration.issuer, deployment: undefined })
  expect(await platformsOf(db, grace)).toMatchObject([{ client_id: '10000000000001', name: 'canvas' }])
  const sent = JSON.parse(asked.at(-1)!.options.body!) as Record<string, { messages: object[] }>
  expect(sent['https://purl.imsglobal.org/spec/lti-tool-configuration']!.messages).toContainEqual(
    expect.objectContaining({ type: 'LtiDeepLinkingRequest', placements: ['assignment_selection', 'link_selection'] }),
  )
})

test.each([
  'https://elsewhere.example/openid-configuration',
  'https://instructure.com.elsewhere.example/',
  'https://evilinstructure.com/',
])('%s does not speak for Canvas', async url => {
  await expect(from(url)).rejects.toThrow('speaks for')
})
