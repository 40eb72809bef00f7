/** mount, umount and what a privileged container may set, as a real busybox and kernel answer. */
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'

const asked = async (script: string, privileged = true) => {
  const m = machine()
  const container = m.run('busybox:1.36', { command: ['sleep', '1000'], privileged })
  await m.clock.advance(10)
  return m.exec(container, ['sh', '-c', script])
}

it('mounts memory and directories over others, and takes them away again', async () => {
  const { out, err } = await asked(
    'mkdir -p /m /n; mount -t tmpfs mine /m; echo x > /m/f; mount --bind /m /n; cat /n/f; grep -e " /m " -e " /n " /proc/mounts; umount /n; ls /n; umount /n; umount /m; umount /zz; mount /dev/nope /m; mount -t odd x /m; echo $?',
  )
  expect(out).toBe('x\nmine /m tmpfs rw,relatime 0 0\nmine /n tmpfs rw,relatime 0 0\n255\n')
  expect(err.split('\n')).toEqual([
    "umount: can't unmount /n: Invalid argument",
    "umount: can't unmount /zz: No such file or directory",
    'mount: mounting /dev/nope on /m failed: No such file or directory',
    'mount: mounting x on /m failed: No such device',
    '',
  ])
})

it('keeps to a size, and to being read-only', async () => {
  const { out, err } = await asked(
    'mkdir /m; mount -t tmpfs -o size=1m mine /m; dd if=/dev/zero of=/m/big bs=1M count=3 2>/dev/null; ls /m | wc -l; mount -o remount,ro /m; touch /m/x; umount /m && echo gone',
  )
  expect({ out, err }).toEqual({ out: '1\ngone\n', err: 'touch: /m/x: Read-only file system\n' })
})

it('binds what may not be written so that it still may not, and with all below it where that is asked', async () => {
  const { out, err } = await asked(
    'mkdir -p /m /n /r; mount -t tmpfs -o ro mine /m; mount --bind /m /n; touch /n/x; mount -t tmpfs in /dev/shm; mount --bind /dev /r; ls /r/shm; umount /r; touch /dev/shm/f; mount --rbind /dev /r; ls /r/shm; grep " /r" /proc/mounts | cut -d" " -f2,3',
  )
  expect(err).toBe('touch: /n/x: Read-only file system\n')
  expect(out).toBe('f\n/r tmpfs\n/r/pts devpts\n/r/mqueue mqueue\n/r/shm tmpfs\n')
})

it('takes away what has other mounts below it only lazily', async () => {
  const { out, err } = await asked(
    'mkdir /m; mount -t tmpfs a /m; mkdir /m/in; mount -t tmpfs b /m/in; umount /m; umount -l /m && grep -c " /m" /proc/mounts',
  )
  expect({ out, err }).toEqual({ out: '0\n', err: "umount: can't unmount /m: Device or resource busy\n" })
})

it('takes a part of the memory for a size, half of it unless one is given', async () => {
  const { out } = await asked(
    'mkdir /m; for o in size=25% size=5000 mode=700; do mount -t tmpfs -o $o mine /m; df -k /m | tail -1 | tr -s " " | cut -d" " -f2; umount /m; done',
  )
  expect(out).toBe('2097152\n8\n4194304\n')
})

it('knows how much memory the machine has', async () => {
  const m = machine('small', { memoryBytes: 2 * 1024 ** 3 })
  const c = m.run('busybox', { command: ['sleep', '1d'], privileged: true })
  const script = 'mkdir /m; mount -t tmpfs x /m; df -k /m | tail -1 | tr -s " " | cut -d" " -f2; stat -f -c %c /m'
  expect((await m.exec(c, ['sh', '-c', script])).out).toBe('1048576\n262144\n')
})

it('refuses who is not privileged, after it has looked where to mount', async () => {
  const script =
    'mkdir /m; mount -t tmpfs mine /m; mount --bind /etc /m; umount /proc; hostname x; mount -t tmpfs y /nope'
  expect((await asked(script, false)).err.split('\n')).toEqual([
    'mount: permission denied (are you root?)',
    'mount: permission denied (are you root?)',
    "umount: can't unmount /proc: Operation not permitted",
    'hostname: sethostname: Operation not permitted',
    'mount: mounting y on /nope failed: No such file or directory',
    '',
  ])
})

it('sets parameters of the kernel, which all containers of the node then have', async () => {
  const m = machine()
  const sleep = { command: ['sleep', '1000'] }
  const [tuner, plain] = [m.run('busybox:1.36', { ...sleep, privileged: true }), m.run('busybox:1.36', sleep)]
  await m.clock.advance(10)
  const tuned = await m.exec(tuner, [
    'sh',
    '-c',
    'sysctl -w vm.max_map_count=262144; echo 7 > /proc/sys/vm/swappiness; sysctl vm.nope',
  ])
  expect(tuned.out).toBe('vm.max_map_count = 262144\n')
  expect(tuned.err).toBe("sysctl: error: 'vm.nope' is an unknown key\n")
  const script =
    'cat /proc/sys/vm/max_map_count /proc/sys/vm/swappiness; sysctl -w vm.max_map_count=1; echo 1 > /proc/sys/vm/swappiness'
  expect(await m.exec(plain, ['sh', '-c', script])).toEqual({
    code: 1,
    out: '262144\n7\n',
    err: "sysctl: error setting key 'vm.max_map_count': Read-only file system\nsh: can't create /proc/sys/vm/swappiness: Read-only file system\n",
  })
})
