/** fluentd and fluent-bit as collectors beside an application: they follow files and print what is new. */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'

type Kind = 'fluentd' | 'fluent-bit'

const CONFIGS: Readonly<Record<Kind, readonly string[]>> = {
  fluentd: ['/fluentd/etc/fluent.conf', '/etc/fluent/fluent.conf', '/fluentd/etc/fluentd.conf'],
  'fluent-bit': ['/fluent-bit/etc/fluent-bit.conf', '/fluent-bit/etc/conf/fluent-bit.conf'],
}

interface Source {
  path: string
  tag: string
}

/** The file named by -c or --config, or the usual one. */
function configOf(process: Process, kind: Kind): string {
  const at = process.argv.findIndex(word => word === '-c' || word === '--config')
  const named = at > 0 ? process.argv[at + 1] : process.env.FLUENTD_ARGS?.split(/-c\s+/)[1]
  const file = [...(named ? [named] : []), ...CONFIGS[kind]].find(name => process.fs.exists(name))
  return file ? process.fs.readFile(file) : ''
}

/** Files to follow, where the configuration prints what it finds in them. */
function sourcesOf(text: string): Source[] {
  const blocks = text.split(/(?=<source>|<match|\[INPUT\]|\[OUTPUT\])/i)
  const prints = blocks.some(b => /^(<match|\[OUTPUT\])/i.test(b) && /(@type|\bname)\s+stdout/i.test(b))
  if (!prints) return []
  return blocks.flatMap(block => {
    if (!/^(<source>|\[INPUT\])/i.test(block) || !/(@type|\bname)\s+tail/i.test(block)) return []
    const path = /\bpath\s+(\S+)/i.exec(block)?.[1]
    return path ? path.split(',').map(p => ({ path: p, tag: /\btag\s+(\S+)/i.exec(block)?.[1] ?? 'tail.0' })) : []
  })
}

export async function followFiles(process: Process, kind: Kind): Promise<void> {
  const sources = sourcesOf(configOf(process, kind))
  if (!sources.length) return
  const read = new Map<string, number>()
  for (let count = 0; ; await pause(process)) {
    for (const { path, tag } of sources) {
      if (!process.fs.exists(path)) continue
      const text = process.fs.readFile(path)
      const from = read.get(path) ?? 0
      const end = text.lastIndexOf('\n') + 1
      read.set(path, end)
      for (const line of text.slice(Math.min(from, end), end).split('\n').filter(Boolean)) {
        const now = process.clock.now()
        const time = new Date(now).toISOString().replace('T', ' ').replace('Z', '000000 +0000')
        await process.write(
          1,
          kind === 'fluentd'
            ? `${time} ${tag}: ${JSON.stringify({ message: line })}\n`
            : `[${count++}] ${tag}: [[${(now / 1000).toFixed(9)}, {}], {"log"=>${JSON.stringify(line)}}]\n`,
        )
      }
    }
  }
}

/** A second; a signal that is handled ends the process by itself. */
async function pause(process: Process): Promise<void> {
  try {
    await process.sleep(1000)
  } catch (error) {
    if (!isErrno(error, 'EINTR')) throw error
  }
}
