/** What every container runtime must do, whatever runs underneath. */
import { describe, expect, test } from 'vitest'
import type { Container, ContainerConfig, ContainerRuntime, ImageInfo, RuntimeError, Sandbox } from './cri.ts'

export interface Subject {
  runtime: ContainerRuntime
  /** Lets time pass. */
  advance(ms: number): Promise<void>
}

const CONFIG: ContainerConfig = {
  name: 'main',
  attempt: 0,
  image: 'busybox:1.36',
  env: {},
  mounts: [],
  stdin: false,
  stdinOnce: false,
  tty: false,
  readOnlyRootFilesystem: false,
  privileged: false,
  capabilities: { add: [], drop: [] },
}

export function contract(name: string, make: () => Subject): void {
  const setUp = async () => {
    const { runtime, advance } = make()
    const pulled = await pull({ runtime, advance }, 'busybox:1.36')
    const sandbox = runtime.createSandbox({
      namespace: 'default',
      name: 'web',
      uid: 'u',
      nodeName: 'node-1',
      hostname: 'web',
      hostNetwork: false,
      shareProcessNamespace: false,
      resolvConf: '',
      hosts: '127.0.0.1\tlocalhost\n',
    })
    const create = (config: Partial<ContainerConfig>, where: Sandbox = sandbox): Container =>
      runtime.createContainer(where, { ...CONFIG, ...config })
    return { runtime, advance, sandbox, create, pulled }
  }
  const pull = async ({ runtime, advance }: Subject, image: string): Promise<ImageInfo | RuntimeError> => {
    let result: ImageInfo | RuntimeError | undefined
    runtime.pull(image, outcome => {
      result = 'image' in outcome ? outcome.image : outcome.error
    })
    await advance(60_000)
    return result!
  }

  describe(name, () => {
    test('names an image in full once it is pulled', async () => {
      const { pulled, runtime } = await setUp()
      expect(pulled).toMatchObject({ name: 'docker.io/library/busybox:1.36' })
      expect(runtime.image('busybox:1.36')).toEqual(pulled)
      expect(runtime.image('nginx')).toBeUndefined()
    })

    test('says why an image cannot be had, in the words of containerd and the registry', async () => {
      const subject = make()
      expect(await pull(subject, 'nginx:9.99')).toMatchObject({
        code: 'NotFound',
        message:
          'failed to pull and unpack image "docker.io/library/nginx:9.99": failed to resolve image: docker.io/library/nginx:9.99: not found',
      })
      expect(await pull(subject, 'nosuch:1')).toMatchObject({
        code: 'Unknown',
        message: expect.stringContaining('pull access denied, repository does not exist or may require authorization'),
      })
    })

    test('runs a command to its exit code and keeps what it wrote', async () => {
      const { create, advance } = await setUp()
      const c = create({ command: ['sh', '-c', 'echo out; echo err >&2; exit 7'] })
      expect(c.state.state).toBe('created')
      c.start()
      await advance(1000)
      expect(c.state).toMatchObject({ state: 'exited', status: { code: 7 } })
      expect(c.logs.lines().map(l => [l.stream, l.text])).toEqual([
        ['stdout', 'out'],
        ['stderr', 'err'],
      ])
      expect(c.logs.ended).toBe(true)
    })

    test("refuses to start what is not there, in runc's words", async () => {
      const { create } = await setUp()
      expect(() => create({ command: ['nosuch'] }).start()).toThrow(
        'exec: "nosuch": executable file not found in $PATH',
      )
      expect(() => create({ command: ['/no/such'] }).start()).toThrow(
        'exec: "/no/such": stat /no/such: no such file or directory',
      )
      expect(() => create({ command: ['/etc'] }).start()).toThrow('exec: "/etc": is a directory')
    })

    test('kills by signal: TERM is lost on a PID 1 without a handler, KILL is not', async () => {
      const { create, advance } = await setUp()
      const c = create({ command: ['sleep', '3600'] })
      c.start()
      await advance(10)
      c.kill('TERM')
      await advance(10)
      expect(c.state.state).toBe('running')
      c.kill('KILL')
      await advance(10)
      expect(c.state).toMatchObject({ state: 'exited', status: { code: 137 } })
    })

    test('executes beside the first process, with input, output and exit code', async () => {
      const { create, advance } = await setUp()
      const c = create({ command: ['sleep', '3600'] })
      c.start()
      const session = c.exec({ argv: ['sh', '-c', 'cat; exit 4'], stdin: true })
      let out = ''
      let code: number | undefined
      session.onOutput((_, data) => {
        out += data
      })
      session.onExit(status => {
        code = status.code
      })
      session.writeStdin('hello\n')
      session.closeStdin()
      await advance(100)
      expect([out, code]).toEqual(['hello\n', 4])
      expect(() => c.exec({ argv: ['nosuch'] })).toThrow(
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH',
      )
    })

    test('ends what was executed when the container ends', async () => {
      const { create, advance } = await setUp()
      const c = create({ command: ['sleep', '5'] })
      c.start()
      let code: number | undefined
      c.exec({ argv: ['sleep', '3600'] }).onExit(status => {
        code = status.code
      })
      await advance(6000)
      expect(code).toBe(137)
    })

    test('shares addresses within a sandbox: a port can be taken once', async () => {
      const { create, advance } = await setUp()
      const server = create({ command: ['httpd', '-f', '-p', '8080'] })
      server.start()
      await advance(10)
      const client = create({ name: 'client', command: ['sh', '-c', 'wget -qO- http://localhost:8080/; echo $?'] })
      client.start()
      const clash = create({ name: 'clash', command: ['httpd', '-f', '-p', '8080'] })
      clash.start()
      await advance(1000)
      expect(
        client.logs
          .lines()
          .map(l => l.text)
          .join('\n'),
      ).toContain('404')
      expect(clash.state).toMatchObject({ state: 'exited', status: { code: 1 } })
    })

    test('keeps a read-only root read-only', async () => {
      const { create, advance } = await setUp()
      const c = create({ command: ['sh', '-c', 'echo x > /file'], readOnlyRootFilesystem: true })
      c.start()
      await advance(100)
      expect(c.logs.lines()[0]?.text).toContain('Read-only file system')
    })
  })
}
