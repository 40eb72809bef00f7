/** The index that the search page looks into, made of the built pages; each language has its own. */
import { join } from 'node:path'
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
        complete(await index.writeFiles({ outputPath: join(folder, 'pagefind') }))
      } finally {
        await close()
      }
    },
  },
})
