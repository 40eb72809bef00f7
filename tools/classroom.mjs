/** `npm run classroom`: install what is missing, build what has changed, start the instructor's server. */
import { ensurePackages, isStale, run } from './ensure.mjs'

const args = process.argv.slice(2)
ensurePackages()
const serves = args.length === 0
if (serves && !process.env.SITE && isStale('dist/index.html') && run('npm', ['run', '--silent', 'build']) !== 0)
  process.exit(1)
process.exit(run('node', ['classroom/main.ts', ...args]))
