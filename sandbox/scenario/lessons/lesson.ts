/** Reads a lesson's folder: lesson.yaml and the files beside it. What is wrong is told with file, line and remedy. */
import type { Node, YAMLMap } from 'yaml'
import { FEATURE_GATES, isFeatureGate } from '../../api/feature-gates.ts'
import { expressionError } from '../checks/expression.ts'
import type { Check, Exercise, LessonWorld } from '../session.ts'
import { readImage } from './lesson-images.ts'
import { type Problem, Reader } from './yaml-reader.ts'

export interface Lesson {
  id: string
  minutes: number
  /** Ids of lessons that this one builds on. */
  prerequisites: readonly string[]
  /** Files that the editor opens, the first in front. */
  open: readonly string[]
  /** Its containers can be real processes, where the reader and the site want that. */
  runtime?: 'process'
  world: LessonWorld
}

/**
 * @param files path within the lesson's folder → text
 * @param root the folder that the id begins in, as the author knows it
 */
export function parseLesson(
  id: string,
  files: Record<string, string>,
  root = 'lessons',
): { lesson?: Lesson; problems: Problem[] } {
  const file = `${root}/${id}/lesson.yaml`
  const text = files['lesson.yaml']
  const missing = {
    file,
    line: 1,
    message: 'the file is missing',
    remedy: 'Every lesson needs one; docs/authoring.md shows it',
  }
  if (text === undefined) return { problems: [missing] }
  const reader = new Reader(file, text)
  const lesson = readLesson(reader, id, files)
  return reader.problems.length ? { problems: reader.problems } : { lesson, problems: [] }
}

/** `90s`, `1m30s`, `2h` → milliseconds. */
export function milliseconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as Record<string, number>
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce((sum, [, n, u]) => sum + Number(n) * unit[u!]!, 0)
}

const DEFAULT_SETTLE = '10s'
export const LESSON_KEYS = ['minutes', 'prerequisites', 'cluster', 'runtime', 'images', 'open', 'settle', 'exercises']
export const CLUSTER_KEYS = ['nodes', 'metricsServer', 'storageClass', 'featureGates']

function readLesson(reader: Reader, id: string, files: Record<string, string>): Lesson {
  const root = reader.map(reader.document.contents, 'the lesson', LESSON_KEYS)
  const minutes = reader.value(root, 'minutes', 'number') ?? 0
  if (root && (minutes < 1 || minutes > 60)) {
    reader.complain(root.get('minutes', true), '"minutes" is not a sensible length', 'Give whole minutes, such as 10')
  }
  const settle = reader.value(root, 'settle', 'string') ?? DEFAULT_SETTLE
  const settleMs = milliseconds(settle)
  if (settleMs === undefined)
    reader.complain(root?.get('settle', true), `"${settle}" is no duration`, 'Write it as 30s or 1m30s')
  const open = reader.strings(root, 'open')
  for (const path of open) {
    if (files[`files/${path}`] === undefined) {
      reader.complain(
        root?.get('open', true),
        `"${path}" is to be opened but is not in files/`,
        `Add files/${path} or correct the name`,
      )
    }
  }
  const cluster = root?.has('cluster') ? reader.map(root.get('cluster', true), '"cluster"', CLUSTER_KEYS) : undefined
  const nodes = cluster ? reader.strings(cluster, 'nodes') : []
  const images = reader.items(root, 'images').flatMap(node => {
    const image = readImage((node as Node).toJS(reader.document))
    if (typeof image !== 'string') return [image]
    reader.complain(node, image, 'docs/authoring.md shows how an image is declared')
    return []
  })
  const runtime = reader.value(root, 'runtime', 'string')
  if (runtime !== undefined && runtime !== 'process')
    reader.complain(root?.get('runtime', true), `"${runtime}" is no runtime`, 'Write "process", or leave it out')
  const metricsServer = reader.value(cluster, 'metricsServer', 'boolean')
  const storageClass = reader.value(cluster, 'storageClass', 'boolean')
  const featureGates = cluster ? reader.strings(cluster, 'featureGates') : []
  for (const name of featureGates)
    if (!isFeatureGate(name))
      reader.complain(
        cluster?.get('featureGates', true),
        `the feature gate "${name}" is not simulated`,
        `Those that are: ${FEATURE_GATES.join(', ')}`,
      )
  const world: LessonWorld = {
    id,
    manifests: within(files, 'start'),
    files: within(files, 'files'),
    settleMs: settleMs ?? 0,
    exercises: readExercises(reader, root),
    ...(nodes.length && { nodes }),
    ...(images.length && { images }),
    ...(metricsServer && { metricsServer }),
    ...(storageClass && { storageClass }),
    ...(featureGates.length && { featureGates: featureGates.filter(isFeatureGate) }),
  }
  return {
    id,
    minutes,
    prerequisites: reader.strings(root, 'prerequisites'),
    open: open.length ? open : Object.keys(world.files),
    ...(runtime === 'process' && { runtime }),
    world,
  }
}

function readExercises(reader: Reader, root: YAMLMap | undefined): Exercise[] {
  const seen = new Set<string>()
  return reader.items(root, 'exercises').flatMap(node => {
    const map = reader.map(node, 'an exercise', ['id', 'checks'])
    const id = reader.id(map, seen)
    if (!map || !id) return []
    const checks = readChecks(reader, map)
    if (!checks.length)
      reader.complain(node, `exercise "${id}" has no checks`, 'An exercise nobody can fail teaches nothing; add one')
    return [{ id, checks }]
  })
}

function readChecks(reader: Reader, exercise: YAMLMap): Check[] {
  const seen = new Set<string>()
  return reader.items(exercise, 'checks').flatMap(node => {
    const map = reader.map(node, 'a check', ['id', 'expression', 'hints'])
    const id = reader.id(map, seen)
    if (!map || !id) return []
    const hints = reader.items(map, 'hints').flatMap(hint => {
      const entry = reader.map(hint, 'a hint', ['id', 'when'])
      const hintId = reader.id(entry)
      return entry && hintId ? [{ id: hintId, when: readExpression(reader, entry, 'when') }] : []
    })
    return [{ id, expression: readExpression(reader, map, 'expression'), ...(hints.length && { hints }) }]
  })
}

function readExpression(reader: Reader, map: YAMLMap, key: string): string {
  const text = reader.value(map, key, 'string')
  if (text === undefined) {
    reader.complain(map, `"${key}" is missing`, 'Write CEL; docs/authoring.md lists what it can see')
    return 'false'
  }
  const error = expressionError(text)
  if (error)
    reader.complain(
      map.get(key, true),
      `"${key}" is no valid CEL: ${error}`,
      'docs/authoring.md lists what an expression can see',
    )
  return text
}

const within = (files: Record<string, string>, folder: string): Record<string, string> =>
  Object.fromEntries(
    Object.keys(files)
      .filter(path => path.startsWith(`${folder}/`))
      .sort()
      .map(path => [path.slice(folder.length + 1), files[path]!]),
  )
