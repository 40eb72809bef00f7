/** What base32 and base64 have in common: bytes written as letters, in lines, and read back as far as they are right. */
import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { type Command, complain, Missing, options, print, Refusal } from '../command.ts'
import { inputs, readAll } from '../text/reading.ts'

const USUAL_WIDTH = 76

export interface Coding {
  encode(bytes: Uint8Array): string
  /** @returns the bytes up to the first letter that is wrong, and whether there is one */
  decode(letters: string): { bytes: Uint8Array; wrong: boolean }
  /** All that is no letter of it. */
  garbage: RegExp
}

export const lettersCommand =
  ({ encode, decode, garbage }: Coding): Command =>
  async call => {
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
      if (!flags.has('d')) {
        const letters = encode(bytesOfText(text))
        await print(call, Number(width) ? letters.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n') : letters)
        continue
      }
      // Ends of lines are no garbage.
      const { bytes, wrong } = decode(text.replace(!gnu || flags.has('i') ? garbage : /\n/g, ''))
      await print(call, textOfBytes(bytes))
      if (wrong) code = await complain(call, gnu ? 'invalid input' : 'truncated input')
    }
    return code
  }

/**
 * How many letters from the start are whole groups: looked at one by one, since all in one expression would overflow its stack.
 * @param group one of them, sticky
 */
export function wholeGroups(letters: string, group: RegExp): number {
  let end = 0
  for (group.lastIndex = 0; group.test(letters); ) end = group.lastIndex
  return end
}
