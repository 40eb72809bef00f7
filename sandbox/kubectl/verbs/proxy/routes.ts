/** Routes of kubectl proxy: of those that a path fits, the one with the longest prefix. */
import type { Answering } from '../../io.ts'
import { decoded, moved, notFound } from './replies.ts'
import { staticFile } from './static-files.ts'

export function routed(
  prefix: string,
  api: Answering,
  files: { prefix: string; folder: string } | undefined,
): Answering {
  const routes: [prefix: string, answer: Answering][] = [[prefix, api]]
  if (files) {
    const { folder, prefix: own } = files
    routes.push([own, (asked, io) => staticFile(io, folder, asked, decoded(pathOf(asked.target)).slice(own.length))])
  }
  routes.sort(([a], [b]) => b.length - a.length)
  return async (asked, io) => {
    const path = decoded(pathOf(asked.target))
    const found = routes.find(([prefix]) => path.startsWith(prefix))
    if (found) return found[1](asked, io)
    const folder = routes.some(([prefix]) => `${path}/` === prefix)
    return folder ? moved(asked.method, `${path}/${asked.target.slice(pathOf(asked.target).length)}`) : notFound()
  }
}

const pathOf = (target: string): string => target.split('?', 1)[0]!
