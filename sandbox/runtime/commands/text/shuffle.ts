/** `shuf`: lines in an order by chance, which is the simulation's. */
import { type Command, complain, options, print } from '../command.ts'
import { allText } from './reading.ts'

export const shuf: Command = async call => {
  const flags = options(call, 'en:o:i:r', {
    echo: 'e',
    'head-count': 'n',
    output: 'o',
    'input-range': 'i',
    repeat: 'r',
  })
  const { random, fs } = call.process
  const range = /^(\d+)-(\d+)$/.exec(flags.value('i') ?? '')
  if (flags.has('i') && !range) return complain(call, `invalid input range: '${flags.value('i')}'`)
  let all: string[]
  if (range)
    all = Array.from({ length: Number(range[2]) - Number(range[1]) + 1 }, (_, i) => String(Number(range[1]) + i))
  else if (flags.has('e')) all = flags.rest
  else all = (await allText(call, flags.rest)).replace(/\n$/, '').split('\n')
  const wanted = flags.has('n') ? Number(flags.value('n')) : all.length
  const chosen: string[] = []
  const left = [...all]
  while (chosen.length < wanted && left.length) {
    const at = Math.floor(random.float() * left.length)
    chosen.push(left[at]!)
    if (!flags.has('r')) left.splice(at, 1)
  }
  const text = chosen.map(line => `${line}\n`).join('')
  const file = flags.value('o')
  if (file === undefined) return print(call, text)
  fs.writeFile(file, text)
  return 0
}
