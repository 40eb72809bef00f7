/** `npm run lessons`: checks every lesson, or those whose id contains the words given. */
import { ensurePackages, run } from './ensure.mjs'

ensurePackages()
const [name] = process.argv.slice(2)
process.exit(run('vitest', ['run', 'lessons', ...(name ? ['-t', name] : [])]))
