/** How busybox tells of itself and of the use of its applets: after a wrong use, and by `--help`. */
import { USAGES } from './help/busybox-usages.ts'

const BANNER = 'BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.\n'

export const usageOf = (name: string): string =>
  `${BANNER}\n${USAGES[name] ? `Usage: ${USAGES[name]}` : 'No help available\n'}`

const ABOUT = `BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --show SCRIPT
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

\tBusyBox is a multi-call binary that combines many common Unix
\tutilities into a single executable.  Most people will create a
\tlink to busybox for each function they wish to use and BusyBox
\twill act like whatever it was invoked as.

Currently defined functions:
`

/** What the binary itself says, with its applets in lines of 80 characters. */
export function about(applets: readonly string[]): string {
  const lines = ['']
  for (const [i, name] of applets.entries()) {
    const word = i < applets.length - 1 ? `${name}, ` : name
    if ((lines.at(-1)! + word).length > 72) lines.push('')
    lines[lines.length - 1] += word
  }
  return `${BANNER}${ABOUT}${lines.map(line => `\t${line.trimEnd()}\n`).join('')}\n`
}
