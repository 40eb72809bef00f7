/** What agnhost's servers show who speaks TLS with them: the certificate of a file, with its key. */
import { type Certificate, certificateOf } from '../../../../network/tls.ts'
import type { Process } from '../../../processes/process.ts'

/** The image's own pair, which no authority has signed; its certificate is none that could be read here. */
const OWN = { file: /^\/?localhost\.crt$/, names: ['127.0.0.1', '::1', 'example.com'] }

/** @returns what Go says of files that are missing or hold something else */
export function certificateFrom(process: Process, certificate: string, key: string): Certificate | string {
  const { fs } = process
  for (const file of [certificate, key]) if (!fs.exists(file)) return `open ${file}: no such file or directory`
  const pem = fs.readFile(certificate)
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) return 'tls: failed to find any PEM data in certificate input'
  if (!fs.readFile(key).includes('-----BEGIN')) return 'tls: failed to find any PEM data in key input'
  const found = certificateOf(pem) ?? (OWN.file.test(certificate) && { issuer: pem.trim(), names: OWN.names })
  return found || 'x509: malformed certificate'
}
