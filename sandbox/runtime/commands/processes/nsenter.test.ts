/** Leaving a container: into the namespaces of its node or of another container, or into new ones. */
import { describe, expect, it } from 'vitest'
import type { ContainerConfig } from '../../cri.ts'
import { Disk, newInode } from '../../files/tree.ts'
import { volumeOf } from '../../files/volume.ts'
import { machine } from '../../testing.ts'

/** A container of a Pod with hostPID that has the node's root at /host, beside another Pod. */
const onNode = (config: Partial<ContainerConfig> = {}) => {
  const m = machine()
  const root = newInode(new Disk({ type: 'ext4', clock: m.clock }), 'directory')
  m.runtime.install(root)
  const host = volumeOf(root)
  host.root.write('/etc/hostname', 'node-1\n')
  const web = m.run('nginx:1.27', { name: 'web' }, m.sandbox('web'))
  const sandbox = m.runtime.createSandbox({
    namespace: 'default',
    name: 'debug',
    uid: 'debug',
    nodeName: 'node-1',
    hostname: 'debug',
    hostNetwork: false,
    hostPID: true,
    shareProcessNamespace: false,
    resolvConf: '',
    hosts: () => '',
  })
  const debug = m.run(
    'busybox:1.36',
    { command: ['sleep', '3600'], mounts: [{ containerPath: '/host', volume: host, readOnly: false }], ...config },
    sandbox,
  )
  return { m, web, host, debug, sh: (script: string) => m.exec(debug, ['sh', '-c', script]) }
}

describe('nsenter', () => {
  it('leaves a privileged Pod for its node', async () => {
    const { sh, host } = onNode({ privileged: true })
    const { out, err } = await sh(
      `nsenter --target 1 --mount --uts --ipc --net --pid -- bash -c 'hostname; pwd; head -1 /etc/os-release; cat /proc/1/comm; readlink /proc/self/ns/mnt; ps -e | grep -c kubelet; echo done > /root/note'`,
    )
    expect({ out, err }).toEqual({
      out: 'node-1\n/\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\ninit\nmnt:[4026531841]\n1\n',
      err: '',
    })
    expect(host.root.read('/root/note')).toBe('done\n')
  })

  it('enters one namespace of another container, and keeps the tools of its own', async () => {
    const { sh, m, web } = onNode({ privileged: true })
    await m.clock.advance(1000)
    const script = `pid=$(pgrep -f "^nginx: master"); nsenter -t $pid -n wget -qO- localhost | grep title; nsenter -t $pid -u hostname; nsenter -t $pid -m cat /etc/nginx/nginx.conf | grep ^user; nsenter -t $pid -n sh -c 'exit 7'; echo $?`
    expect((await sh(script)).out).toBe('<title>Welcome to nginx!</title>\nweb\nuser  nginx;\n7\n')
    expect(web.state.state).toBe('running')
    expect((await m.exec(web, ['sh', '-c', 'ls /proc | grep -c "^[0-9]"'])).out).toMatch(/^\d\n$/)
  })

  it('shows a program in another PID namespace under a number of that one', async () => {
    const { sh, m } = onNode({ privileged: true })
    await m.clock.advance(1000)
    const { out } = await sh(
      'nsenter -t $(pgrep -f "^nginx: master") -m -p sh -c \'cat /proc/1/cmdline; echo; readlink /proc/self | wc -c\'',
    )
    expect(out).toMatch(/^nginx: master process nginx -g daemon off;\0*\n[23]\n$/)
  })

  it('is refused to who may not, in the words of each', async () => {
    const { sh } = onNode()
    const { out, err } = await sh(
      'nsenter -t 1 -m ls; nsenter -t $$ -u ls; nsenter -t 99999 -n ls; nsenter -t x -n ls; ls /proc/1/root/; chroot /host nsenter -t 1 -m ls; chroot /host nsenter -t $$ -u -n ls; echo $?',
    )
    expect(err.split('\n').slice(0, -1)).toEqual([
      "nsenter: can't open '/proc/1/ns/mnt': Permission denied",
      "nsenter: setns(): can't reassociate to namespace 'uts': Operation not permitted",
      "nsenter: can't open '/proc/99999/ns/net': No such file or directory",
      "nsenter: invalid number 'x'",
      'ls: /proc/1/root/: Permission denied',
      'nsenter: cannot open /proc/1/ns/mnt: Permission denied',
      "nsenter: reassociate to namespace 'ns/uts' failed: Operation not permitted",
    ])
    expect(out).toBe('1\n')
  })
})

describe('unshare', () => {
  it('gives namespaces of their own, to who may', async () => {
    const script =
      'unshare -m sh -c "readlink /proc/self/ns/mnt"; readlink /proc/self/ns/mnt; unshare -n true; unshare -U id'
    const { out } = await onNode({ privileged: true }).sh(script)
    const [apart, own] = out.split('\n')
    expect(apart).toMatch(/^mnt:\[\d+\]$/)
    expect(apart).not.toBe(own)
    expect((await onNode({ seccomp: 'RuntimeDefault' }).sh(script)).err).toBe(
      [
        'unshare: unshare(0x20000): Operation not permitted',
        'unshare: unshare(0x40000000): Operation not permitted',
        'unshare: unshare(0x10000000): Operation not permitted',
        '',
      ].join('\n'),
    )
    expect(
      await onNode().sh('unshare -n ls; unshare -U id -u; unshare -Ur id -u; unshare -Ur cat /proc/self/uid_map'),
    ).toEqual({
      code: 0,
      err: 'unshare: unshare(0x40000000): Operation not permitted\n',
      out: '65534\n0\n         0          0          1\n',
    })
  })

  it('numbers processes anew, the first of which ends the others', async () => {
    const { sh } = onNode({ privileged: true })
    const { out, err } = await sh(
      `unshare -fp sh -c 'echo $$; sleep 1000 & readlink /proc/self | wc -c; exit 3'; echo $?; pgrep sleep | wc -l
       unshare -fp --mount-proc ps -o pid,args; echo 'echo $$' > /tmp/who; unshare -p sh -c '[ $$ -gt 1 ] && sh /tmp/who; true'`,
    )
    expect({ out, err }).toEqual({ out: '1\n5\n3\n1\nPID   COMMAND\n    1 ps -o pid,args\n1\n', err: '' })
  })

  it('has a network that leads nowhere, not even to itself at first', async () => {
    const { sh } = onNode({ privileged: true })
    const { out, err } = await sh(
      'unshare -n sh -c "ip a; ping -c1 127.0.0.1; ip link set lo up; ip a | head -3; httpd -p 80; wget -qO- 10.96.0.1; nc -z 127.0.0.1 80 && echo heard"; ip a | grep -c eth0',
    )
    expect(out).toBe(
      [
        '1: lo: <LOOPBACK> mtu 65536 qdisc noop qlen 1000',
        '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
        'PING 127.0.0.1 (127.0.0.1): 56 data bytes',
        '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000',
        '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
        '    inet 127.0.0.1/8 scope host lo',
        'heard',
        '2',
        '',
      ].join('\n'),
    )
    expect(err).toContain('ping: sendto: Network is unreachable\n')
    const more = await sh(
      'unshare -n sh -c "ip link set nope up; ip link set up; ip link set lo mtu 1500; ip link show lo | head -1; tail -n +3 /proc/net/dev | cut -c1-7"',
    )
    expect(more.err).toBe(
      'ip: SIOCGIFFLAGS: No such device\nip: "dev" requires an argument\nip: mtu 1500 is not simulated\n',
    )
    expect(more.out).toBe('1: lo: <LOOPBACK> mtu 65536 qdisc noop qlen 1000\n    lo:\n')
  })

  it('keeps a name to itself', async () => {
    const { sh } = onNode({ privileged: true })
    const { out } = await sh('unshare -u sh -c "hostname inner; hostname"; hostname; hostname fresh; hostname')
    expect(out).toBe('inner\ndebug\nfresh\n')
  })
})

it('a node’s /proc is there below its root', async () => {
  const { sh } = onNode()
  expect(
    (
      await sh(
        'cat /host/proc/1/comm; chroot /host sh -c "readlink /proc/self; echo \\$\\$; echo x > /dev/null; ls /dev/shm"',
      )
    ).out,
  ).toMatch(/^init\n(\d+)\n\d+\n$/)
})
