/** `base64`: bytes as letters and back. */
import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { inputs, readAll } from '../text/reading.ts'

const USUAL_WIDTH = 76

export const base64: Command = async call => {
  const gnu = call.flavour === 'gnu'
  const long = { decode: 'd', 'ignore-garbage': 'i', wrap: 'w' }
  const flags = options(call, gnu ? 'diw:' : 'dw:', gnu ? long : {})
  const [file = '-', more] = flags.rest
  if (more !== undefined) throw new Missing(`extra operand ${gnu ? `'${more}'` : more}`)
  const width = flags.value('w') ?? String(USUAL_WIDTH)
  if (!/^\d+$/.test(width)) throw new Refusal(gnu ? `invalid wrap size: '${width}'` : `invalid number '${width}'`)
  let code = 0
  const failed = (): void => {
    code = 1
  }
  for await (const { stream } of inputs(call, [file], failed)) {
    const text = await readAll(call.process, stream)
    if (!flags.has('d')) await print(call, inLines(lettersOf(bytesOfText(text)), Number(width)))
    else {
      const { bytes, wrong } = decoded(text, !gnu || flags.has('i'))
      await print(call, textOfBytes(bytes))
      if (wrong) code = await complain(call, gnu ? 'invalid input' : 'truncated input')
    }
  }
  return code
}

export const lettersOf = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))

const inLines = (letters: string, width: number): string =>
  width ? letters.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n') : letters

/** As far as it is right; line ends are no garbage. */
function decoded(text: string, ignoresGarbage: boolean): { bytes: Uint8Array; wrong: boolean } {
  const letters = ignoresGarbage ? text.replace(/[^A-Za-z0-9+/=]/g, '') : text.replace(/\n/g, '')
  const good = /^(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)*/.exec(letters)![0]
  const rest = /^[A-Za-z0-9+/]{2,3}/.exec(letters.slice(good.length))?.[0] ?? ''
  const whole = (good.match(/.{4}/g) ?? []).map(four => atob(four)).join('')
  // Of a group that is cut short its whole bytes are there.
  const cut = rest && atob(rest.padEnd(4, 'A')).slice(0, rest.length - 1)
  return { bytes: Uint8Array.from(whole + cut, c => c.charCodeAt(0)), wrong: good.length < letters.length }
}
