/** What an image is: names, configuration, files; and the file systems that several images start from. */
import type { Directory } from '../files/fs.ts'
import { files, PACKAGES } from '../packages/table.ts'
import type { Signal } from '../processes/process.ts'
import { binary, type CarryingProgram } from '../programs.ts'
import { BUSYBOX, DEBIAN_BIN, DEBIAN_SBIN } from './unsimulated.ts'
import type { Versions } from './versions.ts'

export interface Image {
  /** docker.io/library/nginx; several where an image is known by more than one name. */
  repositories: readonly string[]
  /** Whether the registry has this tag. */
  tags: RegExp
  /** Tags of digests of the real world by which well-known manifests name it. */
  digests?: Readonly<Record<string, string>>
  /** Compressed, as it is pulled. */
  megabytes: number
  entrypoint?: readonly string[]
  cmd?: readonly string[]
  /** Where its tags start different things. */
  cmdOf?(tag: string): readonly string[]
  env?: Readonly<Record<string, string>>
  /** Where its tags tell its program's version. */
  version?: Versions
  workingDir?: string
  user?: string
  stopSignal?: Signal
  exposedPorts?: readonly number[]
  base: Base
  /** Where its tags are built on different systems. */
  baseOf?(tag: string): Base
  files?(root: Directory, tag: string): void
  /** Programs of its own, by the name that a binary carries. */
  programs?: Readonly<Record<string, CarryingProgram>>
}

export type Base = (root: Directory) => void

export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export const executable = (root: Directory, path: string, program: string): void =>
  root.write(path, binary(program), { mode: 0o755 })

/** The applets of busybox. */
export const APPLETS =
  '[ arch arp ash awk base32 base64 basename bc bunzip2 bzip2 cal cat chgrp chmod chown chpasswd chroot cksum clear cmp comm cp crond cut date dc dd df diff dirname dmesg dos2unix du echo egrep env expand expr factor fallocate false fgrep find flock fold free fsync getent getopt grep groups gunzip gzip hd head hexdump hostid hostname httpd id ifconfig install ip kill killall less link ln logger ls lsof md5sum mkdir mkfifo mknod mktemp more mount mountpoint mv nc netstat nice nl nohup nproc nsenter nslookup od paste patch pgrep pidof ping pkill printenv printf ps pstree pwd readlink realpath renice reset rev rm rmdir route sed seq setsid sh sha1sum sha256sum sha384sum sha512sum shred shuf sleep sort split start-stop-daemon stat strings stty su sum sync sysctl tac tail tar tee telnet test time timeout top touch tr traceroute tree true truncate ts tty umount uname unexpand uniq unix2dos unlink unshare unxz unzip uptime usleep vi watch wc wget which whoami xargs xxd xz yes zcat'.split(
    ' ',
  )

/** Tools of the packages that Debian calls required, which is all that its images have. */
const GNU =
  '[ arch awk base32 base64 basename cat chgrp chmod chown chpasswd chroot cksum clear cmp comm cp csplit cut date dd df diff dirname du echo egrep env expand expr factor fallocate false fgrep find fmt fold getent getopt grep groupadd groupdel groups gunzip gzip head hostname id install join link ln ls md5sum mkdir mkfifo mknod mktemp more mount mv nice nl nohup nproc nsenter od paste pr ptx pidof printenv printf pwd readlink realpath rev rm rmdir sed seq setsid sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty su sum sync tac tail tar tee test timeout touch tr true truncate tsort tty umount uname unexpand uniq unlink unshare useradd userdel usermod wc which whoami xargs yes zcat'.split(
    ' ',
  )

/** @param shadowGroup who may read the passwords beside root; nobody by default */
function skeleton(root: Directory, users: string, groups: string, shadowGroup?: number): void {
  for (const dir of [
    'bin',
    'dev',
    'etc',
    'home',
    'proc',
    'sys',
    'usr/bin',
    'usr/sbin',
    'usr/local/bin',
    'var',
    'run',
    'lib',
  ])
    root.mkdir(`/${dir}`)
  root.mkdir('/root', { mode: 0o700 })
  root.mkdir('/tmp', { mode: 0o1777 })
  root.mkdir('/var/tmp', { mode: 0o1777 })
  root.write('/etc/passwd', users)
  root.write('/etc/group', groups)
  root.write('/etc/shadow', users.replace(/^([^:]+):.*$/gm, '$1:*:20000:0:99999:7:::'), {
    mode: shadowGroup === undefined ? 0o600 : 0o640,
    gid: shadowGroup ?? 0,
  })
}

const USERS =
  'root:x:0:0:root:/root:SHELL\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\nsys:x:3:3:sys:/dev:/bin/false\nsync:x:4:100:sync:/bin:/bin/sync\nmail:x:8:8:mail:/var/spool/mail:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\noperator:x:37:37:Operator:/var:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n'
const GROUPS =
  'root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nwheel:x:10:root\nmail:x:8:\nwww-data:x:33:\nusers:x:100:\nnogroup:x:65534:\n'

const SHADOW_GROUP = 42

/** Nothing at all, as of images built from scratch. */
export const scratch: Base = root => {
  for (const dir of ['dev', 'etc', 'proc', 'sys']) root.mkdir(`/${dir}`)
}

export const busyboxBase: Base = root => {
  skeleton(root, USERS.replace('SHELL', '/bin/sh'), GROUPS)
  root.remove('/run')
  root.symlink('/lib64', 'lib')
  executable(root, '/bin/busybox', 'busybox')
  for (const applet of APPLETS) executable(root, `/bin/${applet}`, 'busybox')
  for (const applet of BUSYBOX) executable(root, `/bin/${applet}`, 'busybox')
  root.symlink('/usr/bin/env', '/bin/env')
}

const USR_BIN = new Set([
  'awk',
  'basename',
  'clear',
  'cmp',
  'comm',
  'cut',
  'diff',
  'dirname',
  'du',
  'env',
  'expr',
  'find',
  'fold',
  'free',
  'hd',
  'head',
  'hexdump',
  'id',
  'killall',
  'less',
  'md5sum',
  'mkfifo',
  'nc',
  'nohup',
  'nproc',
  'nslookup',
  'od',
  'paste',
  'pgrep',
  'pkill',
  'readlink',
  'realpath',
  'seq',
  'sha1sum',
  'sha256sum',
  'sha512sum',
  'shuf',
  'sort',
  'split',
  'tac',
  'tail',
  'tee',
  'test',
  '[',
  'time',
  'timeout',
  'top',
  'tr',
  'traceroute',
  'truncate',
  'tty',
  'uniq',
  'unlink',
  'uptime',
  'vi',
  'wc',
  'wget',
  'which',
  'whoami',
  'xargs',
  'xxd',
  'yes',
])

/** Applets that Alpine's busybox has besides. */
const OF_ALPINE = ['addgroup', 'adduser', 'delgroup', 'deluser']

/** What `buildpack-deps` installs, on which the full images of most languages are built. */
export const BUILDPACK = ['curl', 'wget', 'openssl', 'procps', 'python3']

export const alpineBase =
  (version = '3.20.3'): Base =>
  root => {
    const groups = GROUPS.replace('users:', `shadow:x:${SHADOW_GROUP}:\nusers:`)
    skeleton(root, USERS.replace('SHELL', '/bin/ash').replaceAll('/bin/false', '/sbin/nologin'), groups, SHADOW_GROUP)
    for (const dir of ['media', 'mnt', 'opt', 'srv']) root.mkdir(`/${dir}`)
    executable(root, '/bin/busybox', 'busybox')
    for (const applet of APPLETS) executable(root, `${USR_BIN.has(applet) ? '/usr/bin' : '/bin'}/${applet}`, 'busybox')
    for (const applet of OF_ALPINE) executable(root, `/usr/sbin/${applet}`, 'busybox')
    root.mkdir('/sbin')
    executable(root, '/sbin/apk', 'packages/apk')
    root.write('/etc/alpine-release', `${version}\n`)
    root.write(
      '/etc/os-release',
      `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.split('.').slice(0, 2).join('.')}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`,
    )
  }

/** For images that have tags of Alpine beside the usual ones. */
export const orAlpine =
  (base: Base) =>
  (tag: string): Base =>
    /alpine/.test(tag) ? alpineBase('3.22.1') : base

/** Of Debian and its relatives. */
export interface Release {
  id: 'debian' | 'ubuntu'
  name: string
  version: string
  codename: string
}

/** Of Debian's releases the last that images were made of. */
const POINT_RELEASES: Readonly<Record<string, number>> = { 8: 11, 10: 13, 11: 11, 12: 12, 13: 2 }

const BOOKWORM: Release = {
  id: 'debian',
  name: 'Debian GNU/Linux 12 (bookworm)',
  version: '12',
  codename: 'bookworm',
}

/**
 * Debian and its relatives, as `minbase` installs them.
 * @param packages what an image has installed besides, by the names that its mirror knows
 */
export const debianBase =
  (distribution: Release = BOOKWORM, packages: readonly string[] = []): Base =>
  root => {
    skeleton(
      root,
      USERS.replace('SHELL', '/bin/bash')
        .replaceAll('/bin/false', '/usr/sbin/nologin')
        .replace('nobody:x:65534:65534:nobody:/home', 'nobody:x:65534:65534:nobody:/nonexistent'),
      GROUPS.replace('wheel:x:10:root', 'uucp:x:10:').replace('users:', `shadow:x:${SHADOW_GROUP}:\nusers:`),
      SHADOW_GROUP,
    )
    for (const dir of ['boot', 'media', 'mnt', 'opt', 'srv', 'usr/lib64']) root.mkdir(`/${dir}`)
    root.symlink('/lib64', 'usr/lib64')
    root.remove('/bin')
    root.symlink('/bin', 'usr/bin')
    root.symlink('/sbin', 'usr/sbin')
    for (const tool of GNU) executable(root, `/usr/bin/${tool}`, `gnu/${tool}`)
    for (const name of packages)
      for (const [path, content] of files(PACKAGES.get(name)!)) root.write(path, content, { mode: 0o755 })
    executable(root, '/usr/bin/bash', 'shell/bash')
    executable(root, '/usr/bin/dash', 'shell/dash')
    executable(root, '/usr/bin/sh', 'shell/dash')
    for (const name of ['apt', 'apt-get']) executable(root, `/usr/bin/${name}`, 'packages/apt')
    for (const name of ['dpkg', 'perl']) executable(root, `/usr/bin/${name}`, `unsimulated/${name}`)
    for (const name of DEBIAN_BIN) executable(root, `/usr/bin/${name}`, `gnu/${name}`)
    for (const name of DEBIAN_SBIN) executable(root, `/usr/sbin/${name}`, `gnu/${name}`)
    root.write('/etc/host.conf', 'multi on\n')
    root.write(
      '/etc/os-release',
      `PRETTY_NAME="${distribution.name}"\nNAME="${distribution.id === 'ubuntu' ? 'Ubuntu' : 'Debian GNU/Linux'}"\nVERSION_ID="${distribution.version}"\nVERSION_CODENAME=${distribution.codename}\nID=${distribution.id}\n`,
    )
    if (distribution.id === 'debian')
      root.write('/etc/debian_version', `${distribution.version}.${POINT_RELEASES[distribution.version] ?? 0}\n`)
  }
