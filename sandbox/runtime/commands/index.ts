/** The table of commands, by name. */

import { tar } from './archives/archive.ts'
import { gzipCommand } from './archives/gzip.ts'
import { awk } from './awk/awk.ts'
import { base32 } from './bytes/base32.ts'
import { base64 } from './bytes/base64.ts'
import { cksum, crc, sum } from './bytes/checksums.ts'
import { hexdump } from './bytes/hexdump.ts'
import { od } from './bytes/od.ts'
import { sums } from './bytes/sums.ts'
import { xxd } from './bytes/xxd.ts'
import { type Command, Missing, options, print } from './command.ts'
import { fallocate, fsync, mkfifo, truncate } from './files/blocks.ts'
import { chown } from './files/chown.ts'
import { cp, ln, mv } from './files/copy.ts'
import { dd } from './files/dd.ts'
import { mkdir, rm, rmdir } from './files/directories.ts'
import { df, du } from './files/disks.ts'
import { install, link } from './files/install.ts'
import { ls } from './files/ls.ts'
import { mknod } from './files/mknod.ts'
import { chmod } from './files/modes.ts'
import { mount, umount } from './files/mount.ts'
import { mountpoint } from './files/mountpoint.ts'
import { basenameCommand, dirnameCommand, mktemp, readlink } from './files/paths.ts'
import { shred } from './files/shred.ts'
import { stat, touch } from './files/stat.ts'
import { tree } from './files/tree.ts'
import { find } from './find/index.ts'
import { curl } from './network/curl.ts'
import { dig } from './network/dig.ts'
import { host } from './network/host.ts'
import { arp, ifconfig, route } from './network/ifconfig.ts'
import { ip } from './network/interfaces.ts'
import { nc, telnet } from './network/nc.ts'
import { netstat } from './network/netstat.ts'
import { nslookup } from './network/nslookup.ts'
import { ping } from './network/ping.ts'
import { ss } from './network/ss.ts'
import { traceroute } from './network/traceroute.ts'
import { wget } from './network/wget.ts'
import { nsenter, unshare } from './processes/nsenter.ts'
import { pgrep, pkill } from './processes/pgrep.ts'
import { kill, pidof } from './processes/processes.ts'
import { ps } from './processes/ps.ts'
import { top } from './processes/top.ts'
import { bc } from './scripting/bc.ts'
import { expr } from './scripting/expr.ts'
import { factor } from './scripting/factor.ts'
import { flock } from './scripting/flock.ts'
import { getopt } from './scripting/getopt.ts'
import { printf } from './scripting/printf.ts'
import { env, nice, nohup, printenv, run, setsid, test, whichCommand, yes } from './scripting/run.ts'
import { echo } from './scripting/text.ts'
import { timeout } from './scripting/timeout.ts'
import { xargs } from './scripting/xargs.ts'
import { sed } from './sed/sed.ts'
import { cal } from './system/calendar.ts'
import { dmesg, getconf, hostid, logname, nobody } from './system/login.ts'
import { clear, free, hostname, nproc, stty, tty, uname } from './system/machine.ts'
import { less, watch } from './system/screen.ts'
import { sysctl } from './system/sysctl.ts'
import { date, sleep, time, uptime, usleep } from './system/time.ts'
import { borrowed, NAMES } from './text/borrowed.ts'
import { cat } from './text/cat.ts'
import { expand, fold, unexpand } from './text/columns.ts'
import { cmp, diff } from './text/compare.ts'
import { cut, tr } from './text/fields.ts'
import { head, nl, rev, tac, tail, tee, wc } from './text/filters.ts'
import { grep } from './text/grep.ts'
import { lineEnds } from './text/line-ends.ts'
import { patch } from './text/patch.ts'
import { shuf } from './text/shuffle.ts'
import { comm, join, paste } from './text/side-by-side.ts'
import { seq, sort, uniq } from './text/sort.ts'
import { split } from './text/split.ts'
import { tsort } from './text/tsort.ts'
import { adduser, chpasswd, groupadd, groupdel, useradd, userdel, usermod } from './users/accounts.ts'
import { getent } from './users/getent.ts'
import { chroot, su } from './users/su.ts'
import { groups, id, whoami } from './users/users.ts'
import { httpd, nano, notSimulated } from './various.ts'

/** What the images have, and nothing here does. */
const NOT_SIMULATED =
  'csplit fmt pr ptx sha224sum bunzip2 bzip2 crond dc lsof pstree start-stop-daemon ts unxz unzip xz'.split(' ')

const vi: Command = async call => (await call.process.load(import('./vi/index.ts'))).vi(call)

export const COMMANDS: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(NAMES.map(name => [name, borrowed])),
  ...Object.fromEntries(NOT_SIMULATED.map(name => [name, notSimulated])),
  addgroup: groupadd,
  adduser,
  arch: call => print(call, 'x86_64\n'),
  awk,
  base32,
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
  cksum,
  cmp,
  comm,
  crc32: crc,
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
  host,
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
  vim: vi,
  view: vi,
  nano,
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
  dos2unix: lineEnds,
  unix2dos: lineEnds,
  expand,
  unexpand,
  flock,
  fold,
  // What is written is kept at once.
  fsync,
  join,
  paste,
  patch,
  sum,
  tree,
  tsort,
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
  mknod,
  dmesg,
  getconf,
  hostid,
  logname,
  shred,
  users: nobody,
  who: nobody,
  mktemp,
  mount,
  mountpoint,
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
