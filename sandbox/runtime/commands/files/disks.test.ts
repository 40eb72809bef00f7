/** File systems: what is mounted, how large it is, and what happens when it is full. */
import { describe, expect, it } from 'vitest'
import { createVolume } from '../../files/volume.ts'
import { machine } from '../../testing.ts'

describe('what is mounted', () => {
  it('is listed as the runtime mounts it: its own, then by depth, then what it guards', async () => {
    const { out } = await machine().sh(`mount | cut -d' ' -f1-5`)
    expect(out.split('\n')).toEqual([
      'overlay on / type overlay',
      'proc on /proc type proc',
      'tmpfs on /dev type tmpfs',
      'devpts on /dev/pts type devpts',
      'mqueue on /dev/mqueue type mqueue',
      'sysfs on /sys type sysfs',
      'cgroup on /sys/fs/cgroup type cgroup2',
      '/dev/vda1 on /etc/hosts type ext4',
      '/dev/vda1 on /etc/hostname type ext4',
      '/dev/vda1 on /etc/resolv.conf type ext4',
      'shm on /dev/shm type tmpfs',
      ...['bus', 'fs', 'irq', 'sys', 'sysrq-trigger'].map(name => `proc on /proc/${name} type proc`),
      ...['acpi', 'kcore', 'keys', 'timer_list', 'scsi'].map(name => `tmpfs on /proc/${name} type tmpfs`),
      'tmpfs on /sys/firmware type tmpfs',
      '',
    ])
  })

  it('has sizes: 64 MiB for /dev and for the shared memory, which is full when they are used up', async () => {
    const { out } = await machine().sh(
      'df /dev /dev/shm | awk "NR>1{print \\$1, \\$2, \\$6}"; dd if=/dev/zero of=/dev/shm/x bs=1M count=80 2>&1; df -h /dev/shm | tail -1',
    )
    expect(out).toBe(
      "tmpfs 65536 /dev\nshm 65536 /dev/shm\ndd: error writing '/dev/shm/x': No space left on device\n65+0 records in\n64+0 records out\nshm                      64.0M     64.0M         0 100% /dev/shm\n",
    )
  })

  it('are told in mebibytes as well', async () => {
    const rows = 'df -m /dev | awk "{print \\$2, \\$4}"'
    expect((await machine().sh(rows)).out).toBe('1M-blocks Available\n64 64\n')
    expect((await machine().sh(rows, { image: 'debian:bookworm' })).out).toBe('1M-blocks Available\n64 64\n')
  })

  it('takes what fits of what does not', async () => {
    const script = 'cd /dev/shm; head -c 70000000 /dev/zero | tr "\\\\000" x >a; stat -c %s a'
    expect((await machine().sh(script)).out).toBe('67108864\n')
    const gnu = 'dd if=/dev/zero of=/dev/shm/a bs=40M count=2 2>&1 | head -3; dd if=/etc/hosts of=/x 2>&1 | head -2'
    expect((await machine().sh(gnu, { image: 'debian:bookworm' })).out).toBe(
      "dd: error writing '/dev/shm/a': No space left on device\n2+0 records in\n1+0 records out\n0+1 records in\n0+1 records out\n",
    )
  })

  it('names the output that is full where dd was given none', async () => {
    const { out } = await machine().sh('dd if=/etc/hosts bs=65M count=1 2>&1 >/dev/full | head -1')
    expect(out).toBe("dd: error writing 'standard output': No space left on device\n")
  })

  it('tells GNU’s df of each file system once', async () => {
    const { out } = await machine().sh(`df | awk '{print $1, $6}'`, { image: 'debian:bookworm' })
    expect(out).toBe(
      'Filesystem Mounted\noverlay /\ntmpfs /dev\n/dev/vda1 /etc/hosts\nshm /dev/shm\ntmpfs /proc/acpi\ntmpfs /proc/scsi\ntmpfs /sys/firmware\n',
    )
  })

  it('lets the containers of a Pod share memory, unless a volume takes its place', async () => {
    const m = machine()
    const one = m.run('busybox:1.36', { command: ['sleep', '60'] })
    await m.clock.advance(5000)
    const other = m.run('busybox:1.36', { command: ['sleep', '60'] })
    // As old as the Pod, whoever looks into it first.
    const { out: ages } = await m.exec(other, ['stat', '-c', '%Y', '/dev/mqueue', '/dev/shm'])
    const [queues, shared] = ages.split('\n').map(Number)
    expect(queues! - shared!).toBe(5)
    await m.exec(one, ['sh', '-c', 'echo hello >/dev/shm/note; ls -ld /dev/shm /dev/mqueue | cut -c1-10'])
    expect((await m.exec(other, ['cat', '/dev/shm/note'])).out).toBe('hello\n')
    const volume = createVolume(m.clock, { type: 'tmpfs', limitBytes: 1024 ** 2 })
    const own = m.run('busybox:1.36', {
      command: ['sleep', '60'],
      mounts: [{ containerPath: '/dev/shm', volume, readOnly: false }],
    })
    expect((await m.exec(own, ['sh', '-c', 'ls /dev/shm; mount | grep -c shm; df /dev/shm | tail -1'])).out).toMatch(
      /^1\ntmpfs +1024 +0 +1024 +0% \/dev\/shm\n$/,
    )
  })
})

describe('stat -f', () => {
  it('tells of the file system that a file lies on', async () => {
    const { out } = await machine().sh(
      'for p in / /dev/shm /proc /sys /etc/hosts; do stat -f -c "%n %t %T %s %S" $p; done; echo x > /dev/shm/f; stat -f /dev/shm',
    )
    expect(out.split('\n')).toEqual([
      '/ 794c7630 UNKNOWN 4096 4096',
      '/dev/shm 1021994 tmpfs 4096 4096',
      '/proc 9fa0 proc 4096 4096',
      '/sys 62656572 sysfs 4096 4096',
      '/etc/hosts ef53 ext2/ext3 4096 4096',
      '  File: "/dev/shm"',
      '    ID: 0        Namelen: 255     Type: tmpfs',
      'Block size: 4096      ',
      'Blocks: Total: 16384      Free: 16383      Available: 16383',
      'Inodes: Total: 1048576    Free: 1048574',
      '',
    ])
    const { err } = await machine().sh('stat -f /nosuch')
    expect(err).toContain('/nosuch')
  })
})
