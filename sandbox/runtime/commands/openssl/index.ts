/** `openssl`: keys of RSA, requests and certificates as tutorials make them, and random bytes. Of the rest it says that it is not simulated. */

import {
  alternativeNames,
  type Certificate,
  makeCertificate,
  makeRequest,
  ofAuthority,
  parseName,
  readCertificate,
  readRequest,
} from '../../../crypto/certificate.ts'
import { type Bytes, numberOf, pem } from '../../../crypto/der-writer.ts'
import { sha1, sha256 } from '../../../crypto/digests.ts'
import {
  makeKey,
  type PrivateKey,
  publicKeyInfo,
  randomBytes,
  readKey,
  verifies,
  writeKey,
} from '../../../crypto/rsa.ts'
import { isErrno } from '../../errno.ts'
import { type Call, type Command, print, Refusal } from '../command.ts'
import { readAll } from '../text/reading.ts'
import { colons, serialOf, showAlternatives, showCertificate, showName, showTime } from './show.ts'

const VERSION = 'OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)\n'
/** What such a search costs the machine that it is done for. */
const KEY_CPU_MS = 100
const LARGEST_KEY = 4096

/** The words of a subcommand: those with a value, and the others. */
interface Words {
  flags: ReadonlySet<string>
  values: ReadonlyMap<string, string>
  rest: readonly string[]
}

/** @param takes flags with a value @param bare flags without */
function words(call: Call, takes: string, bare: string): Words {
  const [, command, ...args] = [call.name, ...call.args]
  const [withValue, without] = [takes, bare].map(list => new Set(list.split(' ')))
  const flags = new Set<string>()
  const values = new Map<string, string>()
  const rest: string[] = []
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    const name = arg.replace(/^--?/, '')
    if (!arg.startsWith('-')) rest.push(arg)
    else if (withValue!.has(name)) {
      const value = args.shift()
      if (value === undefined) throw new Refusal(`Option -${name} needs a value`)
      values.set(name, value)
    } else if (without!.has(name)) flags.add(name)
    else throw new Refusal(`${command} -${name}: not simulated`, 1)
  }
  return { flags, values, rest }
}

/** A flag's value, where it has to be a number. */
function numberIn(values: Words['values'], flag: string): bigint | undefined {
  const text = values.get(flag)
  if (text !== undefined && !/^(\d+|0x[\da-f]+)$/i.test(text)) throw new Refusal(`Can't parse "${text}" as a number`)
  return text === undefined ? undefined : BigInt(text)
}

const warn = (call: Call, text: string): Promise<void> => call.process.write(2, text)

async function input(call: Call, path: string | undefined, what: string): Promise<string> {
  const { process } = call
  if (path === undefined) return readAll(process, process.fds[0]!)
  try {
    // A pipe, as of `<(command)`, is read to its end.
    const { type } = process.fs.stat(path)
    return type === 'file' ? process.fs.readFile(path) : await readAll(process, process.fs.open(path, 'r'))
  } catch (error) {
    if (!isErrno(error)) throw error
    await warn(call, `Could not open file or uri for loading ${what} from ${path}\n`)
    throw new Refusal(`${path}: ${error.message}`)
  }
}

async function output(call: Call, path: string | undefined, text: string, secret = false): Promise<void> {
  const { fs } = call.process
  if (path === undefined) return print(call, text)
  fs.writeFile(path, text, secret ? { mode: 0o600 } : {})
}

async function keyFrom(call: Call, path: string | undefined): Promise<PrivateKey> {
  const key = readKey(await input(call, path, 'private key'))
  if (key) return key
  await warn(call, `Could not read private key from ${path ?? '<stdin>'}\n`)
  throw new Refusal('Unable to load Private Key')
}

async function newKey(call: Call, size: number): Promise<PrivateKey> {
  if (!(size >= 512 && size <= LARGEST_KEY && size % 16 === 0))
    throw new Refusal(`a key of ${size} bits: not simulated`)
  await call.process.compute(KEY_CPU_MS * (size / 2048) ** 3)
  return makeKey(size, call.process.random)
}

/** `rsa:2048` */
function sizeOf(kind: string): number {
  const size = /^rsa(?::(\d+))?$/.exec(kind)
  if (!size) throw new Refusal(`a key of ${kind}: not simulated`)
  return Number(size[1] ?? 2048)
}

/** What a certificate should say besides: of `-addext`, or of a file for it. */
function extensionsOf(written: readonly string[]): Bytes[] {
  return written.map(line => {
    const [name, value = ''] = line.split(/\s*=\s*(.*)/s)
    const names = name?.trim() === 'subjectAltName' && alternativeNames(value)
    if (!names) throw new Refusal(`the extension ${line.trim()}: not simulated`)
    return names
  })
}

const validity = (call: Call, values: Words['values']): { from: number; until: number } => {
  const from = Math.floor(call.process.clock.now() / 1000) * 1000
  return { from, until: from + Number(numberIn(values, 'days') ?? 30n) * 86_400_000 }
}

const serial = (call: Call): bigint => {
  const [first = 0, ...rest] = randomBytes(call.process.random, 20)
  return numberOf([(first & 0x7f) | 0x40, ...rest])
}

function nameOf(subject: string | undefined): Bytes {
  if (subject === undefined) throw new Refusal('questions for the subject are not simulated: name it by -subj', 1)
  const name = parseName(subject)
  if (!name)
    throw new Refusal(
      `subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${subject}'`,
    )
  if ('unknown' in name) throw new Refusal(`${name.unknown} in a subject: not simulated`)
  return name
}

async function req(call: Call): Promise<number> {
  // An extension may be named several times.
  const added = call.args.flatMap((arg, i) => (arg === '-addext' ? [call.args[i + 1] ?? ''] : []))
  const { flags, values } = words(
    call,
    'key keyout newkey out subj days in addext set_serial',
    'new x509 nodes noenc batch sha256 noout subject verify text',
  )
  if (flags.has('text')) throw new Refusal('req -text: not simulated')
  if (!flags.has('new') && !flags.has('x509') && !values.has('newkey')) {
    const path = values.get('in')
    const written = await input(call, path, 'certificate request')
    const request = readRequest(written)
    if (!request) {
      await warn(call, `Unable to load X509 request\n`)
      return 1
    }
    if (flags.has('verify'))
      await warn(
        call,
        `Certificate request self-signature ${request.isGenuine() ? 'verify OK' : 'did not match the contents'}\n`,
      )
    if (flags.has('subject')) await print(call, `subject=${showName(request.subject)}\n`)
    if (!flags.has('noout')) await output(call, values.get('out'), written)
    return 0
  }
  const name = nameOf(values.get('subj'))
  const asked = extensionsOf(added)
  const given = values.get('key')
  const key =
    given === undefined ? await newKey(call, sizeOf(values.get('newkey') ?? 'rsa')) : await keyFrom(call, given)
  if (given === undefined) {
    await warn(call, '-----\n')
    if (!flags.has('nodes') && !flags.has('noenc')) throw new Refusal('a key with a password: not simulated (-nodes)')
    await output(call, values.get('keyout') ?? 'privkey.pem', writeKey(key), true)
  }
  const made = flags.has('x509')
    ? makeCertificate({
        serial: numberIn(values, 'set_serial') ?? serial(call),
        issuer: name,
        subject: name,
        ...validity(call, values),
        keyInfo: publicKeyInfo(key),
        extensions: [...ofAuthority(key), ...asked],
        signer: key,
      })
    : makeRequest(name, key, asked)
  await output(call, values.get('out'), made)
  return 0
}

/** A certificate for who has asked, by an authority. */
async function issue(call: Call, { flags, values }: Words): Promise<number> {
  const request = readRequest(await input(call, values.get('in'), 'certificate request'))
  if (!request) throw new Refusal('Unable to load X509 request')
  const ok = request.isGenuine()
  await warn(call, `Certificate request self-signature ${ok ? 'ok' : 'did not match the contents'}\n`)
  if (!ok) return 1
  await warn(call, `subject=${showName(request.subject)}\n`)
  const self = values.get('signkey') ?? values.get('key')
  const authority =
    self === undefined ? readCertificate(await input(call, values.get('CA'), 'CA certificate')) : undefined
  if (self === undefined && !authority) throw new Refusal('Unable to load CA certificate')
  const signer = await keyFrom(call, self ?? values.get('CAkey') ?? values.get('CA'))
  const file = values.get('extfile')
  const lines =
    file === undefined ? [] : (await input(call, file, 'extensions')).split('\n').filter(line => line.trim())
  const own = numberIn(values, 'set_serial') ?? serial(call)
  const made = makeCertificate({
    serial: own,
    issuer: authority?.subject ?? request.subject,
    subject: request.subject,
    ...validity(call, values),
    keyInfo: request.keyInfo,
    extensions: extensionsOf(lines),
    signer,
  })
  if (flags.has('CAcreateserial'))
    await output(call, values.get('CA')!.replace(/\.[^./]*$/, '.srl'), `${serialOf({ serial: own } as Certificate)}\n`)
  await output(call, values.get('out'), made)
  return 0
}

async function x509(call: Call): Promise<number> {
  const given = words(
    call,
    'in out CA CAkey days extfile signkey key set_serial checkend ext',
    'req noout text subject issuer dates startdate enddate serial fingerprint sha256 sha1 CAcreateserial pubkey',
  )
  const { flags, values } = given
  if (flags.has('req')) return issue(call, given)
  const path = values.get('in')
  const written = await input(call, path, 'certificate')
  const certificate = readCertificate(written)
  if (!certificate) {
    await warn(call, `Could not read certificate from ${path ?? '<stdin>'}\nUnable to load certificate\n`)
    return 1
  }
  const { subject, issuer, from, until } = certificate
  // In the order in which they were asked for.
  const shown: Readonly<Record<string, () => string>> = {
    subject: () => `subject=${showName(subject)}\n`,
    issuer: () => `issuer=${showName(issuer)}\n`,
    dates: () => `notBefore=${showTime(from)}\nnotAfter=${showTime(until)}\n`,
    startdate: () => `notBefore=${showTime(from)}\n`,
    enddate: () => `notAfter=${showTime(until)}\n`,
    serial: () => `serial=${serialOf(certificate)}\n`,
    fingerprint: () =>
      flags.has('sha256')
        ? `sha256 Fingerprint=${colons(sha256(certificate.whole))}\n`
        : `SHA1 Fingerprint=${colons(sha1(certificate.whole))}\n`,
    pubkey: () => pem('PUBLIC KEY', publicKeyInfo(certificate.key)),
    text: () => showCertificate(certificate),
    ext: () => {
      if (values.get('ext') !== 'subjectAltName') throw new Refusal(`-ext ${values.get('ext')}: not simulated`)
      return showAlternatives(certificate) ?? 'No extensions matching specified criteria.\n'
    },
  }
  for (const arg of call.args) {
    const show = shown[arg.replace(/^--?/, '')]
    if (arg.startsWith('-') && show) await print(call, show())
  }
  const soon = numberIn(values, 'checkend')
  if (soon !== undefined) {
    const expires = until < call.process.clock.now() + Number(soon) * 1000
    await print(call, `Certificate will ${expires ? '' : 'not '}expire\n`)
    if (expires) return 1
  }
  if (!flags.has('noout')) await output(call, values.get('out'), pem('CERTIFICATE', certificate.whole))
  return 0
}

async function verify(call: Call): Promise<number> {
  const { values, rest } = words(call, 'CAfile', '')
  const authority = readCertificate(await input(call, values.get('CAfile'), 'CA certificate'))
  let code = 0
  for (const path of rest) {
    const certificate = readCertificate(await input(call, path, 'certificate'))
    const good =
      authority &&
      certificate &&
      verifies(certificate.body, certificate.signature, authority.key) &&
      certificate.until > call.process.clock.now()
    if (good) await print(call, `${path}: OK\n`)
    else code = 2
    if (!good && certificate)
      await warn(
        call,
        `${showName(certificate.subject)}\nerror ${certificate.until > call.process.clock.now() ? '20 at 0 depth lookup: unable to get local issuer certificate' : '10 at 0 depth lookup: certificate has expired'}\nerror ${path}: verification failed\n`,
      )
  }
  return code
}

const COMMANDS: Readonly<Record<string, (call: Call) => Promise<number | undefined>>> = {
  version: call => print(call, VERSION).then(() => 0),
  async rand(call) {
    const { flags, values, rest } = words(call, 'out', 'hex base64')
    const count = numberIn(new Map([['count', rest[0] ?? '']]), 'count')
    const bytes = randomBytes(call.process.random, Number(count))
    if (!flags.has('hex') && !flags.has('base64'))
      throw new Refusal('rand of bare bytes: not simulated (-hex, -base64)')
    const text = flags.has('hex')
      ? bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')
      : btoa(String.fromCharCode(...bytes)).replace(/.{64}(?=.)/g, '$&\n')
    await output(call, values.get('out'), `${text}\n`)
    return 0
  },
  async genrsa(call) {
    const { values, rest } = words(call, 'out', '')
    await output(call, values.get('out'), writeKey(await newKey(call, Number(rest[0] ?? 2048))), true)
    return 0
  },
  async genpkey(call) {
    const { values } = words(call, 'algorithm out pkeyopt', '')
    if (values.get('algorithm')?.toUpperCase() !== 'RSA') throw new Refusal('keys other than RSA: not simulated')
    const size = /^rsa_keygen_bits:(\d+)$/.exec(values.get('pkeyopt') ?? 'rsa_keygen_bits:2048')
    if (!size) throw new Refusal(`-pkeyopt ${values.get('pkeyopt')}: not simulated`)
    await output(call, values.get('out'), writeKey(await newKey(call, Number(size[1]))), true)
    return 0
  },
  async rsa(call) {
    const { flags, values } = words(call, 'in out', 'pubout noout check')
    const key = await keyFrom(call, values.get('in'))
    if (flags.has('check')) await print(call, 'RSA key ok\n')
    await warn(call, 'writing RSA key\n')
    if (!flags.has('noout'))
      await output(
        call,
        values.get('out'),
        flags.has('pubout') ? pem('PUBLIC KEY', publicKeyInfo(key)) : writeKey(key),
        !flags.has('pubout'),
      )
    return 0
  },
  req,
  x509,
  verify,
}

/** What a real one has besides. */
const OTHERS = new Set(
  'asn1parse ca ciphers cmp cms crl dgst dsa ec ecparam enc errstr help info list nseq ocsp passwd pkcs12 pkcs7 pkcs8 pkey pkeyparam pkeyutl prime rehash s_client s_server s_time speed storeutl ts'.split(
    ' ',
  ),
)

export const openssl: Command = async call => {
  const [name = ''] = call.args
  const command = COMMANDS[name]
  if (!command) {
    await warn(
      call,
      OTHERS.has(name) || !name
        ? `openssl: ${name || 'commands that are typed'}: not simulated\n`
        : `Invalid command '${name}'; type "help" for a list.\n`,
    )
    return 1
  }
  try {
    return (await command(call)) ?? 0
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Its commands speak for themselves.
    await warn(call, `${name}: ${error.message}\n`)
    return error.code
  }
}
