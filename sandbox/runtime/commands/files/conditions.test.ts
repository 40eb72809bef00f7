/** What tools on files do with modes, trees in which not all may be changed, and conditions that are not met. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

const said = async (script: string, image = 'debian:12'): Promise<string> => {
  const { out, err } = await machine().sh(`exec 2>&1; ${script}`, { image })
  return out + err
}

test('chown of a tree tells of each file that it may not change', async () => {
  const script =
    "mkdir -p /tmp/d/e; touch /tmp/d/e/f; chmod -R 777 /tmp/d; su nobody -s /bin/sh -c 'chown -R root /tmp/d'"
  const denied = (path: string): string => `chown: changing ownership of '${path}': Operation not permitted\n`
  expect(await said(script)).toBe(['/tmp/d/e/f', '/tmp/d/e', '/tmp/d'].map(denied).join(''))
})

test('mkdir, mkfifo and mknod take modes in letters, against which the umask does not count', async () => {
  const script =
    'umask 077; mkdir -m u=rwx,go=rx d; mkfifo -m 666 p; mknod -m u=rw,go=r q p; stat -c "%a %n" d p q; mkfifo -m zz r; mkdir -m zz r'
  expect(await said(script)).toBe("755 d\n666 p\n644 q\nmkfifo: invalid mode\nmkdir: invalid mode 'zz'\n")
  expect(await said('mknod -m zz r p', 'busybox:1.36')).toBe('mknod: r: Invalid argument\n')
})

test('dd makes or spares a file as conv= says, and refuses what means nothing', async () => {
  const script =
    'echo hi > x; dd if=x of=x conv=excl; cat x; dd if=x of=y conv=nocreat; dd bs=0; dd conv=excl,nocreat; dd status=no | head -n 1'
  expect(await said(script)).toBe(
    "dd: failed to open 'x': File exists\nhi\ndd: failed to open 'y': No such file or directory\ndd: invalid number: '0'\ndd: cannot combine excl and nocreat\ndd: invalid status level: 'no'\nTry 'dd --help' for more information.\n",
  )
})

test('what sed writes to a pipe ends with sed', async () => {
  expect(await said("mkfifo f; cat f & echo hi | sed -n 'w f'; wait; echo done", 'busybox:1.36')).toBe('hi\ndone\n')
})

test('shred says what it does, and writes as much as it is told to', async () => {
  const script =
    'echo hi > abc; shred -vun1 abc; echo hi > q; shred -s 10 -n 1 q; wc -c q; shred -n x q; shred -s 1y q; ls abc'
  expect(await said(script)).toBe(
    "shred: abc: pass 1/1 (random)...\nshred: abc: removing\nshred: abc: renamed to 000\nshred: 000: renamed to 00\nshred: 00: renamed to 0\nshred: abc: removed\n10 q\nshred: invalid number of passes: 'x'\nshred: invalid file size: '1y'\nls: cannot access 'abc': No such file or directory\n",
  )
})

test('flock refuses what is no exit code, comm stops where a file is not sorted, env wants a command to go elsewhere', async () => {
  const script =
    "flock -E x f true; flock -E 300 f true; printf 'b\\na\\n' > s; : > t; comm --check-order s t; env -C / | head -n 1; echo $?"
  expect(await said(script)).toBe(
    "flock: invalid exit code: 'x'\nflock: exit code out of range (expected 0 to 255)\nb\ncomm: file 1 is not in sorted order\nenv: must specify command with --chdir (-C)\nTry 'env --help' for more information.\n0\n",
  )
})
