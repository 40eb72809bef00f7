/** Describes a certificate signing request: its subject, its requester and its status. */
import { humanDuration } from '../../api/formats/duration.ts'
import { pemBlocks } from '../../crypto/der-writer.ts'
import {
  alternativeName,
  alternativeNamesOf,
  DNS,
  EMAIL,
  IP,
  nameFields,
  readX509Request,
  URI,
  type X509Request,
} from '../../crypto/x509.ts'
import { KubectlError } from '../errors.ts'
import type { Obj } from '../objects.ts'
import { printLabels } from '../objects.ts'
import type { Describer } from './index.ts'
import { longTime, orNone } from './writer.ts'

const NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'Common Name',
  '2.5.4.5': 'Serial Number',
  '2.5.4.6': 'Country',
  '2.5.4.7': 'Locality',
  '2.5.4.8': 'Province',
  '2.5.4.9': 'StreetAddress',
  '2.5.4.10': 'Organization',
  '2.5.4.11': 'Organizational Unit',
  '2.5.4.17': 'PostalCode',
}
const LISTS = ['Organization', 'Organizational Unit', 'Country', 'Locality', 'Province', 'StreetAddress', 'PostalCode']

/** Kinds of alternative names, as they are listed. */
const ALTERNATIVES: readonly (readonly [tag: number, name: string])[] = [
  [DNS, 'DNS Names'],
  [EMAIL, 'Email Addresses'],
  [URI, 'URIs'],
  [IP, 'IP Addresses'],
]

/** @throws in the words of kubectl's certificate.ParseCSR */
function parse(pem: string): X509Request {
  const [block] = pemBlocks(pem, ['CERTIFICATE REQUEST'])
  if (!block) throw new Error('PEM block type must be CERTIFICATE REQUEST')
  return readX509Request(block.bytes)
}

function statusOf({ conditions = [], certificate }: Obj): string {
  const is = (type: string): boolean => (conditions as Obj[]).some(c => c.type === type)
  const answer = is('Denied') ? 'Denied' : is('Approved') ? 'Approved' : 'Pending'
  return `${answer}${is('Failed') ? ',Failed' : ''}${certificate ? ',Issued' : ''}`
}

export const describe: Describer = async (w, csr, c) => {
  const { metadata, spec, status = {} } = csr
  let request: X509Request
  try {
    request = parse(atob(spec.request))
  } catch (e) {
    throw new KubectlError(`Error parsing CSR: ${(e as Error).message}`)
  }
  w.field('Name', metadata.name)
  w.field('Labels', orNone(printLabels(metadata.labels)))
  w.field('Annotations', orNone(printLabels(metadata.annotations)))
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp))
  w.field('Requesting User', spec.username ?? '')
  if (spec.signerName) w.field('Signer', spec.signerName)
  if (spec.expirationSeconds) w.field('Requested Duration', humanDuration(spec.expirationSeconds * 1000))
  w.field('Status', statusOf(status))
  w.line(0, 'Subject:')
  const list = (name: string, values: readonly string[]): void => {
    if (values.length) w.line(0, `\t${name}:\t${values.join('\n\t\t')}`)
  }
  const subject = nameFields(request.subject).flat()
  const valuesOf = (name: string): string[] => subject.filter(([id]) => NAMES[id] === name).map(([, value]) => value)
  for (const name of ['Common Name', 'Serial Number']) w.line(0, `\t${name}:\t${valuesOf(name).at(-1) ?? ''}`)
  for (const name of LISTS) list(name, valuesOf(name))
  const alternatives = alternativeNamesOf(request)
  if (alternatives.some(({ tag }) => ALTERNATIVES.some(([known]) => known === tag))) {
    w.line(0, 'Subject Alternative Names:')
    for (const [kind, name] of ALTERNATIVES)
      list(name, alternatives.filter(({ tag }) => tag === kind).map(alternativeName))
  }
  await c.events(csr)
}
