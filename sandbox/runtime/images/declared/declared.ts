/** Images that a course declares: data instead of code. What they serve, if they serve, is in `declared-server.ts`. */
import { binary, carriedLazily } from '../../programs.ts'
import { alpineBase, type Base, busyboxBase, debianBase, executable, type Image, PATH, scratch } from '../image.ts'

export const BASES = ['alpine', 'busybox', 'debian', 'node', 'scratch'] as const

export interface DeclaredAnswer {
  /** All paths when absent. */
  path?: string
  status?: number
  /** May hold {{hostname}}, {{tag}}, {{path}}, {{requests}} and {{env.NAME}}. */
  body?: string
}

export interface DeclaredImage {
  /** With or without a registry; without a tag. */
  name: string
  /** `latest` when absent. */
  tags?: readonly string[]
  megabytes?: number
  base?: (typeof BASES)[number]
  /** What it runs: words, or a server that answers as `serve` says. */
  command?: readonly string[]
  env?: Readonly<Record<string, string>>
  user?: string
  workingDir?: string
  /** Path → text; what begins with `#!` can be run. */
  files?: Readonly<Record<string, string>>
  serve?: {
    port: number
    /** What it prints first, and for each request. */
    greeting?: string
    log?: string
    /** Seconds until it listens. */
    after?: number
    answers: readonly DeclaredAnswer[]
  }
}

const BASE: Readonly<Record<(typeof BASES)[number], Base>> = {
  alpine: alpineBase(),
  busybox: busyboxBase,
  debian: debianBase(),
  /** Its code runs where containers are real processes; elsewhere node says that it is not simulated. */
  node(root) {
    debianBase()(root)
    executable(root, '/usr/local/bin/node', 'node')
  },
  scratch,
}

const SERVER = '/usr/local/bin/serve'

/** @param repository its full name, as docker.io/library/web */
export function declaredImage(declared: DeclaredImage, repository: string): Image {
  const { tags = ['latest'], megabytes = 10, base = 'alpine', command, env, user, workingDir, files, serve } = declared
  return {
    repositories: [repository],
    tags: new RegExp(`^(${tags.map(tag => tag.replace(/[.+]/g, '\\$&')).join('|')})$`),
    megabytes,
    ...(command?.length ? { entrypoint: command } : serve ? { entrypoint: [SERVER] } : { cmd: ['sh'] }),
    env: { PATH, ...env },
    ...(user !== undefined && { user }),
    ...(workingDir !== undefined && { workingDir }),
    exposedPorts: serve ? [serve.port] : [],
    base: BASE[base],
    files(root, tag) {
      executable(root, '/usr/bin/curl', 'gnu/curl')
      for (const [path, text] of Object.entries(files ?? {}))
        root.write(path, text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
      if (serve) root.write(SERVER, binary('declared-server', JSON.stringify({ tag, ...serve })), { mode: 0o755 })
    },
  }
}

/** The program of all declared servers: what to answer stands in the file that is run. */
export const declaredServer = carriedLazily(
  () => import('./declared-server.ts'),
  m => m.declaredServer,
)
