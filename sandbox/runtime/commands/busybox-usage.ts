/** How busybox's applets are used, in one line each, and what they do: what is shown after a wrong use, and by `--help`. */

export const BANNER = 'BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.\n'

const USAGE: Readonly<Record<string, readonly [synopsis: string, purpose: string]>> = {
  arch: ['arch', 'Print system architecture'],
  awk: ['awk [OPTIONS] [AWK_PROGRAM] [FILE]...', ''],
  base64: ['base64 [-d] [-w COL] [FILE]', 'Base64 encode or decode FILE to standard output'],
  basename: ['basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...', 'Strip directory path and SUFFIX from FILE'],
  bc: ['bc [-sqlw] [FILE]...', 'Arbitrary precision calculator'],
  bunzip2: ['bunzip2 [-cfk] [FILE]...', 'Decompress FILEs (or stdin)'],
  bzip2: ['bzip2 [-cfkdt123456789] [FILE]...', 'Compress FILEs (or stdin) with bzip2 algorithm'],
  cal: ['cal [-jmy] [[MONTH] YEAR]', 'Display a calendar'],
  cat: ['cat [-nbvteA] [FILE]...', 'Print FILEs to stdout'],
  chgrp: ['chgrp [-RhLHPcvf]... GROUP FILE...', 'Change the group membership of FILEs to GROUP'],
  chmod: [
    'chmod [-Rcvf] MODE[,MODE]... FILE...',
    'MODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]',
  ],
  chown: ['chown [-RhLHPcvf]... USER[:[GRP]] FILE...', 'Change the owner and/or group of FILEs to USER and/or GRP'],
  chroot: ['chroot NEWROOT [PROG ARGS]', 'Run PROG with root directory set to NEWROOT'],
  clear: ['clear', 'Clear screen'],
  cmp: ['cmp [-ls] [-n NUM] FILE1 [FILE2 [SKIP1 [SKIP2]]]', 'Compare FILE1 with FILE2 (or stdin)'],
  cp: [
    'cp [-arPLHpfinlsTu] SOURCE DEST\nor: cp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }',
    'Copy SOURCEs to DEST',
  ],
  crond: ['crond [-fbS] [-l N] [-L LOGFILE] [-c DIR]', ''],
  cut: ['cut [OPTIONS] [FILE]...', 'Print selected fields from FILEs to stdout'],
  date: ['date [OPTIONS] [+FMT] [[-s] TIME]', 'Display time (using +FMT), or set time'],
  dc: ['dc [-x] [-eSCRIPT]... [-fFILE]... [FILE]...', 'Tiny RPN calculator. Operations:'],
  dd: [
    'dd [if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]\n\t[conv=notrunc|noerror|sync|fsync]\n\t[iflag=skip_bytes|count_bytes|fullblock|direct] [oflag=seek_bytes|append|direct]',
    'Copy a file with converting and formatting',
  ],
  df: ['df [-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...', 'Print filesystem usage statistics'],
  diff: [
    'diff [-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2',
    'Compare files line by line and output the differences between them.',
  ],
  dirname: ['dirname FILENAME', 'Strip non-directory suffix from FILENAME'],
  dmesg: ['dmesg [-cr] [-n LEVEL] [-s SIZE]', 'Print or control the kernel ring buffer'],
  du: ['du [-aHLdclsxhmk] [FILE]...', 'Summarize disk space used for FILEs (or directories)'],
  env: [
    'env [-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]',
    'Print current environment or run PROG after setting up environment',
  ],
  expand: ['expand [-i] [-t N] [FILE]...', 'Convert tabs to spaces, writing to stdout'],
  expr: ['expr EXPRESSION', 'Print the value of EXPRESSION'],
  factor: ['factor [NUMBER]...', 'Print prime factors'],
  fallocate: ['fallocate [-o OFS] -l LEN FILE', 'Preallocate space for FILE'],
  find: ['find [-HL] [PATH]... [OPTIONS] [ACTIONS]', 'Search for files and perform actions on them.'],
  fold: ['fold [-bs] [-w WIDTH] [FILE]...', 'Wrap input lines in FILEs (or stdin), writing to stdout'],
  free: ['free [-bkmgh]', 'Display free and used memory'],
  getopt: ['getopt [OPTIONS] [--] OPTSTRING PARAMS', ''],
  grep: [
    'grep [-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
    'Search for PATTERN in FILEs (or stdin)',
  ],
  gunzip: ['gunzip [-cfkt] [FILE]...', 'Decompress FILEs (or stdin)'],
  gzip: ['gzip [-cfkdt] [FILE]...', 'Compress FILEs (or stdin)'],
  head: ['head [OPTIONS] [FILE]...', 'Print first 10 lines of FILEs (or stdin).'],
  hexdump: [
    'hexdump [-bcdoxCv] [-e FMT] [-f FMT_FILE] [-n LEN] [-s OFS] [FILE]...',
    'Display FILEs (or stdin) in a user specified format',
  ],
  hostname: ['hostname [-sidf] [HOSTNAME | -F FILE]', 'Show or set hostname or DNS domain name'],
  httpd: [
    'httpd [-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]\nor httpd -d/-e/-m STRING',
    'Listen for incoming HTTP requests',
  ],
  id: ['id [-ugGnr] [USER]', 'Print information about USER or the current user'],
  ip: ['ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]', 'OPTIONS := -f[amily] inet|inet6|link | -o[neline]'],
  kill: ['kill [-l] [-SIG] PID...', 'Send a signal (default: TERM) to given PIDs'],
  killall: ['killall [-lq] [-SIG] PROCESS_NAME...', 'Send a signal (default: TERM) to given processes'],
  less: ['less [-EFIMmNSRh~] [FILE]...', 'View FILE (or stdin) one screenful at a time'],
  ln: ['ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR', 'Create a link LINK or DIR/TARGET to the specified TARGET(s)'],
  logger: ['logger [-s] [-t TAG] [-p PRIO] [MESSAGE]', 'Write MESSAGE (or stdin) to syslog'],
  ls: ['ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...', 'List directory contents'],
  md5sum: ['md5sum [-c[sw]] [FILE]...', 'Print or check MD5 checksums'],
  mkdir: ['mkdir [-m MODE] [-p] DIRECTORY...', 'Create DIRECTORY'],
  mkfifo: ['mkfifo [-m MODE] NAME', 'Create named pipe'],
  mknod: ['mknod [-m MODE] NAME TYPE [MAJOR MINOR]', 'Create a special file (block, character, or pipe)'],
  mktemp: [
    'mktemp [-dt] [-p DIR] [TEMPLATE]',
    'Create a temporary file with name based on TEMPLATE and print its name.',
  ],
  more: ['more [FILE]...', 'View FILE (or stdin) one screenful at a time'],
  mount: ['mount [OPTIONS] [-o OPT] DEVICE NODE', 'Mount a filesystem. Filesystem autodetection requires /proc.'],
  mv: [
    'mv [-finT] SOURCE DEST\nor: mv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }',
    'Rename SOURCE to DEST, or move SOURCEs to DIRECTORY',
  ],
  nc: ['nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]', 'Open a pipe to IP:PORT or FILE'],
  netstat: ['netstat [-ral] [-tuwx] [-en]', 'Display networking information'],
  nl: ['nl [OPTIONS] [FILE]...', 'Write FILEs to standard output with line numbers added'],
  nproc: ['nproc [--all] [--ignore=N]', 'Print number of available CPUs'],
  nsenter: ['nsenter [OPTIONS] [PROG ARGS]', ''],
  nslookup: ['nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]', 'Query DNS about HOST'],
  od: [
    'od [-abcdfhilovxs] [-t TYPE] [-A RADIX] [-N SIZE] [-j SKIP] [-S MINSTR] [-w WIDTH] [FILE]...',
    'Print FILEs (or stdin) unambiguously, as octal bytes by default',
  ],
  paste: ['paste [-d LIST] [-s] [FILE]...', 'Paste lines from each input file, separated with tab'],
  patch: ['patch [-RNE] [-p N] [-i DIFF] [ORIGFILE [PATCHFILE]]', ''],
  pidof: ['pidof [NAME]...', 'List PIDs of all processes with names that match NAMEs'],
  ping: ['ping [OPTIONS] HOST', 'Send ICMP ECHO_REQUESTs to HOST'],
  printf: ['printf FORMAT [ARG]...', 'Format and print ARG(s) according to FORMAT (a-la C printf)'],
  ps: ['ps [-o COL1,COL2=HEADER] [-T]', 'Show list of processes'],
  pwd: ['pwd', 'Print the full filename of the current working directory'],
  readlink: ['readlink [-fnv] FILE', 'Display the value of a symlink'],
  realpath: ['realpath FILE...', 'Print absolute pathnames of FILEs'],
  renice: ['renice [-n] PRIORITY [[-p|g|u] ID...]...', 'Change scheduling priority of a running process'],
  reset: ['reset', 'Reset the screen'],
  rev: ['rev [FILE]...', 'Reverse lines of FILE'],
  rm: ['rm [-irf] FILE...', 'Remove (unlink) FILEs'],
  rmdir: ['rmdir [-p] DIRECTORY...', 'Remove DIRECTORY if it is empty'],
  sed: ['sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...\nor: sed [-i[SFX]] [-nrE] CMD [FILE]...', ''],
  seq: ['seq [-w] [-s SEP] [FIRST [INC]] LAST', 'Print numbers from FIRST to LAST, in steps of INC.'],
  setsid: ['setsid [-c] PROG ARGS', 'Run PROG in a new session. PROG will have no controlling terminal'],
  sha1sum: ['sha1sum [-c[sw]] [FILE]...', 'Print or check SHA1 checksums'],
  sha256sum: ['sha256sum [-c[sw]] [FILE]...', 'Print or check SHA256 checksums'],
  sha512sum: ['sha512sum [-c[sw]] [FILE]...', 'Print or check SHA512 checksums'],
  shuf: ['shuf [-n NUM] [-o FILE] [-z] [FILE | -e [ARG...] | -i L-H]', 'Randomly permute lines'],
  sleep: ['sleep [N]...', 'Pause for a time equal to the total of the args given, where each arg can'],
  sort: [
    'sort [-nrugMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...',
    'Sort lines of text',
  ],
  'start-stop-daemon': [
    'start-stop-daemon [OPTIONS] [-S|-K] ... [-- ARGS...]',
    'Search for matching processes, and then',
  ],
  stat: ['stat [-ltf] [-c FMT] FILE...', 'Display file (default) or filesystem status'],
  stty: ['stty [-a|g] [-F DEVICE] [SETTING]...', 'Without arguments, prints baud rate, line discipline,'],
  su: ["su [-lmp] [-s SH] [-] [USER [FILE ARGS | -c 'CMD' [ARG0 ARGS]]]", 'Run shell under USER (by default, root)'],
  sync: ['sync [-df] [FILE]...', 'Write all buffered blocks (in FILEs) to disk'],
  sysctl: ['sysctl [-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }', 'Show/set kernel parameters'],
  tac: ['tac [FILE]...', 'Concatenate FILEs and print them in reverse'],
  tail: ['tail [OPTIONS] [FILE]...', 'Print last 10 lines of FILEs (or stdin) to.'],
  tar: ['tar c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...', 'Create, extract, or list files from a tar file'],
  tee: ['tee [-ai] [FILE]...', 'Copy stdin to each FILE, and also to stdout'],
  telnet: ['telnet [-a] [-l USER] HOST [PORT]', 'Connect to telnet server'],
  time: ['time [-vpa] [-o FILE] PROG ARGS', 'Run PROG, display resource usage when it exits'],
  timeout: [
    'timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS',
    'Run PROG. Send SIG to it if it is not gone in SECS seconds.',
  ],
  top: ['top [-bH] [-n COUNT] [-d SECONDS]', 'Show a view of process activity in real time.'],
  touch: ['touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...', 'Update mtime of FILEs'],
  tr: ['tr [-cds] STRING1 [STRING2]', 'Translate, squeeze, or delete characters from stdin, writing to stdout'],
  traceroute: [
    'traceroute [-46Flnrv] [-f 1ST_TTL] [-m MAXTTL] [-q PROBES] [-p PORT]\n\t[-t TOS] [-w WAIT_SEC] [-s SRC_IP] [-i IFACE]\n\t[-z PAUSE_MSEC] HOST [BYTES]',
    'Trace the route to HOST',
  ],
  truncate: ['truncate [-c] -s SIZE FILE...', 'Truncate FILEs to SIZE'],
  ts: ['ts [-is] [STRFTIME]', 'Pipe stdin to stdout, add timestamp to each line'],
  tty: ['tty [-s]', "Print file name of stdin's terminal"],
  uname: ['uname [-amnrspvio]', 'Print system information'],
  unexpand: ['unexpand [-fa][-t N] [FILE]...', 'Convert spaces to tabs, writing to stdout'],
  uniq: ['uniq [-cduiz] [-f,s,w N] [FILE [OUTFILE]]', 'Discard duplicate lines'],
  unlink: ['unlink FILE', 'Delete FILE by calling unlink()'],
  unshare: ['unshare [OPTIONS] [PROG ARGS]', ''],
  unxz: ['unxz [-cfk] [FILE]...', 'Decompress FILEs (or stdin)'],
  unzip: ['unzip [-lnojpq] FILE[.zip] [FILE]... [-x FILE]... [-d DIR]', 'Extract FILEs from ZIP archive'],
  uptime: ['uptime', 'Display the time since the last boot'],
  usleep: ['usleep N', 'Pause for N microseconds'],
  vi: ['vi [-c CMD] [-R] [-H] [FILE]...', 'Edit FILE'],
  watch: ['watch [-n SEC] [-t] PROG ARGS', 'Run PROG periodically'],
  wc: ['wc [-cmlwL] [FILE]...', 'Count lines, words, and bytes for FILEs (or stdin)'],
  wget: [
    'wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] URL...',
    'Retrieve files via HTTP or FTP',
  ],
  which: ['which [-a] COMMAND...', 'Locate COMMAND'],
  whoami: ['whoami', 'Print the user name associated with the current effective user id'],
  xargs: ['xargs [OPTIONS] [PROG ARGS]', 'Run PROG on every item given by stdin'],
  xxd: ['xxd [-pri] [-g N] [-c N] [-n LEN] [-s OFS] [-o OFS] [FILE]', 'Hex dump FILE (or stdin)'],
  xz: ['xz -d [-cfk] [FILE]...', 'Decompress FILEs (or stdin)'],
  yes: ['yes [STRING]', "Repeatedly print a line with STRING, or 'y'"],
  zcat: ['zcat [FILE]...', 'Decompress to stdout'],
}

export function usageOf(name: string): string {
  const [synopsis, purpose] = USAGE[name] ?? []
  if (!synopsis) return `${BANNER}\nNo help available\n`
  return `${BANNER}\nUsage: ${synopsis}\n${purpose && `\n${purpose}\n`}`
}

/** What the binary itself says, with its applets in lines of 80 characters. */
export function about(applets: readonly string[]): string {
  const lines = ['']
  for (const [i, name] of applets.entries()) {
    const word = i < applets.length - 1 ? `${name}, ` : name
    if ((lines.at(-1)! + word).length > 72) lines.push('')
    lines[lines.length - 1] += word
  }
  return `${BANNER}\nUsage: busybox [function [arguments]...]\n   or: busybox --list\n   or: function [arguments]...\n\nCurrently defined functions:\n${lines.map(line => `\t${line.trimEnd()}\n`).join('')}\n`
}
