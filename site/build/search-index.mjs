/** The index that the search page looks into, made of the built pages; each language has its own. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { close, createIndex } from 'pagefind'

const complete = ({ errors, ...rest }) => {
  if (errors?.length) throw new Error(`pagefind: ${errors.join('; ')}`)
  return rest
}

export const searchIndex = () => ({
  name: 'search-index',
  hooks: {
    'astro:build:done': async ({ dir }) => {
      const folder = fileURLToPath(dir)
      const { index } = complete(
        await createIndex({
          // Answers are not given away, and buttons are no text.
          excludeSelectors: [
            '.solution',
            '.hint',
            'button',
            '.verdict',
            '.crumb',
            '.lesson-facts',
            '.lesson-foot',
            '.term-tip',
          ],
          includeCharacters: '.-_/',
        }),
      )
      try {
        complete(await index.addDirectory({ path: folder }))
        // Its own writing is over only some time after it says so, and stopping it then leaves files empty.
        const { files } = complete(await index.getFiles())
        for (const { path, content } of files) {
          const file = join(folder, 'pagefind', path)
          mkdirSync(dirname(file), { recursive: true })
          writeFileSync(file, content)
        }
      } finally {
        await close()
      }
    },
  },
})
