/** agnhost test-service-account-issuer-discovery: whether a token is what the cluster's discovery says of its tokens. */
import { isSigned, readClaims } from '../../../../tokens.ts'
import type { Process } from '../../../processes/process.ts'
import { ACCOUNT, askApi, type Place } from '../../cluster/api-client.ts'
import { fatal, log, type Subcommand } from './go.ts'

export const testServiceAccountIssuerDiscovery: Subcommand = async (process, flags) => {
  const path = flags.text('token-path')
  if (!process.fs.exists(path)) return fatal(process, `open ${path}: no such file or directory`)
  const token = process.fs.readFile(path)
  log(process, 'OK: Got token')
  log(process, 'validating with in-cluster discovery')
  if (!process.fs.exists(`${ACCOUNT}/token`)) return fatal(process, `open ${ACCOUNT}/token: no such file or directory`)
  const claims = readClaims(token)
  if (!claims) return fatal(process, 'square/go-jose: compact JWS format must have three parts')
  const { iss = '' } = claims
  log(process, `OK: got issuer ${iss}`)
  log(process, `Full, not-validated claims: \n${JSON.stringify(claims)}`)
  const problem = await validate(process, token, iss, flags.text('audience'))
  if (problem === undefined) {
    log(process, 'OK: Got valid claims from token!')
    log(process, `Full, validated claims: \n${JSON.stringify(claims)}`)
    return 0
  }
  log(process, `failed to validate with in-cluster discovery: ${problem}`)
  return fatal(process, problem)
}

/** @returns what speaks against the token */
async function validate(
  process: Process,
  token: string,
  issuer: string,
  audience: string,
): Promise<string | undefined> {
  const configuration = await fetchJson(process, `${issuer}/.well-known/openid-configuration`)
  if (typeof configuration === 'string') return configuration
  if (configuration.issuer !== issuer)
    return `oidc: issuer did not match the issuer returned by provider, expected "${issuer}" got "${configuration.issuer}"`
  log(process, `OK: Constructed OIDC provider for issuer ${issuer}`)
  const claims = readClaims(token) ?? {}
  if (!claims.aud?.includes(audience)) {
    const list = (claims.aud ?? []).map(a => JSON.stringify(a)).join(' ')
    return `oidc: expected audience "${audience}" got [${list}]`
  }
  if ((claims.exp ?? 0) * 1000 < process.clock.now()) return 'oidc: token is expired'
  const keys = await fetchJson(process, configuration.jwks_uri ?? '')
  if (typeof keys === 'string') return `failed to verify signature: fetching keys ${keys}`
  if (!isSigned(token, keys.keys ?? [])) return 'failed to verify signature: failed to verify id token signature'
  log(process, 'OK: Validated signature on JWT')
  return undefined
}

interface Discovered {
  issuer?: string
  jwks_uri?: string
  keys?: { n: string }[]
}

/** @returns what was found there, or why nothing was */
async function fetchJson(process: Process, url: string): Promise<Discovered | string> {
  const place = placeOf(url)
  if (!place) return `Get "${url}": unsupported protocol scheme`
  const got = await askApi(process, place, `Bearer ${process.fs.readFile(`${ACCOUNT}/token`)}`)
  if ('problem' in got) return got.problem
  const { status, body } = got.answer
  return status === 200 ? (JSON.parse(body) as Discovered) : `${status}: ${body}`
}

function placeOf(url: string): Place | undefined {
  const [, host, port, path] = /^https:\/\/([^/:]+)(?::(\d+))?(\/.*)$/.exec(url) ?? []
  return host && path ? { host, port: Number(port ?? 443), path } : undefined
}
