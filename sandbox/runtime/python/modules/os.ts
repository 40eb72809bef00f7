/** `os` and `os.path`: the process, its environment, and the container's files. */

import { isErrno } from '../../errno.ts'
import type { FileStat } from '../../files/fs.ts'
import { absolute, normalize } from '../../files/path.ts'
import { SIGNAL_NUMBER, type Signal } from '../../processes/process.ts'
import { functions, given, intOf, methods, textOf } from '../builtins/define.ts'
import { collect } from '../machine/iterate.ts'
import type { Machine } from '../machine/machine.ts'
import { putItem } from '../machine/subscripts.ts'
import { toBytes } from '../objects/codecs.ts'
import { PyDict, PyList, PyTuple } from '../objects/containers.ts'
import { errnoNumbers, errorClass, osError, raise, typeError } from '../objects/errors.ts'
import * as types from '../objects/types.ts'
import { type Native, PyBuiltin, PyBytes, PyClass, PyFloat, PyModule, PyObject, type Value } from '../objects/values.ts'
import { pathText } from './streams.ts'
import { runShell } from './subprocess.ts'

/** A path as the file system wants it. */
const full = (machine: Machine, value: Value): string => {
  return normalize(absolute(machine.process.cwd, pathText(machine, value)))
}

/** Does something with files; a failure names them. */
function withFile<T>(files: Value[], work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isErrno(error) ? osError(error.code, ...files) : error
  }
}

/** What a call that gives nothing back is for a program. */
const done = (_: unknown): null => null

const environClass = new PyClass('_Environ', [types.dict], new Map(), 'os', true)

const statClass = new PyClass('stat_result', [types.object], new Map(), 'os', true)
const KIND: Readonly<Record<FileStat['type'], number>> = {
  file: 0o100000,
  directory: 0o40000,
  symlink: 0o120000,
  device: 0o20000,
  socket: 0o140000,
  fifo: 0o10000,
}

function statOf({ type, size, mode, uid, gid, mtime, ino = 0, nlink = 1 }: FileStat): Value {
  const result = new PyObject(statClass)
  const seconds = new PyFloat(mtime / 1000)
  for (const [name, value] of Object.entries({
    st_mode: KIND[type] | mode,
    st_size: size,
    st_uid: uid,
    st_gid: gid,
    st_mtime: seconds,
    st_atime: seconds,
    st_ctime: seconds,
    st_ino: ino,
    st_nlink: nlink,
  }))
    result.attrs!.set(name, value)
  return result
}

const entryClass = new PyClass('DirEntry', [types.object], new Map(), 'posix', true)

function environ(machine: Machine): PyDict {
  const env = new PyDict(environClass)
  for (const [name, value] of Object.entries(machine.process.env)) putItem(machine, env, name, value)
  return env
}

/** The environment as children see it: changes to `os.environ` are the process's own. */
function setVariable(machine: Machine, name: string, value: string | undefined): void {
  const { [name]: _, ...rest } = machine.process.env
  machine.process.env = value === undefined ? rest : { ...rest, [name]: value }
}

methods(environClass, {
  __setitem__: (machine, [self, name, value]) => {
    for (const each of [name, value])
      if (typeof each !== 'string') throw typeError(`str expected, not ${types.typeOf(each!).name}`)
    putItem(machine, self as PyDict, name!, value!)
    setVariable(machine, name as string, value as string)
    return null
  },
  __delitem__: (machine, [self, name]) => {
    if (!(self as PyDict).entries.delete(`s${String(name)}`)) throw raise('KeyError', name!)
    setVariable(machine, String(name), undefined)
    return null
  },
  copy: (_, [self]) => {
    const all = new PyDict()
    for (const [key, entry] of (self as PyDict).entries) all.entries.set(key, [...entry])
    return all
  },
  __repr__: (machine, [self]) =>
    `environ({${[...(self as PyDict).entries.values()].map(([k, v]) => `${machine.repr(k)}: ${machine.repr(v)}`).join(', ')}})`,
})

export function os(machine: Machine): Record<string, Value> {
  const { process } = machine
  const { fs } = process
  const env = environ(machine)
  const file =
    (work: (path: string, args: readonly Value[]) => Value): Native =>
    (m, args) =>
      withFile([args[0] ?? '.'], () => work(full(m, args[0] ?? '.'), args))
  const pathModule = new PyModule(
    'posixpath',
    new Map<string, Value>([['__name__', 'posixpath'], ['__simulated__', true], ...Object.entries(path(machine))]),
  )
  machine.modules.set('os.path', pathModule)
  const removeTree = (at: string): void => {
    for (const name of fs.readdir(at)) {
      const inner = `${at}/${name}`
      if (fs.lstat(inner).type === 'directory') removeTree(inner)
      else fs.unlink(inner)
    }
    fs.rmdir(at)
  }
  return {
    environ: env,
    path: pathModule,
    name: 'posix',
    sep: '/',
    linesep: '\n',
    pathsep: ':',
    curdir: '.',
    devnull: '/dev/null',
    error: errorClass('OSError'),
    F_OK: 0,
    R_OK: 4,
    W_OK: 2,
    X_OK: 1,
    O_RDONLY: 0,
    O_WRONLY: 1,
    O_RDWR: 2,
    O_CREAT: 64,
    EX_OK: 0,
    PathLike: types.object,
    ...functions({
      getenv: (_, args, keywords) => {
        const [name, fallback = null] = given('getenv', args, keywords, ['key', 'default?'])
        return env.entries.get(`s${textOf(name, 'str expected, key')}`)?.[1] ?? fallback
      },
      putenv: (m, [name, value]) => {
        setVariable(m, String(name), String(value))
        return null
      },
      getpid: () => process.pid,
      getppid: () => process.ppid,
      getuid: () => process.uid,
      geteuid: () => process.uid,
      getgid: () => process.gid,
      getegid: () => process.gid,
      getgroups: () => new PyList([...process.groups]),
      getcwd: () => process.cwd,
      chdir: file(to => {
        if (fs.stat(to).type !== 'directory') throw osError('ENOTDIR', to)
        process.cwd = to
        return null
      }),
      getlogin: () => 'root',
      cpu_count: () => 4,
      uname: () => {
        const made = new PyObject(types.classNamed('uname_result'))
        for (const [name, value] of Object.entries({
          sysname: 'Linux',
          nodename: process.hostname,
          release: '6.1.0',
          version: '#1 SMP',
          machine: 'x86_64',
        }))
          made.attrs!.set(name, value)
        return made
      },
      urandom: (_, [count]) =>
        new PyBytes(Array.from({ length: intOf(count!) }, () => String.fromCharCode(process.random.int(256))).join('')),
      listdir: file(at => new PyList([...fs.readdir(at)])),
      scandir: file(
        (at, [given = '.']) =>
          new PyList(fs.readdir(at).map(name => entry(machine, `${String(given)}/${name}`, `${at}/${name}`, name))),
      ),
      mkdir: file((at, [, mode]) => {
        fs.mkdir(at, mode === undefined ? {} : { mode: intOf(mode) })
        return null
      }),
      makedirs: (m, args, keywords) => {
        const [name, , exists] = given('makedirs', args, keywords, ['name', 'mode?', 'exist_ok?'])
        const at = full(m, name!)
        if (fs.exists(at) && (exists !== true || fs.stat(at).type !== 'directory')) throw osError('EEXIST', name!)
        return withFile([name!], () => done(fs.mkdir(at, { recursive: true })))
      },
      rmdir: file(at => done(fs.rmdir(at))),
      remove: file(at => done(fs.unlink(at))),
      unlink: file(at => done(fs.unlink(at))),
      rename: (m, [from, to]) => withFile([from!, to!], () => done(fs.rename(full(m, from!), full(m, to!)))),
      replace: (m, [from, to]) => withFile([from!, to!], () => done(fs.rename(full(m, from!), full(m, to!)))),
      link: (m, [from, to]) => withFile([from!, to!], () => done(fs.link(full(m, from!), full(m, to!)))),
      symlink: (m, [target, at]) => withFile([target!, at!], () => done(fs.symlink(String(target), full(m, at!)))),
      readlink: file(at => fs.readlink(at)),
      chmod: file((at, [, mode]) => done(fs.chmod(at, intOf(mode!)))),
      chown: file((at, [, uid, gid]) => done(fs.chown(at, intOf(uid!), intOf(gid!)))),
      stat: file(at => statOf(fs.stat(at))),
      lstat: file(at => statOf(fs.lstat(at))),
      access: (m, [at, mode]) => {
        const path = full(m, at!)
        if (!fs.exists(path)) return false
        if (process.uid === 0 && mode !== 1) return true
        const { mode: bits, uid, gid } = fs.stat(path)
        const own =
          uid === process.uid ? bits >> 6 : gid === process.gid || process.groups.includes(gid) ? bits >> 3 : bits
        return (own & intOf(mode!)) === intOf(mode!)
      },
      utime: file(at => done(fs.utimes(at, process.clock.now()))),
      umask: (_, [mask]) => {
        const before = process.umask
        process.umask = intOf(mask!)
        return before
      },
      *walk(m, [top]) {
        const all: Value[] = []
        const visit = (shown: string, at: string): void => {
          if (!fs.exists(at)) return
          const entries = fs.readdir(at)
          const folders = entries.filter(
            name => fs.exists(`${at}/${name}`) && fs.stat(`${at}/${name}`).type === 'directory',
          )
          all.push(
            new PyTuple([shown, new PyList([...folders]), new PyList(entries.filter(name => !folders.includes(name)))]),
          )
          for (const name of folders) visit(`${shown.replace(/\/$/, '')}/${name}`, `${at.replace(/\/$/, '')}/${name}`)
        }
        visit(pathText(m, top!), full(m, top!))
        return new PyList(all)
      },
      _rmtree: file(at => done(removeTree(at))),
      kill: (_, [pid, number]) => {
        const signal = Object.keys(SIGNAL_NUMBER).find(name => SIGNAL_NUMBER[name as Signal] === Number(number)) as
          | Signal
          | undefined
        if (Number(number) !== 0) process.kill(intOf(pid!), signal!)
        return null
      },
      *system(m, [command]) {
        const code = yield* runShell(m, String(command))
        return code < 0 ? -code : code * 256
      },
      _exit: (_, [code]) => process.exit(intOf(code!)),
      *write(m, [fd, bytes]) {
        const { text } = bytes as PyBytes
        yield* m.wait(() => process.write(intOf(fd!), text).then(() => null))
        return text.length
      },
      *read(m, [fd, count]) {
        return toBytes(yield* m.wait(() => process.read(intOf(fd!), intOf(count!))))
      },
      isatty: (_, [fd]) => process.fds[intOf(fd!)]?.isTerminal ?? false,
      getloadavg: () => new PyTuple([new PyFloat(0), new PyFloat(0), new PyFloat(0)]),
      sync: () => null,
      fspath: (m, [at]) => pathText(m, at!),
      strerror: (_, [number]) =>
        String(osError(errnoNumbers().find(([, n]) => n === Number(number))?.[0] ?? 'EIO').exception.args[1]),
      *execvp(m, [name, args]) {
        const words = (yield* collect(m, args!)).map(String)
        yield* m.wait(() => m.out.flush())
        return yield* m.wait(() => process.exec([String(name), ...words.slice(1)]))
      },
    }),
  }
}

function entry(machine: Machine, shown: string, at: string, name: string): Value {
  const { fs } = machine.process
  const made = new PyObject(entryClass)
  made.attrs!.set('name', name)
  made.attrs!.set('path', shown)
  const is = (type: FileStat['type']): PyBuiltin =>
    new PyBuiltin(`is_${type}`, () => fs.exists(at) && fs.stat(at).type === type)
  made.attrs!.set('is_dir', is('directory'))
  made.attrs!.set('is_file', is('file'))
  made.attrs!.set('stat', new PyBuiltin('stat', () => statOf(fs.stat(at))))
  return made
}

export function path(machine: Machine): Record<string, Value> {
  const { process } = machine
  const { fs } = process
  const text =
    (work: (path: string) => Value): Native =>
    (m, [value]) =>
      work(pathText(m, value!))
  const test =
    (work: (path: string) => boolean): Native =>
    (m, [value]) => {
      try {
        return work(full(m, value!))
      } catch (error) {
        if (isErrno(error)) return false
        throw error
      }
    }
  const splitExtension = (path: string): [string, string] => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const dot = name.replace(/^\.+/, m => '_'.repeat(m.length)).lastIndexOf('.')
    return dot < 0 ? [path, ''] : [path.slice(0, path.length - name.length + dot), name.slice(dot)]
  }
  const head = (path: string): string => {
    const at = path.lastIndexOf('/') + 1
    const before = path.slice(0, at)
    return /^\/+$/.test(before) ? before : before.replace(/\/+$/, '')
  }
  const norm = (path: string): string => {
    if (path === '') return '.'
    if (path.startsWith('/')) return normalize(path)
    const parts: string[] = []
    for (const part of path.split('/')) {
      if (part === '..' && parts.length && parts.at(-1) !== '..') parts.pop()
      else if (part && part !== '.') parts.push(part)
    }
    return parts.join('/') || '.'
  }
  return {
    sep: '/',
    ...functions({
      join: (m, parts) =>
        parts
          .map(part => pathText(m, part))
          .reduce((all, part) =>
            part.startsWith('/') ? part : all === '' || all.endsWith('/') ? all + part : `${all}/${part}`,
          ),
      exists: test(at => fs.exists(at)),
      lexists: test(at => fs.lstat(at) !== undefined),
      isfile: test(at => fs.stat(at).type === 'file'),
      isdir: test(at => fs.stat(at).type === 'directory'),
      islink: test(at => fs.lstat(at).type === 'symlink'),
      ismount: test(at => fs.mounts().some(mount => mount.path === at)),
      basename: text(at => at.slice(at.lastIndexOf('/') + 1)),
      dirname: text(head),
      split: text(at => new PyTuple([head(at), at.slice(at.lastIndexOf('/') + 1)])),
      splitext: text(at => new PyTuple(splitExtension(at))),
      abspath: (m, [at]) => full(m, at!),
      realpath: (m, [at]) => full(m, at!),
      normpath: text(norm),
      isabs: text(at => at.startsWith('/')),
      expanduser: text(at => at.replace(/^~(?=\/|$)/, process.env.HOME ?? '/root')),
      expandvars: text(at =>
        at.replace(/\$(\w+|\{(\w+)\})/g, (all, name: string, inner?: string) => process.env[inner ?? name] ?? all),
      ),
      relpath: (m, [at, start]) => {
        const [to, from] = [full(m, at!), start === undefined ? process.cwd : full(m, start)].map(p =>
          p.split('/').filter(Boolean),
        )
        let same = 0
        while (same < to!.length && to![same] === from![same]) same++
        return [...from!.slice(same).map(() => '..'), ...to!.slice(same)].join('/') || '.'
      },
      getsize: (m, [at]) => withFile([at!], () => fs.stat(full(m, at!)).size),
      getmtime: (m, [at]) => withFile([at!], () => new PyFloat(fs.stat(full(m, at!)).mtime / 1000)),
      commonprefix: (_, [all]) => {
        const names = (all as PyList).items.map(String)
        let prefix = names[0] ?? ''
        while (!names.every(name => name.startsWith(prefix))) prefix = prefix.slice(0, -1)
        return prefix
      },
      samefile: (m, [a, b]) => full(m, a!) === full(m, b!),
    }),
  }
}
