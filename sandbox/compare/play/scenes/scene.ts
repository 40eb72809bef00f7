/** The interface of a scene. */
import type { Stage } from '../stage.ts'

export interface Scene {
  name: string
  /** Cannot share nodes with others. It makes its own, and their names matter. */
  alone?: boolean
  play(stage: Stage): Promise<void>
}

export const template = (app: string, image = 'run:1', more = ''): string =>
  `{ metadata: { labels: { app: ${app} } }, spec: { terminationGracePeriodSeconds: 5, containers: [{ name: main, image: '${image}' }]${more && `, ${more}`} } }`

/** A Deployment of Pods that its name selects. @param pod more of their spec */
export const deployment = (name: string, replicas: number, image = 'run:1', pod = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { replicas: ${replicas}, selector: { matchLabels: { app: ${name} } }, template: ${template(name, image, pod)} }`
