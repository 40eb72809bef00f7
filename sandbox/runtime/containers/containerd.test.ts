/** Containers and their logs, behind the interface of `cri.ts`. */
import { describe, expect, test } from 'vitest'
import { contract } from '../cri.contract.ts'
import type { Mount } from '../cri.ts'
import { createVolume } from '../files/volume.ts'
import { finish, machine } from '../testing.ts'

const sh = (script: string): string[] => ['sh', '-c', script]

contract('containerd, simulated', () => {
  const { runtime, clock } = machine()
  return {
    runtime,
    image: 'busybox:1.36',
    programs: {
      print: (out, err, code) => sh(`echo ${out}; echo ${err} >&2; exit ${code}`),
      idle: sh('echo idle; exec sleep 3600'),
      graceful: sh("trap 'echo bye; exit 3' TERM; echo ready; while true; do sleep 1; done"),
      serve: port => ['httpd', '-f', '-p', String(port)],
      copy: code => sh(`cat; exit ${code}`),
      tell: variable => sh(`echo $${variable}; pwd`),
      write: (path, text) => sh(`printf '${text}' > ${path}`),
      read: path => ['cat', path],
    },
    until: holds => finish(clock, holds, 120_000),
    skip: holds => finish(clock, holds, 120_000),
    rest: () => clock.advance(1000),
    createVolume: () => createVolume(clock),
    namespaceOf: sandbox => runtime.namespaceOf(sandbox),
  }
})

test('a read-only root is kept read-only', async () => {
  const m = machine()
  const c = m.run('busybox', { command: sh('echo x > /file'), readOnlyRootFilesystem: true })
  await m.clock.advance(100)
  expect(c.logs.lines()[0]?.text).toContain('Read-only file system')
})

test('who is to work in a file cannot start', () => {
  const m = machine()
  expect(() => m.run('busybox', { command: sh('pwd'), workingDir: '/etc/passwd' })).toThrow(
    /error during container init: mkdir \/etc\/passwd: not a directory$/,
  )
  expect(() => m.run('busybox', { command: sh('pwd'), workingDir: 'tmp' })).toThrow(
    /: runc create failed: Cwd must be an absolute path$/,
  )
})

test('what is there and cannot be run ends by itself, with the reason in its log', async () => {
  const m = machine()
  const scripts = createVolume(m.clock)
  scripts.root.write('lost', '#!/no/such\necho never\n', { mode: 0o755 })
  scripts.root.write('windows', '#!/bin/sh\r\necho never\r\n', { mode: 0o755 })
  scripts.root.write('nameless', 'echo never\n', { mode: 0o755 })
  scripts.root.write('plain', '#!/bin/sh\n', { mode: 0o644 })
  const mounts = [{ containerPath: '/s', volume: scripts, readOnly: true }]
  const run = async (name: string): Promise<unknown[]> => {
    const c = m.run('busybox', { command: [`/s/${name}`], mounts })
    await m.clock.advance(100)
    return [c.logs.lines().map(line => `${line.stream}: ${line.text}`), c.state.state === 'exited' && c.state.status]
  }
  expect(await run('lost')).toEqual([['stderr: exec /s/lost: no such file or directory'], { code: 255 }])
  expect(await run('windows')).toEqual([['stderr: exec /s/windows: no such file or directory'], { code: 255 }])
  expect(await run('nameless')).toEqual([['stderr: exec /s/nameless: exec format error'], { code: 255 }])
  expect(() => m.run('busybox', { command: ['/s/plain'], mounts })).toThrow(/exec: "\/s\/plain": permission denied$/)
})

test('a file is not mounted on a directory, nor a directory on a file', () => {
  const m = machine()
  const volume = createVolume(m.clock)
  volume.root.write('/conf', 'one')
  const start = (mount: Omit<Mount, 'volume' | 'readOnly'>) => () =>
    m.run('busybox', { command: sh('true'), mounts: [{ volume, readOnly: true, ...mount }] })
  expect(start({ containerPath: '/etc', subPath: 'conf', hostPath: '/on/the/node' })).toThrow(
    'error mounting "/on/the/node" to rootfs at "/etc": mount src=/on/the/node, dst=/etc, dstFd=/proc/thread-self/fd/14, flags=MS_RDONLY|MS_BIND|MS_REC: not a directory',
  )
  expect(start({ containerPath: '/etc/passwd', hostPath: '/v' })).toThrow('to rootfs at "/etc/passwd"')
  expect(start({ containerPath: '/etc/passwd/below', hostPath: '/v' })).toThrow(
    'create mountpoint for /etc/passwd/below mount: lookup mountpoint target: securejoin.OpenInRoot /etc/passwd/below: openat2 /etc/passwd/below: not a directory',
  )
  expect(start({ containerPath: '/etc/new', subPath: 'conf' })).not.toThrow()
})

test.each([
  ['/', /create mountpoint for \/ mount: mountpoint "(\/run\/.*\/rootfs)" is on the top of rootfs "\1"$/],
  [
    '/proc',
    /to rootfs at "\/proc": create mountpoint for \/proc mount: check proc-safety of \/proc mount: "\/run\/containerd\/io.containerd.runtime.v2.task\/k8s.io\/[0-9a-f]{64}\/rootfs\/proc" cannot be mounted because it is not of type proc$/,
  ],
  [
    '/proc/sys',
    /check proc-safety of \/proc\/sys mount: "\/run\/.*\/rootfs\/proc\/sys" cannot be mounted because it is inside \/proc$/,
  ],
  ['/dev', /error during container init: can't mask paths: open \/dev\/null: no such file or directory$/],
  ['/dev/termination-log', /dst=\/dev\/termination-log, .*: not a directory$/],
])('a directory cannot be mounted at %s', (containerPath, words) => {
  const m = machine()
  const mounts = [{ volume: createVolume(m.clock), containerPath, hostPath: '/v', readOnly: false } as never]
  const terminationMessagePath = '/dev/termination-log'
  expect(() => m.run('busybox', { command: sh('true'), mounts, terminationMessagePath })).toThrow(words)
})

test('what is mounted where the runtime mounts something itself is there instead', async () => {
  const m = machine()
  const mounts = [{ volume: createVolume(m.clock), containerPath: '/sys', hostPath: '/v', readOnly: false } as never]
  const c = m.run('busybox', { command: sh('mount | grep -c " /sys "'), mounts })
  await m.clock.advance(1000)
  expect(c.logs.lines().map(line => line.text)).toEqual(['1'])
})

test('a container cannot be made for a target that does not run', async () => {
  const m = machine()
  const sandbox = m.sandbox('p')
  m.run('busybox', { command: sh('exit 3'), name: 'app' }, sandbox)
  await m.clock.advance(100)
  expect(() => m.run('busybox', { command: sh('true'), targetContainer: 'app' }, sandbox)).toThrow(
    /^failed to generate container "[0-9a-f]{64}" spec: invalid target container: container "[0-9a-f]{64}" is not running - in state CONTAINER_EXITED$/,
  )
})

test('a mounted file is not edited in place, for nothing can take its name', async () => {
  const m = machine()
  const volume = createVolume(m.clock)
  volume.root.write('conf', 'one')
  const mounts = [{ volume, containerPath: '/c/f', subPath: 'conf', readOnly: true } as never]
  const edit = async (image: string) =>
    (await m.exec(m.run(image, { command: ['sleep', '1d'], mounts }), ['sed', '-i', 's/o/0/', '/c/f'])).err
  expect(await edit('busybox')).toMatch(/^sed: can't move '\/c\/f\w{6}' to '\/c\/f': Device or resource busy$/m)
  expect(await edit('debian')).toMatch(/^sed: cannot rename \/c\/sed\w{6}: Device or resource busy$/m)
})

test('a log shows a line when it has ended, in pieces when it is very long', async () => {
  const m = machine()
  const c = m.run('busybox', { command: sh("printf one; sleep 2; echo ' two'; printf rest; sleep 2") })
  await m.clock.advance(1000)
  expect(c.logs.lines()).toEqual([])
  await m.clock.advance(2000)
  expect(c.logs.lines().map(line => line.text)).toEqual(['one two'])
  await m.clock.advance(3000)
  expect(c.logs.lines().at(-1)).toMatchObject({ text: 'rest', partial: true })
  const long = m.run('busybox', { command: sh('head -c 40000 /dev/zero | tr "\\0" x; echo') })
  await m.clock.advance(1000)
  expect(long.logs.lines().map(({ text, partial }) => [text.length, partial])).toEqual([
    [16_384, true],
    [16_384, true],
    [7232, false],
  ])
  const atOnce = m.run('busybox', { command: sh('x=$(head -c 20000 /dev/zero | tr "\\0" x); echo "$x"; echo end') })
  const full = m.run('busybox', { command: sh('head -c 16384 /dev/zero | tr "\\0" x; echo; echo end') })
  await m.clock.advance(1000)
  const lengths = ({ logs }: typeof full) => logs.lines().map(({ text, partial }) => [text.length, partial])
  expect(lengths(atOnce)).toEqual([
    [16_384, true],
    [3616, false],
    [3, false],
  ])
  expect(lengths(full)).toEqual([
    [16_384, false],
    [3, false],
  ])
  // Bytes count: a character of three is not cut.
  const wide = m.run('busybox', {
    command: sh('echo $(seq 6000 | sed "s/.*/豆/")'),
  })
  await m.clock.advance(3000)
  expect(lengths(wide)).toEqual([
    [8192, true],
    [3807, false],
  ])
  const pairs = m.run('busybox', { command: sh('echo a$(seq 4096 | sed "s/.*/🫘/" | tr -d "\\n")') })
  await m.clock.advance(3000)
  expect(pairs.logs.lines().map(({ text, partial }) => [[...text].length, text.isWellFormed(), partial])).toEqual([
    [4096, true, true],
    [1, true, false],
  ])
})

test('what umask takes away, new files and directories lack; children inherit it', async () => {
  const m = machine()
  const { out } = await m.sh(
    'umask 077; touch f; mkdir d; sh -c "touch g; umask u=rwx,g=rx,o=; umask"; stat -c %a f d g; umask -S',
  )
  expect(out).toBe('0027\n600\n700\n600\nu=rwx,g=,o=\n')
  const copies = await m.sh(
    'mkdir d; touch a; chmod 666 a; umask 022; cp a b; cp -p a c; cp -r d e; umask 027; cp -r d f; touch g; chmod 0 g; chmod +rx g; stat -c %a b c e f g',
  )
  expect(copies.out).toBe('644\n666\n755\n750\n550\n')
})

describe('volumes', () => {
  test('show what one container writes to the other at once; a subPath file keeps its own inode', async () => {
    const m = machine()
    const volume = createVolume(m.clock)
    volume.root.write('/..1/conf', 'one')
    volume.root.symlink('/..data', '..1')
    volume.root.symlink('/conf', '..data/conf')
    const mounts = [
      { containerPath: '/all', volume, readOnly: false },
      { containerPath: '/etc/app.conf', volume, subPath: 'conf', readOnly: true },
    ]
    const pod = m.sandbox()
    const a = m.run('busybox', { command: ['sleep', '999'], mounts }, pod)
    const b = m.run('busybox', { name: 'b', command: ['sleep', '999'], mounts: mounts.slice(0, 1) }, pod)
    await m.exec(b, ['sh', '-c', 'echo hi > /all/new'])
    volume.root.write('/..2/conf', 'two')
    volume.root.symlink('/..data', '..2')
    const seen = await m.exec(a, ['sh', '-c', 'cat /all/new /all/conf /etc/app.conf; echo x > /etc/app.conf'])
    expect(seen).toEqual({ code: 1, out: 'hi\ntwoone', err: "sh: can't create /etc/app.conf: Read-only file system\n" })
  })

  test('are seen through a link with a slash behind it, and as a link without', async () => {
    const m = machine()
    const c = m.run('busybox', { command: ['sleep', '999'] })
    await m.exec(c, ['sh', '-c', 'mkdir /real; echo x > /real/file; ln -s real /link'])
    expect((await m.exec(c, ['ls', '-l', '/link/'])).out).toMatch(/^total 4\n-rw.* file\n$/)
    expect((await m.exec(c, ['ls', '-l', '/link'])).out).toMatch(/ \/link -> real\n$/)
  })
})

describe('a directory with the set-group-ID bit', () => {
  test('hands its group on to what is made in it', async () => {
    const m = machine()
    const c = m.run('busybox', { command: ['sleep', '999'] })
    await m.exec(c, [
      'sh',
      '-c',
      'mkdir /shared; chgrp 2000 /shared; chmod 2777 /shared; mkdir /shared/d; touch /shared/d/f',
    ])
    expect((await m.exec(c, ['stat', '-c', '%a %g', '/shared/d', '/shared/d/f'])).out).toBe('2755 2000\n644 2000\n')
  })
})

describe('/proc/PID/root', () => {
  test('leads into the files of a container that shares its processes, volumes and all', async () => {
    const m = machine()
    const pod = m.sandbox('pod', { shareProcessNamespace: true })
    const volume = createVolume(m.clock)
    volume.root.write('/note', 'from the volume')
    const web = m.run('nginx:1.27', { mounts: [{ containerPath: '/srv/box', volume, readOnly: false }] }, pod)
    const tools = m.run('busybox', { name: 'tools', command: ['sleep', '99'] }, pod)
    await m.clock.advance(100)
    const { out } = await m.exec(tools, [
      'sh',
      '-c',
      'for p in 1 2 3 4; do [ -d /proc/$p/root/etc/nginx ] && cd /proc/$p/root && break; done; ls -d etc/nginx; ls srv; cat srv/box/note; echo hi > tmp/left; ls -d /etc/nginx',
    ])
    expect(out).toBe('etc/nginx\nbox\nfrom the volume')
    expect((await m.exec(web, ['cat', '/tmp/left'])).out).toBe('hi\n')
  })
})

describe('a terminal', () => {
  test('edits a line, runs it, interrupts with Ctrl-C and leaves with Ctrl-D', async () => {
    const m = machine()
    const c = m.run('busybox', { command: ['sleep', '9999'] })
    const session = c.exec({ argv: ['sh'], tty: true, stdin: true })
    let out = ''
    let code: number | undefined
    session.onOutput((_, data) => {
      out += data
    })
    session.onExit(status => {
      code = status.code
    })
    const type = async (keys: string): Promise<string> => {
      out = ''
      session.writeStdin(keys)
      await m.clock.advance(50)
      return out
    }
    await m.clock.advance(50)
    expect(out).toBe('/ # ')
    expect(await type('echo hellp\x7fo\r')).toContain('\r\nhello\r\n/ # ')
    expect(await type('\x1b[A\r')).toContain('hello\r\n')
    await type('while true; do sleep 1; done\r')
    expect(await type('\x03')).toContain('/ # ')
    expect(await type('for i in 1 2\r')).toContain('> ')
    expect(await type('do echo n$i; done\r')).toContain('n1\r\nn2\r\n')
    expect(await type('ls /et\t')).toContain('/etc/')
    await type('\x03')
    await type('\x04')
    expect(code).toBe(130)
  })
})

test('time tells what a command took, in the words of each shell', async () => {
  const m = machine()
  const timed = async (image: string, shell: string) =>
    (await m.exec(m.run(image, { name: shell, command: ['sleep', '99'] }), [shell, '-c', 'time sleep 2.5'])).err
  expect(await timed('busybox', 'sh')).toBe('real\t0m 2.50s\nuser\t0m 0.00s\nsys\t0m 0.00s\n')
  expect(await timed('debian', 'bash')).toBe('\nreal\t0m2.500s\nuser\t0m0.000s\nsys\t0m0.000s\n')
})

test('grep -o prints every match of a line, the first too', async () => {
  const m = machine()
  expect((await m.sh("echo 'open /data/a and /data/b' | grep -o '/[a-z/]*'")).out).toBe('/data/a\n/data/b\n')
})

test('a program is found by its name, whatever title it gives itself', async () => {
  const m = machine()
  const pod = m.sandbox('pod', { shareProcessNamespace: true })
  m.run('nginx:1.27', {}, pod)
  const tools = m.run('busybox', { name: 'tools', command: ['sleep', '99'] }, pod)
  await m.clock.advance(100)
  expect((await m.exec(tools, ['pidof', 'nginx'])).out.trim().split(' ')).toHaveLength(5)
  await m.exec(tools, ['killall', '-QUIT', 'nginx'])
  await m.clock.advance(100)
  expect((await m.exec(tools, ['pidof', 'nginx'])).code).toBe(1)
})
