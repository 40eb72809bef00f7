/** How nginx writes the time: in its access log, and in its error log. */
import { MONTHS } from '../../../calendar.ts'

const month = (d: Date): string => MONTHS[d.getUTCMonth()]!.slice(0, 3)
const two = (n: number): string => String(n).padStart(2, '0')

/** Much is logged in one second. */
function eachSecond(write: (d: Date) => string): (ms: number) => string {
  let [second, written] = [Number.NaN, '']
  return ms => {
    const now = Math.floor(ms / 1000)
    if (now !== second) [second, written] = [now, write(new Date(ms))]
    return written
  }
}

/** `27/Nov/2026:14:00:00 +0000` */
export const inLog = eachSecond(
  d =>
    `${two(d.getUTCDate())}/${month(d)}/${d.getUTCFullYear()}:${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`,
)

/** `2026/11/27 14:00:00` */
export const inErrorLog = eachSecond(d => d.toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' '))

/** `27-Nov-2026 14:00`, of a file in a list of a directory. */
export const inList = (ms: number): string => {
  const d = new Date(ms)
  return `${two(d.getUTCDate())}-${month(d)}-${d.getUTCFullYear()} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}
