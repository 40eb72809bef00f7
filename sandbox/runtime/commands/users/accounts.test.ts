/** Users and groups of a container: adding, removing, becoming them. */
import { describe, expect, it } from 'vitest'
import { machine } from '../../testing.ts'

const out = async (script: string, image?: string) => {
  const { code, out: said, err } = await machine().sh(script, image ? { image } : {})
  return `${code} ${said}${err}`
}

describe('users of a container', () => {
  it('are made, belong to groups, and run commands', async () => {
    expect(
      await out(
        'addgroup -g 3000 staff2; adduser -D -u 2000 app; addgroup app staff2; id app; su app -c "id -un; echo \\$HOME; touch /root/x"; adduser -D app',
        'alpine:3.20',
      ),
    ).toBe(
      "1 uid=2000(app) gid=2000(app) groups=2000(app),3000(staff2)\napp\n/home/app\ntouch: /root/x: Permission denied\nadduser: user 'app' in use\n",
    )
    expect(
      await out(
        'groupadd -r web && useradd -r -g web -s /usr/sbin/nologin -m web; ls -ld /home/web | cut -c1-20; echo web:secret | chpasswd; usermod -aG users web; id -nG web; userdel web; id web; su - nobody -s /bin/sh -c whoami; install -d -m 700 -o nobody /srv/x; stat -c "%a %U" /srv/x',
        'debian:12',
      ),
    ).toBe("0 drwxr-xr-x 2 web web\nweb users\nnobody\n700 nobody\nid: 'web': no such user\n")
  })

  it('leave a group and stay, or go with all that was theirs', async () => {
    expect(
      await out(
        'addgroup staff2; adduser -D app; adduser app staff2; deluser app staff2; id -nG app; adduser app staff2; delgroup app staff2; id -nG app; adduser app users; deluser --remove-home app; grep -c app /etc/group; ls /home; delgroup app nogroup',
        'alpine:3.20',
      ),
    ).toBe('1 app\napp\n0\ndelgroup: unknown user app\n')
    expect(
      await out(
        'groupadd -g 3000 web; useradd -u 2000 -g web -m bob; groups bob; id bob; usermod -g nowhere bob; usermod -aG users bob; userdel -r bob; ls /home; getent group users; chroot --userspec nobody / id',
        'debian:12',
      ),
    ).toBe(
      "125 bob : web\nuid=2000(bob) gid=3000(web) groups=3000(web)\nusers:x:100:\nusermod: group 'nowhere' does not exist\nchroot: running a program as somebody else is not simulated\n",
    )
  })

  it('other than root may not become somebody else', async () => {
    expect(await out('su nobody -s /bin/sh -c "su root -c id"')).toBe('1 su: must be suid to work properly\n')
  })

  it('find no program below a root that has none', async () => {
    expect(await out('mkdir /host; chroot /host bash')).toBe(
      "127 chroot: can't execute 'bash': No such file or directory\n",
    )
    expect(await out('chroot /nowhere')).toBe(
      "1 chroot: can't change root directory to '/nowhere': No such file or directory\n",
    )
  })

  it('get files with the mode that install is told', async () => {
    expect(await out('echo hi > a; install -D -m 640 a /opt/b/c; stat -c %a /opt/b/c; cat /opt/b/c', 'debian:12')).toBe(
      '0 640\nhi\n',
    )
  })
})
