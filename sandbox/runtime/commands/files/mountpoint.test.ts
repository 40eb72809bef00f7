/** What is mounted on a directory, in the words of busybox 1.36 and util-linux 2.38. */
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'

const ASKED =
  'for d in / /proc /tmp /none /etc/passwd; do mountpoint $d; echo $?; done 2>&1; mountpoint -q /proc && echo quiet'

it('busybox looks at directories alone', async () => {
  expect((await machine().sh(ASKED)).out).toBe(
    '/ is a mountpoint\n0\n/proc is a mountpoint\n0\n/tmp is not a mountpoint\n1\nmountpoint: /none: No such file or directory\n1\nmountpoint: /etc/passwd: Not a directory\n1\nquiet\n',
  )
})

it('that of util-linux has an exit code of its own for what is none', async () => {
  expect((await machine().sh(ASKED, { image: 'debian:12' })).out).toBe(
    '/ is a mountpoint\n0\n/proc is a mountpoint\n0\n/tmp is not a mountpoint\n32\nmountpoint: /none: No such file or directory\n1\n/etc/passwd is not a mountpoint\n32\nquiet\n',
  )
})

it('df and mountpoint follow a link to where it leads', async () => {
  const { out } = await machine().sh('ln -s /proc /tmp/p; mountpoint /tmp/p; df /tmp/p | tail -n 1 | cut -d" " -f1')
  expect(out).toBe('/tmp/p is a mountpoint\nproc\n')
})
