/** `getopt`: sorts a command's words into options and operands, for scripts. */
import { type Call, type Command, complain, options, print } from '../command.ts'

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

export const getopt: Command = async call => {
  const flags = options(call, '+o:l:n:uqs:', { options: 'o', longoptions: 'l', name: 'n', unquoted: 'u', quiet: 'q' })
  // `getopt ab: -a …`, the old way, quotes nothing.
  const old = !flags.has('o')
  const words = [...flags.rest]
  const short = (old ? words.shift() : flags.value('o')) ?? ''
  const long = new Map(
    flags
      .values('l')
      .join(',')
      .split(',')
      .filter(Boolean)
      .map(name => [name.replace(/:+$/, ''), name.endsWith(':')]),
  )
  return sorted({ ...call, name: flags.value('n') ?? call.name }, words, short, long, old || flags.has('u'))
}

async function sorted(
  call: Call,
  words: string[],
  short: string,
  long: ReadonlyMap<string, boolean>,
  bare: boolean,
): Promise<number> {
  const given: string[] = []
  const operands: string[] = []
  const show = (word: string): string => (bare ? word : quoted(word))
  let code = 0
  const refuse = async (message: string): Promise<void> => {
    code = 1
    await complain(call, message)
  }
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      operands.push(...words)
      break
    }
    if (word.startsWith('--')) {
      const [name = '', ...rest] = word.slice(2).split('=')
      const takes = long.get(name)
      if (takes === undefined) await refuse(`unrecognized option '${word}'`)
      else {
        given.push(`--${name}`)
        const value = rest.length ? rest.join('=') : takes ? words.shift() : undefined
        if (takes && value === undefined) await refuse(`option '--${name}' requires an argument`)
        if (takes) given.push(show(value ?? ''))
      }
    } else if (word.length > 1 && word.startsWith('-')) {
      for (let i = 1; i < word.length; i++) {
        const letter = word[i]!
        const at = letter === ':' ? -1 : short.indexOf(letter)
        if (at < 0) {
          await refuse(`invalid option -- '${letter}'`)
          continue
        }
        given.push(`-${letter}`)
        if (short[at + 1] !== ':') continue
        const value = word.slice(i + 1) || words.shift()
        if (value === undefined) await refuse(`option requires an argument -- '${letter}'`)
        given.push(show(value ?? ''))
        break
      }
    } else operands.push(word)
  }
  await print(call, ` ${[...given, '--', ...operands.map(show)].join(' ')}\n`)
  return code
}
