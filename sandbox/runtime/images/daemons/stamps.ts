/** What daemons put before a line of their log: each family writes the time in its own way. */

type Stamp = (ms: number) => string

const iso = (ms: number): string => new Date(ms).toISOString()
/** `2026-11-27 03:15:42.123` */
const plain = (ms: number): string => iso(ms).slice(0, 23).replace('T', ' ')
const slashed = (ms: number): string => plain(ms).slice(0, 19).replaceAll('-', '/')

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `27-Nov-2026 03:15:42.123` */
function tomcat(ms: number): string {
  const [year, month, day] = iso(ms).slice(0, 10).split('-')
  return `${day}-${MONTHS[Number(month) - 1]}-${year} ${iso(ms).slice(11, 23)}`
}

export const STAMPS = {
  none: () => '',
  iso: ms => `${iso(ms)} `,
  mysql: ms => `${iso(ms).slice(0, 23)}000Z 0 `,
  mariadb: ms => `${plain(ms).slice(0, 19).replace(/ 0/, '  ')} `,
  postgres: ms => `${plain(ms)} UTC [1] `,
  rabbitmq: ms => `${plain(ms)}000+00:00 `,
  fluentd: ms => `${plain(ms).slice(0, 19)} +0000 `,
  fluentBit: ms => `[${slashed(ms)}] `,
  slog: ms => `time=${iso(ms)} `,
  logfmt: ms => `ts=${iso(ms)} `,
  grafana: ms => `t=${iso(ms)} `,
  jenkins: ms => `${plain(ms)}+0000 [id=1]\t`,
  tomcat: ms => `${tomcat(ms)} `,
  traefik: ms => `${iso(ms).slice(0, 19)}Z `,
  envoy: ms => `[${plain(ms)}][1]`,
  nats: ms => `[1] ${slashed(ms)}.${iso(ms).slice(20, 23)}000 `,
  seconds: ms => `${Math.floor(ms / 1000)}: `,
  kafka: ms => `[${plain(ms).replace('.', ',')}] `,
  comma: ms => `${plain(ms).replace('.', ',')} `,
  space: ms => `${plain(ms)} `,
  go: ms => `${slashed(ms)} `,
} satisfies Readonly<Record<string, Stamp>>

export type StampName = keyof typeof STAMPS
