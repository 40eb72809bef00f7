/** Certificates that were issued here are read back, also from texts that hold something else besides. */
import { expect, test } from 'vitest'
import { alternativeNames, makeRequest, parseName, readCertificate, readName, readRequest } from './certificate.ts'
import type { Bytes } from './der-writer.ts'
import { issue } from './issue.ts'
import { ROOT_CA } from './root-ca.ts'
import { rootAuthority } from './root-key.ts'
import { alternativeName, alternativeNamesOf, nameFields, readCertificates } from './x509.ts'

const authority = rootAuthority()
const [from, until] = [Date.UTC(2026, 0, 5), Date.UTC(2050, 0, 1)]
const request = readRequest(
  makeRequest(parseName('/O=dev/CN=web') as Bytes, authority.key, [alternativeNames('DNS:web.shop,IP:10.0.0.1')!]),
)!
const PEM = issue(request, authority, { usages: ['server auth'], from, until, serial: 7n })

test('reads back what was issued, with times of two digits and of four', () => {
  const certificate = readCertificate(PEM)!
  expect(certificate).toMatchObject({ version: 3, serial: 7n, from, until, issuer: authority.certificate.subject })
  expect(nameFields(certificate.subject).flat()).toEqual([
    ['2.5.4.10', 'dev'],
    ['2.5.4.3', 'web'],
  ])
  expect(readName(certificate.subject).flat()).toEqual([
    ['O', 'dev'],
    ['CN', 'web'],
  ])
  expect(alternativeNamesOf(certificate).map(alternativeName)).toEqual(['web.shop', '10.0.0.1'])
})

test('finds the certificates of a text among keys, broken base64 and bytes that are no certificate', () => {
  const block = (label: string, body: string) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
  const text = [block('CERTIFICATE', '!!!'), block('CERTIFICATE', 'AgEF'), PEM, block('PRIVATE KEY', 'AgEF'), ROOT_CA]
  expect(readCertificates(text.join('')).map(({ serial }) => serial)).toEqual([7n, authority.certificate.serial])
  expect(readCertificate(block('CERTIFICATE', 'AgEF'))).toBeUndefined()
  expect(readRequest(block('CERTIFICATE REQUEST', 'MAA='))).toBeUndefined()
})
