/** Describes a certificate signing request: what is asked for, by whom, and what became of it. */
import { humanDuration } from '../../api/duration.ts'
import { type Element as ElementOf, elements } from '../../crypto/der.ts'
import { KubectlError } from '../errors.ts'
import type { Obj } from '../objects.ts'
import { printLabels } from '../objects.ts'
import { objectId, text } from './der.ts'
import type { Describer } from './index.ts'
import { longTime, orNone } from './writer.ts'

type Element = ElementOf<Uint8Array>

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

const EXTENSIONS = '1.2.840.113549.1.9.14'
const ALTERNATIVE_NAMES = '2.5.29.17'
/** Tag → kind of alternative name. */
const ALTERNATIVES: readonly (readonly [tag: number, name: string])[] = [
  [0x82, 'DNS Names'],
  [0x81, 'Email Addresses'],
  [0x86, 'URIs'],
  [0x87, 'IP Addresses'],
]

const address = (body: Uint8Array): string =>
  body.length === 4
    ? body.join('.')
    : Array.from({ length: 8 }, (_, i) => (body[2 * i]! * 256 + body[2 * i + 1]!).toString(16)).join(':')

interface Request {
  subject: Map<string, string[]>
  alternatives: Map<string, string[]>
}

const add = (map: Map<string, string[]>, key: string, value: string): void =>
  void map.set(key, [...(map.get(key) ?? []), value])

function read(pem: string): Request {
  const base64 = /-----BEGIN CERTIFICATE REQUEST-----([^-]*)-----/.exec(pem)?.[1] ?? ''
  const bytes = Uint8Array.from(atob(base64.replace(/\s/g, '')), c => c.charCodeAt(0))
  const inner = (e: Element | undefined): Element[] => (e ? elements(e.body) : [])
  const [, subject, , attributes] = inner(inner(elements(bytes)[0])[0])
  const request: Request = { subject: new Map(), alternatives: new Map() }
  for (const set of inner(subject))
    for (const pair of inner(set)) {
      const [id, value] = inner(pair)
      const name = id && NAMES[objectId(id.body)]
      if (name && value) add(request.subject, name, text(value.body))
    }
  for (const attribute of inner(attributes)) {
    const [id, values] = inner(attribute)
    if (!id || objectId(id.body) !== EXTENSIONS) continue
    for (const extension of inner(inner(values)[0])) {
      const parts = inner(extension)
      if (objectId(parts[0]!.body) !== ALTERNATIVE_NAMES) continue
      for (const one of inner(inner(parts.at(-1))[0])) {
        const kind = ALTERNATIVES.find(([tag]) => tag === one.tag)?.[1]
        if (kind) add(request.alternatives, kind, one.tag === 0x87 ? address(one.body) : text(one.body))
      }
    }
  }
  return request
}

function statusOf({ conditions = [], certificate }: Obj): string {
  const is = (type: string): boolean => (conditions as Obj[]).some(c => c.type === type)
  const answer = is('Denied') ? 'Denied' : is('Approved') ? 'Approved' : 'Pending'
  return `${answer}${is('Failed') ? ',Failed' : ''}${certificate ? ',Issued' : ''}`
}

export const describe: Describer = async (w, csr, c) => {
  const { metadata, spec, status = {} } = csr
  let request: Request
  try {
    request = read(atob(spec.request))
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
  for (const name of ['Common Name', 'Serial Number'])
    w.line(0, `\t${name}:\t${request.subject.get(name)?.at(-1) ?? ''}`)
  for (const name of LISTS) list(name, request.subject.get(name) ?? [])
  if (request.alternatives.size) {
    w.line(0, 'Subject Alternative Names:')
    for (const [, name] of ALTERNATIVES) list(name, request.alternatives.get(name) ?? [])
  }
  await c.events(csr)
}
