/**
 * TLS as far as it can be seen from outside: a first exchange in which the server shows a certificate, and then a connection as
 * any other. Nothing is encrypted or signed; a certificate is believed because of who is said to have issued it.
 */

import { alternativeName, alternativeNamesOf, DNS, IP, readCertificates } from '../crypto/x509.ts'
import type { Connection } from './network.ts'

export interface Certificate {
  /** The certificate of the authority, as PEM; the server's own where it signed itself. */
  issuer: string
  /** Host names, perhaps with `*` as their first label, and addresses. */
  names: readonly string[]
  /** Of a real certificate, what it calls its authority: the name as it is encoded, in hex. */
  issuerName?: string
}

/** A certificate from a file, as X.509. @returns undefined when it is none */
export function certificateOf(pem: string): Certificate | undefined {
  const [own] = readCertificates(pem)
  if (!own) return undefined
  const names = alternativeNamesOf(own).filter(({ tag }) => tag === DNS || tag === IP)
  return { issuer: pem.trim(), names: names.map(alternativeName), issuerName: hex(own.issuer) }
}

const hex = (bytes: readonly number[]): string => bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')

const CLIENT_HELLO = '\x16\x03\x01'
const SERVER_HELLO = '\x16\x03\x03'

/** As much of a connection as is needed here: one that was forwarded knows no addresses. */
type Line = Pick<Connection, 'send' | 'onData' | 'onClose' | 'close'>

/** What came behind the first exchange belongs to the connection. */
function behind<L extends Line>(connection: L, early: string): L {
  const line: Line = {
    send: data => connection.send(data),
    onData(handler) {
      const text = early
      early = ''
      if (text) handler(text)
      connection.onData(handler)
    },
    onClose: handler => connection.onClose(handler),
    close: () => connection.close(),
  }
  return Object.assign(Object.create(connection), line) as L
}

/** The server's side. @param plain told what a client sent that speaks no TLS */
export function acceptTls(
  connection: Connection,
  certificate: Certificate,
  secured: (connection: Connection) => void,
  plain: (text: string) => void,
): void {
  firstLine(connection, CLIENT_HELLO, plain, (_, rest) => {
    connection.send(`${SERVER_HELLO}${JSON.stringify(certificate)}\n`)
    secured(behind(connection, rest))
  })
}

export type Secured<L extends Line = Connection> =
  | { connection: L; certificate: Certificate }
  | { plain: string }
  | undefined

/** The client's side; undefined when the server hangs up instead. */
export function startTls<L extends Line>(connection: L, serverName: string, done: (result: Secured<L>) => void): void {
  let over = false
  const finish = (result: Secured<L>): void => {
    if (over) return
    over = true
    done(result)
  }
  connection.onClose(() => finish(undefined))
  firstLine(
    connection,
    SERVER_HELLO,
    plain => finish({ plain }),
    (hello, rest) => finish({ connection: behind(connection, rest), certificate: JSON.parse(hello) as Certificate }),
  )
  connection.send(`${CLIENT_HELLO}${serverName}\n`)
}

function firstLine(
  connection: Line,
  start: string,
  other: (text: string) => void,
  found: (line: string, rest: string) => void,
): void {
  let text = ''
  let over = false
  connection.onData(data => {
    if (over) return
    text += data
    const end = text.indexOf('\n')
    if (!text.startsWith(start.slice(0, text.length))) {
      over = true
      other(text)
    } else if (end >= 0) {
      over = true
      found(text.slice(start.length, end), text.slice(end + 1))
    }
  })
}

/** What is wrong with a certificate for somebody who trusts these authorities (PEM, one or several). */
export function distrust(
  { issuer, names, issuerName }: Certificate,
  host: string,
  authorities: string | undefined,
): 'unknown issuer' | 'wrong name' | undefined {
  const known =
    authorities?.includes(issuer.trim()) ||
    (issuerName !== undefined && readCertificates(authorities ?? '').some(({ subject }) => hex(subject) === issuerName))
  if (!known) return 'unknown issuer'
  return names.some(name => covers(name, host.toLowerCase())) ? undefined : 'wrong name'
}

const covers = (name: string, host: string): boolean =>
  name.startsWith('*.') ? host.slice(host.indexOf('.')) === name.slice(1) && host.includes('.') : name === host
