/** The client at the other end of a real connection: by the certificate that it shows, or a token from a list, as kube-apiserver's --client-ca-file and --token-auth-file have it. */
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { namedBy } from '../../api/authentication/certificate-user.ts'
import { ADMIN, ANONYMOUS, type UserInfo } from '../../api/authentication/user.ts'

const AUTHENTICATED = 'system:authenticated'

/** What `--token-auth-file` names: a token, a name, a uid, and groups between quotation marks. @throws Error that says which line is none */
export function readTokens(csv: string): ReadonlyMap<string, UserInfo> {
  const tokens = new Map<string, UserInfo>()
  for (const [i, line] of csv.split(/\r?\n/).entries()) {
    if (!line.trim() || line.startsWith('#')) continue
    const fields = [...line.matchAll(/(?:^|,)\s*(?:"([^"]*)"|([^",]*))/g)].map(([, quoted, bare]) => quoted ?? bare!)
    const [token = '', username = '', uid = '', groups = ''] = fields.map(field => field.trim())
    if (fields.length < 3 || !token || !username)
      throw new Error(`line ${i + 1} is not of the form token,user,uid,"group1,group2"`)
    const named = groups.split(',').filter(Boolean)
    tokens.set(token, { username, ...(uid && { uid }), groups: [...named, AUTHENTICATED] })
  }
  return tokens
}

interface Introduction {
  user: UserInfo
  /** That nothing else has to be asked, and a token not looked at. */
  known: boolean
  /** What only the cluster can judge: a certificate that its own controllers have signed, whose dates are those of its clock. */
  certificate?: string
}

/** Over plain HTTP nobody can show anything, so whoever reaches the port is the administrator. Whom a certificate has named a token does not name again. */
export function identify(
  { socket, headers }: IncomingMessage,
  tokens: ReadonlyMap<string, UserInfo> | undefined,
): Introduction {
  if (socket instanceof TLSSocket && socket.authorized) {
    const { subject, fingerprint256 } = socket.getPeerCertificate()
    const digest = fingerprint256.replaceAll(':', '').toLowerCase()
    const user = namedBy(all(subject.CN).at(-1), all(subject.O), digest)
    if (user) return { user, known: true }
  }
  const token = tokens && /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const named = token && tokens?.get(token)
  if (named) return { user: named, known: true }
  if (!(socket instanceof TLSSocket)) return { user: ADMIN, known: false }
  // One that is believed and names nobody is as good as none.
  const certificate = socket.authorized ? undefined : socket.getPeerX509Certificate()?.toString()
  return { user: ANONYMOUS, known: false, ...(certificate && { certificate }) }
}

const all = (names: string | string[] | undefined): string[] => (names === undefined ? [] : [names].flat())
