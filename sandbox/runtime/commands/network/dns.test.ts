import { describe, expect, it } from 'vitest'
import type { Resolver } from '../../../network/network.ts'
import { machine } from '../../testing.ts'

const RECORDS: Readonly<Record<string, Partial<Record<Parameters<Resolver>[1], readonly string[]>>>> = {
  'web.default.svc.cluster.local': { A: ['10.96.3.4'] },
  '_http._tcp.web.default.svc.cluster.local': { SRV: ['0 100 80 web.default.svc.cluster.local'] },
  'out.default.svc.cluster.local': { CNAME: ['foo.example.com'] },
  '4.3.96.10.in-addr.arpa': { PTR: ['web.default.svc.cluster.local'] },
}

const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.53'

const sh = (script: string, image = AGNHOST) => {
  const m = machine()
  m.network.resolver = (name, type) => {
    const records = RECORDS[name]
    return records && (records[type] ?? [])
  }
  return m.sh(script, { image })
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
    const { out, code } = await sh('nslookup web', BUSYBOX)
    expect(code).toBe(1)
    expect(out).toContain('Name:\tweb.default.svc.cluster.local\nAddress: 10.96.3.4\n')
    expect(out.match(/can't find web\.svc\.cluster\.local: NXDOMAIN/g)).toHaveLength(2)
  })

  it('of an old busybox knows the search list, and names of addresses', async () => {
    const old = 'Server:    10.96.0.10\nAddress 1: 10.96.0.10\n\n'
    expect(await sh('nslookup web.default', 'busybox:1.28')).toEqual({
      out: `${old}Name:      web.default\nAddress 1: 10.96.3.4 web.default.svc.cluster.local\n`,
      err: '',
      code: 0,
    })
    expect(await sh('nslookup nothing', 'busybox:1.28')).toEqual({
      out: old,
      err: "nslookup: can't resolve 'nothing'\n",
      code: 1,
    })
  })

  it('of others is content with the first that exists', async () => {
    expect(await sh('nslookup web')).toMatchObject({ code: 0 })
    expect(await sh('nslookup nothing')).toMatchObject({ code: 1 })
  })
})
