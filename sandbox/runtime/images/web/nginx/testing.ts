/** nginx with files of its own, for tests. */
import type { Container } from '../../../cri.ts'
import { machine } from '../../../testing.ts'

export interface Serving {
  container: Container
  /** Runs a line in the container; both outputs. */
  ask(command: string): Promise<string>
}

export const SITE = '/etc/nginx/conf.d/default.conf'

/** A machine whose nginx has been running for three seconds with these files. */
export async function serving(files: Readonly<Record<string, string>>): Promise<Serving> {
  const m = machine()
  const write = Object.entries(files)
    .map(([path, text]) => `mkdir -p $(dirname ${path}); cat > ${path} <<'END'\n${text}\nEND\n`)
    .join('')
  const container = m.run('nginx:1.27', { command: ['sh', '-c', `${write}exec nginx -g 'daemon off;'`] })
  await m.clock.advance(3000)
  return {
    container,
    async ask(command) {
      const { out, err } = await m.exec(container, ['sh', '-c', command])
      return out + err
    },
  }
}
