/** What a scene is. */
import type { Stage } from '../stage.ts'

export interface Scene {
  name: string
  /** Cannot share nodes with others. It makes its own, and their names matter. */
  alone?: boolean
  play(stage: Stage): Promise<void>
}

export const template = (app: string, image = 'run:1', more = ''): string =>
  `{ metadata: { labels: { app: ${app} } }, spec: { terminationGracePeriodSeconds: 5, containers: [{ name: main, image: '${image}' }]${more && `, ${more}`} } }`
