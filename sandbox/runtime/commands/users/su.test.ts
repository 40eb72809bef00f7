/** su and chroot: programs as somebody else, and below another root. */
import { describe, expect, it } from 'vitest'
import { Disk, newInode } from '../../files/tree.ts'
import { createVolume, volumeOf } from '../../files/volume.ts'
import { machine } from '../../testing.ts'

/** A container that has a node's root at /host, and a volume of the node below it. */
const onNode = (uid = 0) => {
  const m = machine()
  const root = newInode(new Disk({ type: 'ext4', clock: m.clock }), 'directory')
  m.runtime.install(root)
  const host = volumeOf(root)
  host.root.write('/etc/hostname', 'node-1\n')
  host.root.mkdir('/var/lib/data')
  const data = createVolume(m.clock)
  data.root.write('/note', 'from a volume\n')
  const container = m.run('busybox:1.36', {
    command: ['sleep', '3600'],
    mounts: [
      { containerPath: '/host', volume: host, readOnly: false },
      { containerPath: '/host/var/lib/data', volume: data, readOnly: false },
    ],
    user: { uid },
  })
  return { host, sh: (script: string) => m.exec(container, ['sh', '-c', script]) }
}

describe('chroot', () => {
  it('runs a program of another root, which sees what is mounted there and nothing outside', async () => {
    const { sh, host } = onNode()
    const { out } = await sh(
      `chroot /host bash -c 'pwd; head -1 /etc/os-release; cat /etc/hostname /var/lib/data/note; ls /host; echo new >/root/x; [[ -d /usr ]] && echo $BASH_VERSION | cut -c1'`,
    )
    expect(out).toBe('/\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nnode-1\nfrom a volume\n5\n')
    expect(host.root.read('/root/x')).toBe('new\n')
  })

  it('hands on exit codes, and says what it cannot do', async () => {
    const { sh } = onNode()
    const { out, err } = await sh(
      'chroot /host sh -c "exit 5"; echo $?; chroot /nope ls; echo $?; chroot /host nosuch; echo $?; chroot /host/etc/hostname ls; echo $?; chroot / echo same',
    )
    expect(out).toBe('5\n1\n127\n1\nsame\n')
    expect(err).toBe(
      [
        "chroot: can't change root directory to '/nope': No such file or directory",
        "chroot: can't execute 'nosuch': No such file or directory",
        "chroot: can't change root directory to '/host/etc/hostname': Not a directory",
        '',
      ].join('\n'),
    )
  })

  it('is for root alone', async () => {
    expect((await onNode(1000).sh('chroot /host true')).err).toBe(
      "chroot: can't change root directory to '/host': Operation not permitted\n",
    )
  })
})

describe('root without capabilities', () => {
  it('can neither become somebody else nor change its root', async () => {
    const m = machine()
    const container = m.run('busybox:1.36', { command: ['sleep', '3600'], capabilities: { add: [], drop: ['ALL'] } })
    const { err } = await m.exec(container, ['sh', '-c', 'su -s /bin/id nobody; chroot / id'])
    expect(err).toBe(
      "su: can't set groups: Operation not permitted\nchroot: can't change root directory to '/': Operation not permitted\n",
    )
  })
})
