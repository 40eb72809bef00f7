/** `npm start`: install what is missing, build what has changed, serve the site. */
import { ensurePackages, isStale, run } from './ensure.mjs'

ensurePackages()
if (isStale('dist/index.html') && run('npm', ['run', '--silent', 'build']) !== 0) process.exit(1)
process.exit(run('node', ['site/serve.mjs', 'dist', process.env.PORT ?? '4321']))
