/** Contrast of a course's colour with the pages (WCAG 2.2, 1.4.3), and the nearest colours that pass. */

const ENOUGH = 4.5

/** What the colour stands on, by theme: paper, raised, sunk and the colour's own wash, as in site/src/styles/tokens.css. */
const GROUNDS = {
  light: ['#f7f5ec', '#fffef9', '#efede0', '#e4efd0'],
  dark: ['#121915', '#19221d', '#0d130f', '#22341f'],
} as const
export type Theme = keyof typeof GROUNDS

/** What stands on the colour, in buttons. */
const ON = { light: '#fffef9', dark: '#12210d' } as const

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text)

const channels = (colour: string): number[] => [1, 3, 5].map(i => Number.parseInt(colour.slice(i, i + 2), 16))

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map(c => {
    const s = c / 255
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** The least contrast that the colour has as a text of its theme. */
export const leastContrast = (colour: string, theme: Theme): number =>
  Math.min(...GROUNDS[theme].map(ground => contrast(colour, ground)))

export const isReadable = (colour: string, theme: Theme): boolean => leastContrast(colour, theme) >= ENOUGH

const mix = (colour: string, other: string, share: number): string => {
  const from = channels(colour)
  const to = channels(other)
  const mixed = from.map((c, i) => Math.round(c + ((to[i] ?? 0) - c) * share))
  return `#${mixed.map(c => c.toString(16).padStart(2, '0')).join('')}`
}

/** The same colour, as much darker (or lighter, for the dark theme) as it takes to be read. */
export function readable(colour: string, theme: Theme): string {
  const end = theme === 'light' ? '#000000' : '#ffffff'
  for (let share = 0; share < 1; share += 0.02) {
    const tried = mix(colour, end, share)
    if (isReadable(tried, theme)) return tried
  }
  return end
}

/** The colour where something is pointed at. */
export const stronger = (colour: string, theme: Theme): string =>
  mix(colour, theme === 'light' ? '#000000' : '#ffffff', 0.22)

/** Letters on the colour: whichever of paper and ink can be read better. */
export const onColour = (colour: string): string =>
  contrast(colour, ON.light) >= contrast(colour, ON.dark) ? ON.light : ON.dark
