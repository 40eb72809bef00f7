/** The places in a container where volumes are mounted. */
import { describe, expect, it } from 'vitest'
import { createVolume } from '../files/volume.ts'
import { machine } from '../testing.ts'

const mounted = async () => {
  const m = machine()
  await m.clock.advance(60_000)
  const volume = createVolume(m.clock)
  volume.root.write('/a', 'one\n')
  const container = m.run('busybox:1.36', {
    command: ['sleep', '3600'],
    mounts: [
      { containerPath: '/new/file', volume, subPath: 'a', readOnly: true },
      { containerPath: '/data', volume, readOnly: false },
    ],
  })
  await m.clock.advance(60_000)
  return (script: string) => m.exec(container, ['sh', '-c', script])
}

describe('the places for mounts', () => {
  it('are as old as their container, and the image around them as old as the image', async () => {
    const sh = await mounted()
    const { out } = await sh('now=$(date +%s); for p in /new /; do echo $((now - $(stat -c %Y $p))); done')
    expect(out).toBe('60\n60\n')
    expect((await sh('test $(stat -c %Y /bin) -lt $(stat -c %Y /new) && echo older')).out).toBe('older\n')
  })

  it('cannot be taken away, whatever may be done with what is mounted there', async () => {
    const sh = await mounted()
    const busy = 'Device or resource busy\n'
    expect((await sh('rm /new/file; mv /new/file /x; rmdir /data; echo x >/new/file')).err).toBe(
      [
        `rm: can't remove '/new/file': ${busy}`,
        `mv: can't rename '/new/file': ${busy}`,
        `rmdir: '/data': ${busy}`,
        `sh: can't create /new/file: Read-only file system\n`,
      ].join(''),
    )
  })

  it('are made in the volume where they lie in one, for all who mount it to see', async () => {
    const m = machine()
    const [outer, inner, etc] = [createVolume(m.clock), createVolume(m.clock), createVolume(m.clock)]
    inner.root.write('/file', 'inner\n')
    m.run('busybox:1.36', {
      command: ['sleep', '3600'],
      mounts: [
        { containerPath: '/a/b', volume: inner, readOnly: false },
        { containerPath: '/a', volume: outer, readOnly: false },
        { containerPath: '/a/c', volume: inner, subPath: 'file', readOnly: true },
        { containerPath: '/etc', volume: etc, readOnly: false },
      ],
    })
    expect(outer.root.list('').map(name => [name, outer.root.stat(name)?.type])).toEqual([
      ['b', 'directory'],
      ['c', 'file'],
    ])
    expect([...etc.root.list('')].sort()).toEqual(['hostname', 'hosts', 'resolv.conf'])
  })
})
