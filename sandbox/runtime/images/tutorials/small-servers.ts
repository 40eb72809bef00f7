/** Servers that answer every request with a line or two: what tutorials deploy. What they say is in `small-server-programs.ts`. */
import { binary, type CarryingProgram } from '../../programs.ts'
import { type Image, PATH, scratch } from '../image.ts'
import { COURSES } from './tables/courses.ts'
import { KUBERNETES } from './tables/kubernetes.ts'
import { PROJECTS } from './tables/projects.ts'
import { SHOPS } from './tables/shops.ts'

/** Loaded with the first of them that starts. */
let behaviours: typeof import('./small-server-programs.ts') | undefined

const serve =
  (name: string, port: number): CarryingProgram =>
  async (process, tag) => {
    behaviours ??= await process.load(import('./small-server-programs.ts'))
    return behaviours.serve(process, name, port, tag)
  }

export const smallServers: readonly Image[] = [...KUBERNETES, ...PROJECTS, ...COURSES, ...SHOPS].map(
  ({ name, repositories, tags, megabytes, port, base, byTag }) => ({
    repositories: repositories.split(' '),
    tags,
    megabytes,
    entrypoint: [`/${name}`],
    env: { PATH },
    exposedPorts: [port],
    base: base ?? scratch,
    files: (root, tag) => root.write(`/${name}`, binary(name, byTag ? tag : ''), { mode: 0o755 }),
    programs: { [name]: serve(name, port) },
  }),
)
