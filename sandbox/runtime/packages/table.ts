/** Packages that a mirror has: what they bring, by the names that each distribution gives them. What they depend on comes unmentioned. */
import type { FileSystem } from '../files/fs.ts'
import { binary } from '../programs.ts'

export interface Package {
  /** Programs by the name of their file, below /usr/bin. */
  programs: Readonly<Record<string, string>>
  /** `apt` and `apk` name versions; the others show this one too. */
  apt: string
  apk: string
  /** To be fetched. */
  kB: number
}

const gnu = (...names: string[]): Record<string, string> => Object.fromEntries(names.map(name => [name, `gnu/${name}`]))
const own = (...names: string[]): Record<string, string> => Object.fromEntries(names.map(name => [name, name]))

const DIG = gnu('dig', 'host', 'nslookup')
const NC = { nc: 'gnu/nc', netcat: 'gnu/nc' }
const VI = { vi: 'gnu/vi', vim: 'gnu/vi', view: 'gnu/view' }
const MYSQL = own('mysql', 'mysqladmin', 'mysqldump')
const POSTGRES = own('psql', 'pg_isready', 'pg_dump')

/** Names, separated by spaces → what they bring, versions of apt and apk, kB. */
const ROWS: readonly (readonly [
  names: string,
  programs: Record<string, string>,
  apt: string,
  apk: string,
  kB: number,
])[] = [
  ['curl', gnu('curl'), '7.88.1-10+deb12u14', '8.14.1-r2', 315],
  ['wget', gnu('wget'), '1.21.3-1+deb12u1', '1.25.0-r1', 937],
  [
    'procps procps-ng',
    gnu('ps', 'top', 'free', 'kill', 'pgrep', 'pkill', 'pidof', 'uptime', 'watch', 'sysctl'),
    '2:4.0.2-3',
    '4.0.4-r3',
    709,
  ],
  ['psmisc', gnu('killall'), '23.6-1', '23.7-r0', 259],
  ['iputils-ping iputils inetutils-ping', gnu('ping'), '3:20221126-1+deb12u1', '20240905-r0', 47],
  ['dnsutils bind9-dnsutils bind9-host bind-tools bind-utils', DIG, '1:9.18.41-1~deb12u1', '9.20.15-r0', 281],
  ['net-tools', gnu('netstat', 'ifconfig', 'route', 'arp'), '2.10-0.1', '2.10-r3', 243],
  ['iproute2 iproute', gnu('ip', 'ss'), '6.1.0-3', '6.15.0-r0', 1046],
  ['netcat netcat-openbsd netcat-traditional nmap-ncat', NC, '1.219-1', '1.229.1-r0', 41],
  ['vim vim-tiny vim-enhanced vim-minimal', VI, '2:9.0.1378-2+deb12u2', '9.1.1415-r0', 1567],
  ['nano', { nano: 'gnu/nano' }, '7.2-1+deb12u1', '8.4-r0', 690],
  ['telnet inetutils-telnet busybox-extras', gnu('telnet'), '0.17+2.4-2+deb12u2', '1.37.0-r18', 89],
  ['traceroute', gnu('traceroute'), '1:2.1.2-1', '2.1.6-r0', 54],
  ['less', gnu('less'), '590-2.1~deb12u2', '678-r0', 132],
  ['jq', gnu('jq'), '1.6-2.1+deb12u1', '1.8.1-r0', 65],
  ['bc', gnu('bc'), '1.07.1-3+b1', '1.08.2-r0', 110],
  ['openssl', gnu('openssl'), '3.0.19-1~deb12u1', '3.5.5-r0', 1424],
  ['xxd', gnu('xxd'), '2:9.0.1378-2+deb12u2', '9.1.1415-r0', 84],
  ['bash', { bash: 'shell/bash' }, '5.2.15-2+b8', '5.2.37-r0', 1491],
  ['socat', own('socat'), '1.7.4.4-2', '1.8.0.3-r1', 375],
  ['stress', own('stress'), '1.0.7-1', '1.0.7-r1', 22],
  ['redis-tools redis', own('redis-cli'), '5:7.0.15-1~deb12u5', '8.0.4-r0', 991],
  ['mysql-client default-mysql-client mariadb-client mysql', MYSQL, '1:10.11.14-0+deb12u2', '11.4.8-r0', 2866],
  ['postgresql-client postgresql16-client postgresql17-client', POSTGRES, '15+248', '17.6-r0', 1723],
  ['python3', { python3: 'python' }, '3.11.2-1+b1', '3.12.12-r0', 26],
  ['nodejs', { node: 'node' }, '18.20.4+dfsg-1~deb12u1', '22.16.0-r2', 320],
  [
    'amqp-tools',
    own('amqp-declare-queue', 'amqp-delete-queue', 'amqp-publish', 'amqp-get', 'amqp-consume'),
    '0.11.0-1+b1',
    '',
    35,
  ],
  ['adduser', gnu('adduser', 'addgroup', 'deluser', 'delgroup'), '3.134', '', 187],
  ['ca-certificates', {}, '20230311+deb12u1', '20250911-r0', 153],
  ['gnupg', {}, '2.2.40-1.1+deb12u1', '2.4.7-r0', 846],
  ['apt-transport-https', {}, '2.6.1', '', 25],
  ['software-properties-common', {}, '0.99.30-4.1~deb12u1', '', 62],
  ['lsb-release', {}, '12.0-1', '', 6],
  ['apt-utils', {}, '2.6.1', '', 310],
  ['tzdata', {}, '2025b-0+deb12u2', '2025b-r0', 257],
  ['locales', {}, '2.36-9+deb12u13', '', 3904],
  ['coreutils', {}, '9.1-1', '9.7-r1', 2917],
  ['findutils', {}, '4.9.0-4', '4.10.0-r0', 602],
]

export const PACKAGES: ReadonlyMap<string, Package> = new Map(
  ROWS.flatMap(([names, programs, apt, apk, kB]) =>
    names.split(' ').map(name => [name, { programs, apt, apk, kB }] as const),
  ),
)

/** What a package's programs are as files. */
export const files = ({ programs }: Package): readonly (readonly [path: string, content: string])[] =>
  Object.entries(programs).map(([name, program]) => [`/usr/bin/${name}`, binary(program)] as const)

const DIRECTORIES = ['/usr/bin', '/bin', '/usr/local/bin', '/usr/sbin']

/** Whether an image has all of it from the beginning. */
export const isThere = (fs: Pick<FileSystem, 'exists'>, { programs }: Package): boolean => {
  const names = Object.keys(programs)
  return names.length > 0 && names.every(name => DIRECTORIES.some(directory => fs.exists(`${directory}/${name}`)))
}
