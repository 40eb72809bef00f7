/** How many cells of a terminal a text takes: Chinese characters and most pictographs take two, accents none. */

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe4f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]

const widthOf = (codePoint: number): number => {
  if (codePoint < 0x300) return codePoint < 0x20 ? 0 : 1
  if (
    codePoint <= 0x36f ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f)
  )
    return 0
  return WIDE.some(([from, to]) => codePoint >= from && codePoint <= to) ? 2 : 1
}

export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character.codePointAt(0)!)
  return width
}

/** How much of the text its last visible character takes, with the accents after it. */
export function lastGraphemeLength(text: string): number {
  const characters = [...text]
  let length = 0
  while (characters.length) {
    const character = characters.pop()!
    length += character.length
    if (widthOf(character.codePointAt(0)!) > 0) break
  }
  return length
}
