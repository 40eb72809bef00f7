/** `shred`: a file is written over, and with `-u` removed. */
import { type Command, options, print } from '../command.ts'
import { each } from './operands.ts'

const PASSES = 3

export const shred: Command = call => {
  const gnu = call.flavour === 'gnu'
  const flags = gnu
    ? options(call, 'fn:s:uvxz', {
        force: 'f',
        iterations: 'n',
        size: 's',
        remove: 'u',
        verbose: 'v',
        exact: 'x',
        zero: 'z',
      })
    : options(call, 'fuzxvn:')
  const { fs, random } = call.process
  const passes = Number(flags.value('n') ?? PASSES)
  return each(
    call,
    flags.rest,
    async name => {
      const { size, type } = fs.stat(name)
      if (type === 'file') {
        // GNU's writes whole blocks, unless it is told otherwise.
        const length = gnu && !flags.has('x') ? Math.ceil(size / 4096) * 4096 : size
        const letters = Array.from({ length }, () => String.fromCharCode(random.int(128)))
        fs.writeFile(name, flags.has('z') ? '\0'.repeat(length) : letters.join(''))
      }
      if (flags.has('v') && gnu) {
        const all = passes + (flags.has('z') ? 1 : 0)
        for (let i = 1; i <= all; i++)
          await call.process.write(2, `shred: ${name}: pass ${i}/${all} (${i > passes ? '000000' : 'random'})...\n`)
      }
      if (!flags.has('u')) return
      fs.unlink(name)
      if (flags.has('v') && gnu) await print(call, '')
    },
    (name, reason) => (gnu ? `${name}: failed to open for writing: ${reason}` : `can't open '${name}': ${reason}`),
  )
}
