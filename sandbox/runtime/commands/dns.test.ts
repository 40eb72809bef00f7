import { describe, expect, it } from 'vitest'
import type { Resolver } from '../../network/network.ts'
import { machine } from '../testing.ts'

const RECORDS: Readonly<Record<string, Partial<Record<Parameters<Resolver>[1], readonly string[]>>>> = {
  'web.default.svc.cluster.local': { A: ['10.96.3.4'] },
  '_http._tcp.web.default.svc.cluster.local': { SRV: ['0 100 80 web.default.svc.cluster.local'] },
  'out.default.svc.cluster.local': { CNAME: ['foo.example.com'] },
  '4.3.96.10.in-addr.arpa': { PTR: ['web.default.svc.cluster.local'] },
}

const sh = (script: string) => {
  const m = machine()
  m.network.resolver = (name, type) => {
    const records = RECORDS[name]
    return records && (records[type] ?? [])
  }
  return m.sh(script, { image: 'registry.k8s.io/e2e-test-images/agnhost:2.53' })
}

describe('dig', () => {
  it('prints one line for each record when only the answer is wanted', async () => {
    expect((await sh('dig +notcp +noall +answer +search web A')).out).toBe(
      'web.default.svc.cluster.local.\t\t30\tIN\tA\t10.96.3.4\n',
    )
    expect((await sh('dig +tcp +noall +answer +search _http._tcp.web SRV')).out).toBe(
      '_http._tcp.web.default.svc.cluster.local.\t\t30\tIN\tSRV\t0 100 80 web.default.svc.cluster.local.\n',
    )
    expect((await sh('dig +noall +answer +search 4.3.96.10.in-addr.arpa. PTR')).out).toContain('PTR\tweb.default')
    expect((await sh('check="$(dig +noall +answer +search nothing A)" && test -n "$check" && echo OK')).out).toBe('')
  })

  it('prints only what the records say when it is to be short', async () => {
    expect((await sh('dig +short web.default.svc.cluster.local')).out).toBe('10.96.3.4\n')
    expect((await sh('dig +short out.default.svc.cluster.local CNAME')).out).toBe('foo.example.com.\n')
    expect((await sh('dig +short -x 10.96.3.4')).out).toBe('web.default.svc.cluster.local.\n')
    // The search list is not used unless it is asked for.
    expect((await sh('dig +short web')).out).toBe('')
  })

  it('shows the whole exchange otherwise', async () => {
    const { out } = await sh('dig nothing.example')
    expect(out).toContain('status: NXDOMAIN')
    expect(out).toContain(';nothing.example.\t\tIN\tA')
    expect(out).toContain(';; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)')
  })
})
