/** Tools that ask name servers, in the words of the real ones before the same replies: dig, nslookup, host, getent. */
import { describe, expect, it } from 'vitest'
import type { Resolver } from '../../../network/network.ts'
import { machine } from '../../testing.ts'

const ZONE = 'cluster.local'

const RECORDS: Readonly<Record<string, Partial<Record<Parameters<Resolver>[1], readonly string[]>>>> = {
  'web.default.svc.cluster.local': { A: ['10.96.3.4'] },
  'db.default.svc.cluster.local': { A: ['10.244.2.2', '10.244.2.3'] },
  '_http._tcp.web.default.svc.cluster.local': { SRV: ['0 100 80 web.default.svc.cluster.local'] },
  'ext.default.svc.cluster.local': { CNAME: ['example.com'] },
  '4.3.96.10.in-addr.arpa': { PTR: ['web.default.svc.cluster.local'] },
  'default.svc.cluster.local': {},
  [ZONE]: { SOA: ['ns.dns.cluster.local hostmaster.cluster.local 1767603632 7200 1800 86400 30'] },
}

const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.53'

async function run(script: string, image: string, resolver: Resolver) {
  const m = machine()
  m.network.resolver = resolver
  const began = m.clock.now()
  const ended = await m.sh(script, { image, ms: 200_000 })
  return { ...ended, seconds: Math.floor((m.clock.now() - began) / 1000) }
}

const sh = (script: string, image = AGNHOST) =>
  run(script, image, (name, type) => {
    const records = RECORDS[name]
    return records && (records[type] ?? [])
  })

const toNobody = (script: string, image = AGNHOST) => run(script, image, () => 'silence')

/** A reply without what is drawn by chance, and when it came. */
const steady = (text: string): string =>
  text
    .replace(/id: \d+/, 'id: N')
    .replace(/COOKIE: [0-9a-f]{16} /, 'COOKIE: C ')
    .replace(/WHEN: .*/, 'WHEN: now')

describe('dig', () => {
  it('prints one line for each record when only the answer is wanted', async () => {
    expect((await sh('dig +notcp +noall +answer +search web A')).out).toBe(
      'web.default.svc.cluster.local. 30 IN\tA\t10.96.3.4\n',
    )
    expect((await sh('dig +tcp +noall +answer +search _http._tcp.web SRV')).out).toBe(
      '_http._tcp.web.default.svc.cluster.local. 30 IN\tSRV 0 100 80 web.default.svc.cluster.local.\n',
    )
    expect((await sh('dig +noall +answer -x 10.96.3.4')).out).toBe(
      '4.3.96.10.in-addr.arpa.\t30\tIN\tPTR\tweb.default.svc.cluster.local.\n',
    )
    expect((await sh('dig +noall +answer +search ext')).out).toBe(
      'ext.default.svc.cluster.local. 30 IN\tCNAME\texample.com.\n',
    )
    expect((await sh('check="$(dig +noall +answer +search nothing A)" && test -n "$check" && echo OK')).out).toBe('')
  })

  it('prints only what the records say when it is to be short', async () => {
    expect((await sh('dig +short web.default.svc.cluster.local db.default.svc.cluster.local')).out).toBe(
      '10.96.3.4\n10.244.2.2\n10.244.2.3\n',
    )
    expect((await sh('dig +short ext.default.svc.cluster.local CNAME')).out).toBe('example.com.\n')
    expect((await sh('dig +short -x 10.96.3.4')).out).toBe('web.default.svc.cluster.local.\n')
    // The search list is not used unless it is asked for.
    expect((await sh('dig +short web')).out).toBe('')
  })

  it('shows the whole exchange otherwise, whose server does not look further', async () => {
    expect(steady((await sh('dig web.default.svc.cluster.local')).out)).toBe(`
; <<>> DiG 9.18.33 <<>> web.default.svc.cluster.local
;; global options: +cmd
;; Got answer:
;; WARNING: .local is reserved for Multicast DNS
;; You are currently testing what happens when an mDNS query is leaked to DNS
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: N
;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1
;; WARNING: recursion requested but not available

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
; COOKIE: C (echoed)
;; QUESTION SECTION:
;web.default.svc.cluster.local.\tIN\tA

;; ANSWER SECTION:
web.default.svc.cluster.local. 30 IN\tA\t10.96.3.4

;; Query time: 1 msec
;; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)
;; WHEN: now
;; MSG SIZE  rcvd: 115

`)
  })

  it('shows the zone of a name that does not exist, or has no such records', async () => {
    const nothing = steady((await sh('dig nosuch.default.svc.cluster.local')).out)
    expect(nothing).toContain('status: NXDOMAIN, id: N\n;; flags: qr aa rd; QUERY: 1, ANSWER: 0, AUTHORITY: 1,')
    expect(nothing).toContain(
      ';; AUTHORITY SECTION:\ncluster.local.\t\t30\tIN\tSOA\tns.dns.cluster.local. hostmaster.cluster.local. 1767603632 7200 1800 86400 30\n',
    )
    expect(nothing).toContain('rcvd: 166\n')
    expect((await sh('dig AAAA web.default.svc.cluster.local')).out).toContain('rcvd: 163\n')
    expect((await sh('dig nosuch')).out).toContain(
      ';; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1\n',
    )
  })

  it('shows where the servers of a Service record are', async () => {
    const { out } = await sh('dig SRV _http._tcp.web.default.svc.cluster.local')
    expect(out).toContain(
      ';; ADDITIONAL SECTION:\nweb.default.svc.cluster.local. 30 IN\tA\t10.96.3.4\n\n;; Query time: 1 msec',
    )
    expect(out).toContain('rcvd: 215\n')
  })

  it('waits for whom it asks, and says which options there are not', async () => {
    expect(await toNobody('dig +short +time=1 +tries=2 web')).toMatchObject({
      out: `${';; communications error to 10.96.0.10#53: timed out\n'.repeat(2)};; no servers could be reached\n`,
      code: 9,
      seconds: 2,
    })
    expect(await sh('dig +foo web')).toMatchObject({ code: 1, err: expect.stringContaining('Invalid option: +foo\n') })
    expect((await sh('dig @nobody web')).err).toBe("dig: couldn't get address for 'nobody': not found\n")
  })
})

describe('nslookup', () => {
  const BUSYBOX = 'busybox:1.36'
  const server = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n'

  it('of busybox asks for a whole name, and there need be no address of the other kind', async () => {
    expect(await sh('nslookup web.default.svc.cluster.local', BUSYBOX)).toMatchObject({
      out: `${server}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n\n\n`,
      code: 0,
    })
  })

  it('of busybox asks for a short name in every domain of the search list, and fails when one has no such name', async () => {
    expect((await sh('nslookup web 10.96.0.10', BUSYBOX)).out, 'a named server is asked for the name as it is').toMatch(
      /server can't find web: NXDOMAIN\n\n\*\* server can't find web: NXDOMAIN/,
    )
    const { out, code } = await sh('nslookup web', BUSYBOX)
    expect(code).toBe(1)
    expect(out).toContain('Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n')
    expect(out.match(/can't find web\.svc\.cluster\.local: NXDOMAIN/g)).toHaveLength(2)
  })

  it('of busybox shows records of other types, and where a name leads', async () => {
    const alias = 'ext.default.svc.cluster.local\tcanonical name = example.com\n\n'
    expect((await sh('nslookup ext.default.svc.cluster.local', BUSYBOX)).out).toBe(server + alias + alias)
    expect((await sh('nslookup -type=srv _http._tcp.web.default.svc.cluster.local', BUSYBOX)).out).toBe(
      `${server}_http._tcp.web.default.svc.cluster.local\tservice = 0 100 80 web.default.svc.cluster.local\n\n`,
    )
    expect((await sh('nslookup -type=foo web', BUSYBOX)).err).toBe('nslookup: invalid query type "foo"\n')
    expect((await sh('nslookup -debug web', BUSYBOX)).err).toBe('nslookup: -debug is not simulated\n')
  })

  it('of an old busybox knows the search list, and names of addresses', async () => {
    const old = 'Server:    10.96.0.10\nAddress 1: 10.96.0.10\n\n'
    expect(await sh('nslookup web.default', 'busybox:1.28')).toMatchObject({
      out: `${old}Name:      web.default\nAddress 1: 10.96.3.4 web.default.svc.cluster.local\n`,
      err: '',
      code: 0,
    })
    expect(await sh('nslookup nothing', 'busybox:1.28')).toMatchObject({
      out: old,
      err: "nslookup: can't resolve 'nothing'\n",
      code: 1,
    })
  })

  const header = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n'
  const remark = ';; Got recursion not available from 10.96.0.10\n'

  it('of bind is content with the first name that exists, and remarks that its server does not look further', async () => {
    expect(await sh('nslookup web')).toMatchObject({
      out: `${remark}${header}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n${remark}\n`,
      code: 0,
    })
    expect((await sh('nslookup web.default')).out).toMatch(/^(;; Got recursion .*\n){2}Server:/)
    expect((await sh('nslookup db 10.96.0.10')).out).toBe(
      `${header}Name:\tdb.default.svc.cluster.local\nAddress: 10.244.2.2\nName:\tdb.default.svc.cluster.local\nAddress: 10.244.2.3\n\n`,
    )
  })

  it('of an old bind remarks nothing', async () => {
    const jessie = 'registry.k8s.io/e2e-test-images/jessie-dnsutils:1.3'
    expect((await sh('nslookup web', jessie)).out).toBe(
      `${header}Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n\n`,
    )
    expect((await toNobody('nslookup web', jessie)).out).toBe(
      ';; connection timed out; no servers could be reached\n\n',
    )
    expect((await sh('dig web', jessie)).out).toContain('udp: 4096\n;; QUESTION')
  })

  it('of bind says what there is not', async () => {
    expect(await sh('nslookup nosuch')).toMatchObject({
      out: `${remark.repeat(3)}${header}** server can't find nosuch: NXDOMAIN\n\n`,
      code: 1,
    })
    expect(await sh('nslookup ext')).toMatchObject({
      out: `${remark}${header}ext.default.svc.cluster.local\tcanonical name = example.com.\n** server can't find example.com: NXDOMAIN\n\n`,
      code: 1,
    })
    expect(await sh('nslookup default')).toMatchObject({
      out: `${remark.repeat(2)}${header}${remark}*** Can't find default.svc.cluster.local: No answer\n\n`,
      code: 0,
    })
    expect((await sh('nslookup -type=AAAA web')).out).toBe(`${remark}${header}*** Can't find web: No answer\n\n`)
    expect(await toNobody('nslookup web')).toMatchObject({
      out: `${';; communications error to 10.96.0.10#53: timed out\n'.repeat(3)};; no servers could be reached\n\n`,
      code: 1,
      seconds: 15,
    })
  })

  it('of bind tells the name of an address', async () => {
    expect((await sh('nslookup 10.96.3.4')).out).toBe(
      `${remark}4.3.96.10.in-addr.arpa\tname = web.default.svc.cluster.local.\n\n`,
    )
    expect((await sh('nslookup 10.9.9.9')).out).toBe("** server can't find 9.9.9.10.in-addr.arpa: NXDOMAIN\n\n")
  })
})

describe('host', () => {
  it('says a sentence for each record', async () => {
    expect((await sh('host db')).out).toBe(
      'db.default.svc.cluster.local has address 10.244.2.2\ndb.default.svc.cluster.local has address 10.244.2.3\n',
    )
    expect((await sh('host 10.96.3.4')).out).toBe(
      '4.3.96.10.in-addr.arpa domain name pointer web.default.svc.cluster.local.\n',
    )
    expect((await sh('host -t SRV _http._tcp.web')).out).toBe(
      '_http._tcp.web.default.svc.cluster.local has SRV record 0 100 80 web.default.svc.cluster.local.\n',
    )
    expect((await sh('host -t AAAA web')).out).toBe('web.default.svc.cluster.local has no AAAA record\n')
  })

  it('says what there is not', async () => {
    expect(await sh('host nosuch')).toMatchObject({ out: 'Host nosuch not found: 3(NXDOMAIN)\n', code: 1 })
    const missing = 'Host example.com not found: 3(NXDOMAIN)\n'
    expect(await sh('host ext')).toMatchObject({
      out: `ext.default.svc.cluster.local is an alias for example.com.\n${missing}${missing}`,
      code: 1,
    })
    expect((await toNobody('host web')).seconds).toBe(10)
  })
})

describe('getent', () => {
  it('finds hosts, by name and by address', async () => {
    expect((await sh('getent hosts web db', 'debian:12')).out).toBe(
      '10.96.3.4       web.default.svc.cluster.local\n10.244.2.2      db.default.svc.cluster.local\n10.244.2.3      db.default.svc.cluster.local\n',
    )
    expect((await sh('getent ahosts web', 'debian:12')).out).toBe(
      '10.96.3.4       STREAM web.default.svc.cluster.local\n10.96.3.4       DGRAM  \n10.96.3.4       RAW    \n',
    )
    expect((await sh('getent hosts 10.96.3.4', 'debian:12')).out).toBe(
      '10.96.3.4       web.default.svc.cluster.local\n',
    )
    expect(await sh('getent hosts nosuch', 'debian:12')).toMatchObject({ out: '', code: 2 })
  })

  it('of musl gives a name again as an alias', async () => {
    expect((await sh('getent hosts web', 'alpine:3.20')).out).toBe(
      '10.96.3.4         web.default.svc.cluster.local  web.default.svc.cluster.local web\n',
    )
  })

  it('finds users and groups by their numbers, and knows which databases there are', async () => {
    expect((await sh('getent passwd 0', 'debian:12')).out).toBe('root:x:0:0:root:/root:/bin/bash\n')
    expect(await sh('getent foo bar', 'debian:12')).toMatchObject({ err: 'Unknown database: foo\n', code: 1 })
  })

  it('waits as long as the C library does', async () => {
    expect((await toNobody('getent hosts web', 'debian:12')).seconds).toBe(40)
    expect((await toNobody('getent hosts web', 'alpine:3.20')).seconds).toBe(5)
    expect((await toNobody('wget -q web', 'busybox:1.36')).seconds).toBe(20)
  })
})
