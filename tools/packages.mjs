/** `npm run packages`: both packages as files in dist/, which `npm install FILE` takes; `npm pack` here or in sandbox/ makes one of them. */
import { mkdirSync } from 'node:fs'
import { run } from './ensure.mjs'

mkdirSync('dist', { recursive: true })
process.exit(run('npm', ['pack', '--include-workspace-root', '--workspace', 'sandbox', '--pack-destination', 'dist']))
