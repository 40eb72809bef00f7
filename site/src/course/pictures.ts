/** Pictures made when the site is built: the installed site's icon, and for each lesson the one that goes with a link to it. */
import sharp from 'sharp'
import type { LessonPage } from './course.ts'

const paper = '#f7f5ec'
const wash = '#e4efd0'
const line = '#54803f'
const fill = '#a9cf7d'
const blossom = '#7b3a8e'

const mark = `
<path d="M51 9c-4 .5-6 2.500-6.500 5.500" fill="none" stroke="${line}" stroke-width="3" stroke-linecap="round"/>
<path d="M8 53C3 33 20 12 46 13.500c3.500 24-12 42.500-33 42.500-2 0-4.300-1-5-3Z" fill="${wash}" stroke="${line}" stroke-width="3" stroke-linejoin="round"/>
<circle cx="19" cy="45" r="6" fill="${fill}" stroke="${line}" stroke-width="2"/>
<circle cx="28" cy="33.500" r="7.200" fill="${blossom}"/>
<circle cx="38" cy="22.500" r="5.500" fill="${fill}" stroke="${line}" stroke-width="2"/>`

export const icons = [
  { name: 'any-192', size: 192, box: '0 0 64 64', ground: 'none' },
  { name: 'any-512', size: 512, box: '0 0 64 64', ground: 'none' },
  // What a phone cuts off at the edges is paper only.
  { name: 'maskable-512', size: 512, box: '-16 -16 96 96', ground: paper },
] as const

const png = async (svg: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await sharp(new TextEncoder().encode(svg)).png({ compressionLevel: 9, palette: true }).toBuffer())

/** @param logo path of a course's own */
export const icon = ({ size, box, ground }: (typeof icons)[number], logo?: string) =>
  logo
    ? iconOf(logo, size, ground)
    : png(
        `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="${box}"><rect x="-16" y="-16" width="96" height="96" fill="${ground}"/>${mark}</svg>`,
      )

/** A logo with as much room around it as phones cut off. */
async function iconOf(logo: string, size: number, ground: string): Promise<Uint8Array<ArrayBuffer>> {
  const none = { r: 0, g: 0, b: 0, alpha: 0 }
  const background = ground === 'none' ? none : ground
  const room = ground === 'none' ? 0 : Math.round(size * 0.2)
  const inner = size - 2 * room
  const drawn = sharp(logo, { density: 300 }).resize(inner, inner, { fit: 'contain', background: none })
  const around = { top: room, bottom: room, left: room, right: room, background: none }
  const whole = await drawn.extend(around).png().toBuffer()
  return new Uint8Array(
    await sharp(whole)
      .flatten(ground === 'none' ? false : { background })
      .png()
      .toBuffer(),
  )
}

const WIDTH = 1200
const HEIGHT = 630

/** How far the pod bulges up and down from the line between its tips, and how soon. */
const UP = 150
const DOWN = 230
const SOON = 0.12

/** How wide open the pod is, from 0 at a tip to 0.75 in the middle, a share of its length along. */
function openness(along: number): number {
  const reached = (t: number): number => 3 * (1 - t) * t * ((1 - t) * SOON + t * (1 - SOON)) + t ** 3
  let [low, high] = [0, 1]
  for (let i = 0; i < 30; i++) {
    const t = (low + high) / 2
    if (reached(t) < along) low = t
    else high = t
  }
  return 3 * low * (1 - low)
}

/** No letters, which would be drawn with whatever the building machine has: the chapter is a pod, its lessons are the peas. */
export function lessonPicture(lesson: LessonPage) {
  const { lessons } = lesson.chapter
  const step = Math.min(150, 840 / lessons.length)
  // Small peas want no big pod.
  const swell = Math.max(0.6, step / 150)
  const [up, down] = [UP * swell, DOWN * swell]
  const half = (step * lessons.length) / 2 + 70
  const [left, right, middle] = [WIDTH / 2 - half, WIDTH / 2 + half, HEIGHT / 2 - 40]
  const peas = lessons.map((other, i) => {
    const x = WIDTH / 2 + (i - (lessons.length - 1) / 2) * step
    const y = middle + (openness((x - left) / (right - left)) * (down - up)) / 2
    const r = Math.min(step * 0.42, 62) * (other === lesson ? 1.12 : 1)
    return `<circle cx="${x}" cy="${y}" r="${r}" fill="${other === lesson ? blossom : fill}" stroke="${line}" stroke-width="4"/><circle cx="${x - r * 0.35}" cy="${y - r * 0.4}" r="${r * 0.14}" fill="${paper}" opacity="0.8"/>`
  })
  const [from, to] = [left + 2 * half * SOON, right - 2 * half * SOON]
  return png(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${paper}"/>
<rect x="36" y="36" width="${WIDTH - 72}" height="${HEIGHT - 72}" fill="none" stroke="#dcd9c8" stroke-width="3"/>
<path d="M${right} ${middle}q40-20 46-74" fill="none" stroke="${line}" stroke-width="10" stroke-linecap="round"/>
<path d="M${left} ${middle}C${from} ${middle - up} ${to} ${middle - up} ${right} ${middle}C${to} ${middle + down} ${from} ${middle + down} ${left} ${middle}Z" fill="${wash}" stroke="${line}" stroke-width="7" stroke-linejoin="round"/>
${peas.join('')}
<g transform="translate(70 ${HEIGHT - 150}) scale(1.3)">${mark}</g>
</svg>`)
}
