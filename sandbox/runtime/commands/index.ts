/** The table of commands, by name. */

import { adduser, chpasswd, groupadd, groupdel, useradd, userdel, usermod } from './accounts.ts'
import { tar } from './archive.ts'
import { awk } from './awk/awk.ts'
import { base64 } from './base64.ts'
import { bc } from './bc.ts'
import { dd, fallocate, mkfifo, truncate } from './blocks.ts'
import { borrowed, NAMES } from './borrowed.ts'
import { cal } from './calendar.ts'
import { cat } from './cat.ts'
import { type Command, Missing, options, print } from './command.ts'
import { cmp, diff } from './compare.ts'
import { netstat, ss } from './connections.ts'
import { cp, ln, mv } from './copy.ts'
import { curl } from './curl.ts'
import { mkdir, rm, rmdir } from './directories.ts'
import { df, du } from './disks.ts'
import { dig, nslookup } from './dns.ts'
import { expr } from './expr.ts'
import { factor } from './factor.ts'
import { cut, tr } from './fields.ts'
import { head, nl, rev, tac, tail, tee, wc } from './filters.ts'
import { find } from './find/index.ts'
import { getopt } from './getopt.ts'
import { grep } from './grep.ts'
import { gzipCommand } from './gzip.ts'
import { hexdump } from './hexdump.ts'
import { arp, ifconfig, route } from './ifconfig.ts'
import { install, link } from './install.ts'
import { ip } from './interfaces.ts'
import { ls } from './ls.ts'
import { clear, free, hostname, nproc, stty, tty, uname } from './machine.ts'
import { chmod, chown } from './modes.ts'
import { mount, umount } from './mount.ts'
import { nc, telnet } from './nc.ts'
import { nsenter, unshare } from './nsenter.ts'
import { od } from './od.ts'
import { basenameCommand, dirnameCommand, mktemp, readlink } from './paths.ts'
import { pgrep, pkill } from './pgrep.ts'
import { ping, traceroute } from './ping.ts'
import { kill, pidof } from './processes.ts'
import { ps } from './ps.ts'
import { env, nice, nohup, printenv, run, setsid, test, whichCommand, yes } from './run.ts'
import { less, watch } from './screen.ts'
import { sed } from './sed/sed.ts'
import { shuf } from './shuffle.ts'
import { seq, sort, uniq } from './sort.ts'
import { split } from './split.ts'
import { stat, touch } from './stat.ts'
import { chroot, su } from './su.ts'
import { sums } from './sums.ts'
import { sysctl } from './sysctl.ts'
import { echo, printf } from './text.ts'
import { date, sleep, time, uptime, usleep } from './time.ts'
import { timeout } from './timeout.ts'
import { top } from './top.ts'
import { getent, groups, id, whoami } from './users.ts'
import { httpd, notSimulated, vi } from './various.ts'
import { wget } from './wget.ts'
import { xargs } from './xargs.ts'
import { xxd } from './xxd.ts'

/** What the images have, and nothing here does. */
const NOT_SIMULATED =
  'base32 cksum csplit fmt mknod pr ptx sha224sum shred sum tsort bunzip2 bzip2 crond dc dmesg lsof patch pstree start-stop-daemon ts unxz unzip xz'.split(
    ' ',
  )

export const COMMANDS: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(NAMES.map(name => [name, borrowed])),
  ...Object.fromEntries(NOT_SIMULATED.map(name => [name, notSimulated])),
  addgroup: groupadd,
  adduser,
  arch: call => print(call, 'x86_64\n'),
  awk,
  base64,
  bc,
  cal,
  chpasswd,
  chroot,
  delgroup: groupdel,
  deluser: userdel,
  groupadd,
  groupdel,
  su,
  useradd,
  userdel,
  usermod,
  cmp,
  factor,
  setsid,
  md5sum: sums,
  od,
  sha1sum: sums,
  sha256sum: sums,
  sha384sum: sums,
  sha512sum: sums,
  shuf,
  split,
  xxd,
  diff,
  getopt,
  // Nobody listens to the log of a container's system.
  logger: () => 0,
  // Output is never held back here.
  stdbuf: call => {
    const { rest } = options(call, '+i:o:e:', { input: 'i', output: 'o', error: 'e' })
    if (!rest.length) throw new Missing('missing operand', 125)
    return run(call, rest)
  },
  usleep,
  curl,
  dig,
  expr,
  find,
  hd: hexdump,
  hexdump,
  httpd,
  arp,
  ifconfig,
  ip,
  route,
  nc,
  netstat,
  nslookup,
  ping,
  sed,
  ss,
  vi,
  nano: vi,
  wget,
  gunzip: gzipCommand,
  gzip: gzipCommand,
  less,
  more: less,
  tar,
  telnet,
  traceroute,
  watch,
  zcat: gzipCommand,
  '[': test,
  basename: basenameCommand,
  cat,
  chgrp: chown,
  chmod,
  chown,
  clear,
  cp,
  cut,
  date,
  dd,
  fallocate,
  df,
  dirname: dirnameCommand,
  du,
  echo,
  egrep: grep,
  env,
  false: () => 1,
  fgrep: grep,
  free,
  getent,
  grep,
  head,
  hostname,
  groups,
  id,
  install,
  kill,
  killall: kill,
  link,
  ln,
  ls,
  mkdir,
  mkfifo,
  mktemp,
  mount,
  mv,
  nice,
  nl,
  nohup,
  nproc,
  nsenter,
  openssl: async call => (await call.process.load(import('./openssl/index.ts'))).openssl(call),
  pgrep,
  pidof,
  pkill,
  printenv,
  printf,
  ps,
  pwd: call => call.process.write(1, `${call.process.cwd}\n`),
  readlink,
  realpath: readlink,
  rev,
  rm,
  rmdir,
  seq,
  sleep,
  sort,
  stat,
  stty,
  sync: () => 0,
  sysctl,
  tac,
  tail,
  tee,
  test,
  time,
  timeout,
  top,
  touch,
  tr,
  true: () => 0,
  truncate,
  tty,
  uname,
  uniq,
  unlink: rm,
  umount,
  unshare,
  uptime,
  wc,
  which: whichCommand,
  whoami,
  xargs,
  yes,
  reset: clear,
}
