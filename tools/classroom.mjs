/** `npm run classroom`: install what is missing, build what has changed, start the instructor's server. */
import { ensurePackages, ensureSchema, isStale, run } from './ensure.mjs'

const args = process.argv.slice(2)
ensurePackages()
ensureSchema()
// The site of a course is built by its author.
const ours = args.length === 0 && !process.env.SITE && !process.env.COURSE
if (ours && isStale('dist/index.html') && run('npm', ['run', '--silent', 'build']) !== 0) process.exit(1)
process.exit(run('node', ['classroom/main.ts', ...args]))
