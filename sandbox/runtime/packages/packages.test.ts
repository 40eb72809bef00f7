/** apt, apk and dnf. */
import { describe, expect, it } from 'vitest'
import { machine } from '../testing.ts'

describe('packages', () => {
  it('of Debian are found once the lists are there', async () => {
    const m = machine()
    const pod = m.run('debian:12', { command: ['sleep', '1d'] })
    const sh = async (script: string, ms = 120_000) => m.exec(pod, ['bash', '-c', script], { ms })
    expect(await sh('ping -c 1 127.0.0.1')).toMatchObject({ code: 127 })
    expect(await sh('apt-get install -y iputils-ping')).toMatchObject({
      code: 100,
      err: 'E: Unable to locate package iputils-ping\n',
    })
    const { code, out } = await sh(
      'apt-get update && apt-get install -y curl iputils-ping && rm -rf /var/lib/apt/lists/*',
    )
    expect(code).toBe(0)
    expect(out).toContain('Get:1 http://debian.mirror.example/debian bookworm InRelease [151 kB]\n')
    expect(out).toContain('0 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.\n')
    expect(await sh('ping -c 1 127.0.0.1 > /dev/null && command -v curl')).toMatchObject({
      code: 0,
      out: '/usr/bin/curl\n',
    })
    expect((await sh('apt-get install -y curl')).out).toContain('curl is already the newest version')
    expect(await sh('apt-get update > /dev/null; apt-get install -y gimp')).toMatchObject({
      code: 100,
      err: 'E: installing gimp is not simulated\n',
    })
    const removed = 'apt-get remove -y curl > /dev/null; command -v curl; apt-get remove -y curl'
    expect((await sh(removed)).out).toContain("Package 'curl' is not installed, so not removed\n")
    expect((await sh('apt-get install jq < /dev/null')).out).toMatch(/continue\? \[Y\/n\] Abort\.\n$/)
  })

  it('of Alpine come at once', async () => {
    const m = machine()
    const { code, out } = await m.sh(
      'apk add --no-cache curl bash && curl --version > /dev/null && bash -c "echo hi"',
      {
        image: 'alpine:3.20',
      },
    )
    expect([code, out.split('\n').slice(-4)]).toEqual([
      0,
      ['Executing busybox-1.37.0-r18.trigger', 'OK: 10 MiB in 18 packages', 'hi', ''],
    ])
  })

  it('are for root alone, and for file systems that can be written', async () => {
    const m = machine()
    const nobody = m.run('ubuntu:24.04', { command: ['sleep', '1d'], user: { uid: 1000, gid: 1000 } })
    expect((await m.exec(nobody, ['apt-get', 'update'])).err).toContain('13: Permission denied')
    const frozen = m.run('alpine:3.20', { command: ['sleep', '1d'], readOnlyRootFilesystem: true })
    const { code, err } = await m.exec(frozen, ['apk', 'add', 'curl'])
    expect([code, err]).toEqual([99, expect.stringContaining('Read-only file system')])
  })

  it('are out of reach where no name server is', async () => {
    const m = machine()
    m.network.resolver = () => 'silence'
    const pod = m.run('debian:12', { command: ['sleep', '1d'] })
    const { code, err } = await m.exec(pod, ['apt-get', 'update'])
    expect([code, err]).toEqual([0, expect.stringContaining("Temporary failure resolving 'debian.mirror.example'")])
  })

  it('of the other great family have names of their own', async () => {
    const m = machine()
    const { out } = await m.sh('yum install -y bind-utils && dig -v > /dev/null 2>&1; command -v dig', {
      image: 'rockylinux:9',
    })
    expect(out).toContain('Complete!\n/usr/bin/dig\n')
  })
})
