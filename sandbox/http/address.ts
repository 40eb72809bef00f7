/** The API server's own address, as its documents state it. */
import type { ApiServer } from '../api/server.ts'
import type { Endpoints } from '../api/types.ts'

/** `IP:PORT`, as its own Endpoints have it. */
export function addressOfApi(server: ApiServer): string {
  const endpoints = server.context.find('endpoints', 'default', 'kubernetes') as Endpoints | undefined
  const { addresses, ports } = endpoints?.subsets?.[0] ?? {}
  return `${addresses?.[0]?.ip ?? 'kubernetes.default.svc'}:${ports?.[0]?.port ?? 443}`
}
