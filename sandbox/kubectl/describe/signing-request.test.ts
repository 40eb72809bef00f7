/** kubectl describe of a request that openssl has made, as by kubectl 1.33. */
import { expect, it } from 'vitest'
import type { DescribeContext } from './index.ts'
import { describe } from './signing-request.ts'
import { Writer } from './writer.ts'

const REQUEST =
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlJQlR6Q0I5UUlCQURCUk1Rd3dDZ1lEVlFRS0RBTmtaWFl4RERBS0JnTlZCQW9NQTI5d2N6RUtNQWdHQTFVRQpDd3dCZFRFTE1Ba0dBMVVFQmhNQ1JFVXhEVEFMQmdOVkJBTU1CR3BoYm1VeEN6QUpCZ05WQkFVVEFqRXlNRmt3CkV3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFNjF2aWtCak5qc1Z4TllEWWdOdEdoNW9DeCt6UGJpRlYKc0tsd0txR3M5c3pvelA1alFla2dNQ0VGMDlRbXZtYXpONXM5VUtaL0VEbUxxWFJXRmRiZTU2QkNNRUFHQ1NxRwpTSWIzRFFFSkRqRXpNREV3THdZRFZSMFJCQ2d3Sm9JRFlTNWlnZ05qTG1TSEJBRUNBd1NCQlhoQWVTNTZoZzFvCmRIUndjem92TDNFdWNpOXpNQW9HQ0NxR1NNNDlCQU1DQTBrQU1FWUNJUUNsL3pHYkdxQmZJanEwWVFPaytpeWEKeGM3ZXN5alN1SElCbUtaSlNDTWRqQUloQU1ZUGs1RjdIV1k3ZFBKaHMvRmFocVp0eTJnMUJYQi9VZ0hvR2lnTworeHlHCi0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo='

const csr = {
  metadata: { name: 'jane', labels: { a: 'b' }, creationTimestamp: '2026-01-05T09:00:00Z' },
  spec: {
    request: REQUEST,
    username: 'kubernetes-admin',
    signerName: 'kubernetes.io/kube-apiserver-client',
    expirationSeconds: 86_400,
  },
  status: { conditions: [{ type: 'Approved' }] },
}

const described = async (object: object): Promise<string> => {
  const w = new Writer()
  await describe(w, object, { events: async () => {} } as unknown as DescribeContext)
  return w.text().replace(/ {2,}/g, '  ')
}

it('tells who asks, for what names, and how it was answered', async () => {
  expect(await described(csr)).toBe(`Name:  jane
Labels:  a=b
Annotations:  <none>
CreationTimestamp:  Mon, 05 Jan 2026 09:00:00 +0000
Requesting User:  kubernetes-admin
Signer:  kubernetes.io/kube-apiserver-client
Requested Duration:  24h
Status:  Approved
Subject:
  Common Name:  jane
  Serial Number:  12
  Organization:  dev
  ops
  Organizational Unit:  u
  Country:  DE
Subject Alternative Names:
  DNS Names:  a.b
  c.d
  Email Addresses:  x@y.z
  URIs:  https://q.r/s
  IP Addresses:  1.2.3.4
`)
})

it('refuses what is cut off', async () => {
  const pem = '-----BEGIN CERTIFICATE REQUEST-----\nMIH/MA==\n-----END CERTIFICATE REQUEST-----\n'
  const cut = { ...csr, spec: { ...csr.spec, request: btoa(pem) } }
  await expect(described(cut)).rejects.toThrow('Error parsing CSR: asn1: syntax error: data truncated')
})

it('refuses what is no request', async () => {
  const other = { ...csr, spec: { ...csr.spec, request: btoa('-----BEGIN X-----\nMAA=\n-----END X-----\n') } }
  await expect(described(other)).rejects.toThrow('Error parsing CSR: PEM block type must be CERTIFICATE REQUEST')
})
