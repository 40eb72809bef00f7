/** openssl: keys and certificates that others can read, and what is said of them. Their words are those of OpenSSL 3.0. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'

async function shell() {
  const m = machine()
  const container = m.run('nicolaka/netshoot', { command: ['sleep', '3600'] })
  await m.clock.advance(100)
  return {
    sh: async (script: string) => {
      const { out, err } = await m.exec(container, ['bash', '-c', script])
      return out + err
    },
    read: (path: string) => container.readFile(path)!,
  }
}

it('makes a certificate that signs itself, and a key for it, as any other library reads them', async () => {
  const { sh, read } = await shell()
  const made = `openssl req -x509 -nodes -days 365 -newkey rsa:1024 -keyout /tls.key -out /tls.crt -subj "/CN=example.com/O=example" -addext "subjectAltName=DNS:example.com,IP:1.2.3.4"`
  expect(await sh(made)).toBe('-----\n')
  const certificate = new X509Certificate(read('/tls.crt'))
  const key = createPrivateKey(read('/tls.key'))
  expect(certificate.checkPrivateKey(key)).toBe(true)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.subject).toBe('CN=example.com\nO=example')
  expect(certificate.subjectAltName).toBe('DNS:example.com, IP Address:1.2.3.4')
  expect(certificate.ca).toBe(true)
  const shown = await sh(
    'openssl x509 -in /tls.crt -noout -subject -issuer -dates -serial -ext subjectAltName -fingerprint',
  )
  expect(shown).toBe(
    `subject=CN = example.com, O = example
issuer=CN = example.com, O = example
notBefore=${certificate.validFrom}
notAfter=${certificate.validTo}
serial=${certificate.serialNumber}
X509v3 Subject Alternative Name: ${''}
    DNS:example.com, IP Address:1.2.3.4
SHA1 Fingerprint=${certificate.fingerprint}
`,
  )
  const text = await sh('openssl x509 -in /tls.crt -noout -text')
  expect(text).toContain('        Version: 3 (0x2)\n')
  expect(text).toContain('            X509v3 Basic Constraints: critical\n                CA:TRUE\n')
  expect(text).toMatch(/Modulus:\n {20}00:([0-9a-f]{2}:){14}\n/)
  expect(await sh('ls -l /tls.key | cut -c1-10')).toBe('-rw-------\n')
})

it('lets an authority answer a request', async () => {
  const { sh, read } = await shell()
  const out =
    await sh(`cd /; openssl genrsa -out ca.key 1024 && openssl req -x509 -new -key ca.key -subj /CN=ca -days 10 -out ca.crt
openssl genrsa -out jane.key 1024; openssl req -new -key jane.key -out jane.csr -subj "/CN=jane/O=dev"; openssl req -in jane.csr -noout -subject
openssl x509 -req -in jane.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 5 -out jane.crt -extfile <(printf 'subjectAltName=DNS:jane.example')
openssl verify -CAfile ca.crt jane.crt; openssl verify -CAfile jane.crt ca.crt; openssl x509 -in jane.crt -noout -checkend 86400`)
  expect(out).toBe(`subject=CN = jane, O = dev
jane.crt: OK
Certificate will not expire
Certificate request self-signature ok
subject=CN = jane, O = dev
CN = ca
error 20 at 0 depth lookup: unable to get local issuer certificate
error ca.crt: verification failed
`)
  const [jane, ca] = [new X509Certificate(read('/jane.crt')), new X509Certificate(read('/ca.crt'))]
  expect(jane.verify(ca.publicKey)).toBe(true)
  expect(jane.checkIssued(ca)).toBe(true)
  expect(jane.subjectAltName).toBe('DNS:jane.example')
})

it('draws from the world’s own chance: the same seed, the same bytes', async () => {
  const script = 'openssl rand -hex 8; openssl rand -base64 6; openssl genrsa 512 | sha256sum'
  const [one, two] = [await (await shell()).sh(script), await (await shell()).sh(script)]
  expect(one).toBe(two)
  expect(one).toMatch(/^[0-9a-f]{16}\n[A-Za-z0-9+/]{8}\n[0-9a-f]{64} {2}-\n$/)
})

it('refuses what it does not do, and what there is not', async () => {
  const { sh } = await shell()
  expect(
    await sh(
      'openssl foo; openssl s_client -connect a:443; openssl x509 -in /etc/passwd -noout; openssl req -new -newkey ec -subj /CN=a; openssl req -x509 -newkey rsa:512 -nodes; openssl genrsa -des3',
    ),
  ).toBe(
    `Invalid command 'foo'; type "help" for a list.
openssl: s_client: not simulated
Could not read certificate from /etc/passwd
Unable to load certificate
req: a key of ec: not simulated
req: questions for the subject are not simulated: name it by -subj
genrsa: genrsa -des3: not simulated
`,
  )
  expect(
    await sh('openssl req -x509 -newkey rsa:512 -nodes -keyout k -subj /CN=a -days soon; openssl rand -hex many'),
  ).toBe(`-----
req: Can't parse "soon" as a number
rand: Can't parse "many" as a number
`)
})
