/** `npm run pictures`: the pictures in docs/ are those that the browser tests have made last, with few colours, which makes them small. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { root } from './ensure.mjs'

const pictures = {
  'lesson-zh.png': 'passed-zh.png',
  'lesson-en.png': 'passed-en.png',
  'why-zh.png': 'lab-details-zh-light-wide.png',
  'why-en.png': 'lab-details-en-light-wide.png',
}

for (const [picture, taken] of Object.entries(pictures)) {
  const from = join(root, 'site/e2e/out', taken)
  if (!existsSync(from)) {
    console.error(`${taken} is not there: PICTURES=1 npm test -- build browser`)
    process.exit(1)
  }
  await sharp(from)
    .png({ palette: true, colours: 128, dither: 0, effort: 10 })
    .toFile(join(root, 'docs/images', picture))
}
