/** agnhost stress: takes memory step by step, and burns CPU. */
import { canonicalBytes, takeMemory } from '../stress-go.ts'
import { klog, type Subcommand } from './go.ts'

export const stress: Subcommand = async (process, flags) => {
  const sizes: { text: string; bytes: number }[] = []
  for (const name of ['mem-total', 'mem-alloc-size']) {
    const text = flags.text(name)
    const size = canonicalBytes(text)
    if (!size) {
      await process.write(
        2,
        `panic: cannot parse '${text}': quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'\n`,
      )
      return 2
    }
    sizes.push(size)
  }
  const [total, step] = sizes as [{ text: string; bytes: number }, { text: string; bytes: number }]
  const log = (line: number, words: string): Promise<void> =>
    process.write(2, klog(process, words, `stress.go:${line}`))
  return takeMemory(process, {
    total,
    step,
    pauseMs: flags.duration('mem-alloc-sleep'),
    cpus: flags.number('cpus'),
    log: { begin: words => log(67, words), thread: words => log(80, words), end: words => log(70, words) },
  })
}
