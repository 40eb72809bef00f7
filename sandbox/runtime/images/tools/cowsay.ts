/** cowsay: an animal says what it is told; whalesay's is a whale. */
import type { Program } from '../../processes/process.ts'

const WIDTH = 39

const WHALE = String.raw`    \
     \
      \     
                    ##        .            
              ## ## ##       ==            
           ## ## ## ##      ===            
       /""""""""""""""""___/ ===        
  ~~~ {~~ ~~~~ ~~~ ~~~~ ~~ ~ /  ===- ~~~   
       \______ o          __/            
        \    \        __/             
          \____\______/   
`

const COW = String.raw`        \   ^__^
         \  (oo)\_______
            (__)\       )\/\
                ||----w |
                ||     ||
`

/** Words in lines of so many letters at most; longer ones are cut. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    let rest = word
    if (line && line.length + 1 + rest.length > WIDTH) {
      lines.push(line)
      line = ''
    }
    while (rest.length > WIDTH) {
      lines.push(rest.slice(0, WIDTH))
      rest = rest.slice(WIDTH)
    }
    line = line ? `${line} ${rest}` : rest
  }
  return line || !lines.length ? [...lines, line] : lines
}

function balloon(lines: readonly string[]): string {
  const width = Math.max(...lines.map(line => line.length))
  const edge = (i: number): [string, string] =>
    lines.length === 1 ? ['<', '>'] : i === 0 ? ['/', '\\'] : i === lines.length - 1 ? ['\\', '/'] : ['|', '|']
  const rows = lines.map((line, i) => `${edge(i)[0]} ${line.padEnd(width)} ${edge(i)[1]}\n`)
  return ` ${'_'.repeat(width + 2)} \n${rows.join('')} ${'-'.repeat(width + 2)} \n`
}

export const cowsay =
  (animal: 'cow' | 'whale'): Program =>
  async process => {
    const words = process.argv.slice(1)
    const option = words.find(word => /^-\w/.test(word))
    if (option !== undefined) {
      await process.write(2, `cowsay: option "${option}" is not simulated\n`)
      return 126
    }
    let text = words.join(' ')
    if (!words.length) for (let data = await process.read(0); data; data = await process.read(0)) text += data
    await process.write(1, balloon(wrapped(text)) + (animal === 'cow' ? COW : WHALE))
    return 0
  }
