/** What every container runtime must do, whatever runs underneath. */
import { describe, expect, test } from 'vitest'
import type { NetworkNamespace } from '../network/network.ts'
import type {
  Container,
  ContainerConfig,
  ContainerRuntime,
  DialResult,
  ImageInfo,
  RuntimeError,
  Sandbox,
} from './cri.ts'
import type { Volume } from './files/fs.ts'
import { PLAIN } from './testing.ts'

/** The same program in the way of each runtime: words of a command. */
export interface Programs {
  /** Prints a line to each stream and ends with a code. */
  print(out: string, err: string, code: number): string[]
  /** Prints `idle` and waits for ever, with no handler for any signal. */
  idle: string[]
  /** Prints `ready`; prints `bye` and ends with 3 when it is told to end. */
  graceful: string[]
  /** Answers every request by HTTP; ends with 1 when the port is taken. */
  serve(port: number): string[]
  /** Copies its input to its output and ends with a code. */
  copy(code: number): string[]
  /** Prints what it finds: an environment variable and its working directory. */
  tell(variable: string): string[]
  write(path: string, text: string): string[]
  read(path: string): string[]
}

export interface Subject {
  runtime: ContainerRuntime
  /** An image of what runs underneath, and its full name. */
  image: string
  programs: Programs
  /** Lets time pass until something holds; fails when it never does. */
  until(holds: () => boolean): Promise<void>
  /** As `until`, where nothing but the simulation is waited for. */
  skip(holds: () => boolean): Promise<void>
  /** Lets as much time pass as anything needs that could still happen. */
  rest(): Promise<void>
  createVolume(): Volume
  namespaceOf(sandbox: Sandbox): NetworkNamespace | undefined
}

export function contract(name: string, make: () => Subject): void {
  const setUp = async () => {
    const subject = make()
    const { runtime, image } = subject
    const pulled = await pull(subject, image)
    const sandbox = runtime.createSandbox({
      namespace: 'default',
      name: 'web',
      uid: 'u',
      nodeName: 'node-1',
      hostname: 'web',
      hostNetwork: false,
      shareProcessNamespace: false,
      resolvConf: '',
      hosts: () => '127.0.0.1\tlocalhost\n',
    })
    const create = (config: Partial<ContainerConfig>, where: Sandbox = sandbox): Container =>
      runtime.createContainer(where, { ...PLAIN, image, ...config })
    const run = (command: readonly string[], config: Partial<ContainerConfig> = {}): Container => {
      const container = create({ command, ...config })
      container.start()
      return container
    }
    const ended = (container: Container): Promise<void> => subject.until(() => container.state.state === 'exited')
    /** Runs a command beside the first process to its end. */
    const exec = async (container: Container, argv: readonly string[], input?: string) => {
      const session = container.exec({ argv, stdin: input !== undefined })
      const seen = { out: '', code: undefined as number | undefined }
      session.onOutput((_, data) => {
        seen.out += data
      })
      session.onExit(status => {
        seen.code = status.code
      })
      if (input !== undefined) {
        session.writeStdin(input)
        session.closeStdin()
      }
      await subject.until(() => seen.code !== undefined)
      return seen
    }
    /** As a probe asks. */
    const get = async (port: number): Promise<DialResult> => {
      let result: DialResult | undefined
      const target = { ip: sandbox.ips[0]!, port, path: '/', scheme: 'HTTP' as const, headers: [] }
      runtime.httpGet(target, 5000, answer => {
        result = answer
      })
      await subject.until(() => result !== undefined)
      return result!
    }
    const listens = (port: number): Promise<void> =>
      subject.until(() =>
        subject
          .namespaceOf(sandbox)!
          .listeners()
          .some(l => l.port === port),
      )
    return { ...subject, sandbox, create, run, ended, exec, get, listens, pulled }
  }
  const pull = async ({ runtime, skip }: Subject, image: string): Promise<ImageInfo | RuntimeError> => {
    let result: ImageInfo | RuntimeError | undefined
    runtime.pull(image, outcome => {
      result = 'image' in outcome ? outcome.image : outcome.error
    })
    await skip(() => result !== undefined)
    return result!
  }
  const linesOf = (container: Container): string[] => container.logs.lines().map(line => line.text)

  describe(name, () => {
    test('names an image in full once it is pulled', async () => {
      const { pulled, image, runtime } = await setUp()
      expect(pulled).toMatchObject({ name: `docker.io/library/${image}` })
      expect(runtime.image(image)).toEqual(pulled)
      expect(runtime.image('nginx')).toBeUndefined()
    })

    test('pulls one image after the other, and does not count the wait as pulling', async () => {
      const { runtime, image, skip } = make()
      const took: number[] = []
      for (let i = 0; i < 2; i++) runtime.pull(image, ({ ms }) => void took.push(ms))
      await skip(() => took.length === 2)
      // The second finds every layer there and only asks the registry what the tag means.
      expect(took[1]).toBeLessThan(took[0]!)
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
      const { create, programs, ended } = await setUp()
      const c = create({ command: programs.print('out', 'err', 7) })
      expect(c.state.state).toBe('created')
      c.start()
      await ended(c)
      expect(c.state).toMatchObject({ state: 'exited', status: { code: 7 } })
      expect(c.logs.lines().filter(l => l.stream === 'stdout')).toMatchObject([{ text: 'out', partial: false }])
      expect(c.logs.lines().filter(l => l.stream === 'stderr')).toMatchObject([{ text: 'err', partial: false }])
      expect(c.logs.ended).toBe(true)
    })

    test('gives its environment and working directory', async () => {
      const { run, programs, ended } = await setUp()
      const c = run(programs.tell('COLOUR'), { env: { COLOUR: 'blue' }, workingDir: '/scratch/here' })
      await ended(c)
      expect(linesOf(c)[0]).toBe('blue')
      expect(linesOf(c)[1]).toMatch(/\/scratch\/here$/)
    })

    test("refuses to start what is not there, in runc's words", async () => {
      const { create } = await setUp()
      expect(() => create({ command: ['nosuch'] }).start()).toThrow(
        'exec: "nosuch": executable file not found in $PATH',
      )
      expect(() => create({ command: ['/no/such'] }).start()).toThrow(
        'exec: "/no/such": stat /no/such: no such file or directory',
      )
      const c = create({ command: ['/etc'] })
      expect(() => c.start()).toThrow('exec: "/etc": is a directory')
      expect(c.state).toMatchObject({ state: 'exited', status: { code: 128 } })
    })

    test('kills by signal: TERM is lost on a PID 1 without a handler, KILL is not', async () => {
      const { run, programs, until, rest, ended } = await setUp()
      const c = run(programs.idle)
      await until(() => linesOf(c).includes('idle'))
      c.kill('TERM')
      await rest()
      expect(c.state.state).toBe('running')
      c.kill('KILL')
      await ended(c)
      expect(c.state).toMatchObject({ state: 'exited', status: { code: 137, signal: 'KILL' } })
    })

    test('lets a program that handles TERM end in its own way', async () => {
      const { run, programs, until, ended } = await setUp()
      const c = run(programs.graceful)
      await until(() => linesOf(c).includes('ready'))
      c.kill('TERM')
      await ended(c)
      expect(linesOf(c)).toEqual(['ready', 'bye'])
      expect(c.state).toMatchObject({ status: { code: 3 } })
    })

    test('tells whoever waits for the end, and starts the same thing anew', async () => {
      const { run, programs, until } = await setUp()
      const first = run(programs.idle)
      let told: number | undefined
      first.onExit(status => {
        told = status.code
      })
      first.kill('KILL')
      await until(() => told !== undefined)
      const second = run(programs.idle, { attempt: 1 })
      expect(told).toBe(137)
      expect(second.id).not.toBe(first.id)
      expect(second.state.state).toBe('running')
      second.kill('KILL')
      await until(() => second.state.state === 'exited')
    })

    test('executes beside the first process, with input, output and exit code', async () => {
      const { run, programs, exec } = await setUp()
      const c = run(programs.idle)
      expect(await exec(c, programs.copy(4), 'hello\n')).toEqual({ out: 'hello\n', code: 4 })
      expect(() => c.exec({ argv: ['nosuch'] })).toThrow(
        'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH',
      )
      c.kill('KILL')
    })

    test('ends what was executed when the container ends', async () => {
      const { run, programs, until } = await setUp()
      const c = run(programs.idle)
      let code: number | undefined
      c.exec({ argv: programs.idle }).onExit(status => {
        code = status.code
      })
      c.kill('KILL')
      await until(() => code !== undefined)
      expect(code).toBe(137)
    })

    test('answers a probe at the address of its Pod, until it is killed', async () => {
      const { run, programs, listens, get, until, ended, namespaceOf, sandbox } = await setUp()
      const c = run(programs.serve(8080))
      await listens(8080)
      await until(() => c.state.state === 'running')
      expect(await get(8080)).toMatchObject({ ok: true })
      c.kill('KILL')
      await ended(c)
      await until(() => !namespaceOf(sandbox)!.listeners().length)
      expect(await get(8080)).toMatchObject({ ok: false, error: expect.stringContaining('connection refused') })
    })

    test('shares addresses within a sandbox: a port can be taken once', async () => {
      const { run, programs, listens, ended } = await setUp()
      const server = run(programs.serve(8080))
      await listens(8080)
      const clash = run(programs.serve(8080), { name: 'clash' })
      await ended(clash)
      expect(clash.state).toMatchObject({ state: 'exited', status: { code: 1 } })
      server.kill('KILL')
      await ended(server)
    })

    test('shows what one container writes to a volume to the other one and to the kubelet', async () => {
      const { run, programs, ended, createVolume, until } = await setUp()
      const volume = createVolume()
      volume.root.write('/given', 'from the kubelet')
      const mounts = [{ containerPath: '/data', volume, readOnly: false }]
      const writer = run(programs.write('/data/new', 'from a process'), { mounts })
      await ended(writer)
      expect(writer.state).toMatchObject({ status: { code: 0 } })
      await until(() => volume.root.read('/new') === 'from a process')
      for (const [path, text] of [
        ['/data/new', 'from a process'],
        ['/data/given', 'from the kubelet'],
      ]) {
        const reader = run(programs.read(path!), { name: 'reader', mounts })
        await ended(reader)
        expect(linesOf(reader)).toEqual([text])
      }
    })

    test('lets nobody write to a volume that is mounted read-only', async () => {
      const { run, programs, ended, createVolume } = await setUp()
      const volume = createVolume()
      const c = run(programs.write('/data/new', 'x'), { mounts: [{ containerPath: '/data', volume, readOnly: true }] })
      await ended(c)
      expect(c.state).toMatchObject({ status: { code: 1 } })
      expect(linesOf(c).join('\n')).toMatch(/read-only file system/i)
      expect(volume.root.list('/')).toEqual([])
    })

    test('keeps last words where the kubelet looks for them', async () => {
      const { run, programs, ended } = await setUp()
      const last = '/dev/termination-log'
      const c = run(programs.write(last, 'it was the disk'), { terminationMessagePath: last })
      await ended(c)
      expect(c.readFile(last)).toBe('it was the disk')
    })
  })
}
