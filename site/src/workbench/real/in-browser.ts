/** Real Node with what a page has: the service's own library, a lock among tabs, timers. Loaded when the reader asks for it. */
import type { FileSystemTree } from '@webcontainer/api'
import { base } from '../../page/base.ts'
import { createRealNodes, type RealNodes } from './real-node.ts'
import { lookAround } from './reasons.ts'

const LOCK = 'podlab-real-node'
/** Written by `site/build/real-node.mjs`. */
const FILES = 'real-node/files.json'

/** @param key of the service's owner; '' for none */
export function realNodesInBrowser(key: string): RealNodes {
  const library = import('@webcontainer/api').then(api => {
    if (key) api.configureAPIKey(key)
    return api
  })
  library.catch(() => {})
  const nodes = createRealNodes({
    surroundings: lookAround,
    boot: async () => (await library).WebContainer.boot({ coep: 'require-corp', workdirName: 'podlab' }),
    async files() {
      const response = await fetch(new URL(FILES, base))
      if (!response.ok) throw new Error(`${FILES}: ${response.status}`)
      return (await response.json()) as FileSystemTree
    },
    claim: () =>
      new Promise((resolve, reject) => {
        navigator.locks
          .request(LOCK, { ifAvailable: true }, lock =>
            lock ? new Promise<void>(release => resolve(release)) : resolve(undefined),
          )
          .catch(reject)
      }),
    after(ms, work) {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
  })
  addEventListener('pagehide', () => nodes.stop())
  return nodes
}
