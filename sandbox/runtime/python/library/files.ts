/** `pathlib`, `shutil`, `glob`, `fnmatch`, `tempfile`, in Python. */

export const FNMATCH = `
import re

def translate(pattern):
    out = ''
    i = 0
    while i < len(pattern):
        c = pattern[i]
        i += 1
        if c == '*':
            out += '.*'
        elif c == '?':
            out += '.'
        elif c == '[' and pattern.find(']', i + 1) >= 0:
            end = pattern.find(']', i + 1)
            inner = pattern[i:end]
            out += '[' + ('^' + inner[1:] if inner.startswith('!') else inner) + ']'
            i = end + 1
        else:
            out += re.escape(c)
    return out

def fnmatch(name, pattern):
    return re.fullmatch(translate(pattern), name, re.DOTALL) is not None

fnmatchcase = fnmatch

def filter(names, pattern):
    return [name for name in names if fnmatch(name, pattern)]
`

export const GLOB = `
import os
from fnmatch import fnmatch

def glob(pathname, *, root_dir=None, recursive=False):
    root = '/' if pathname.startswith('/') else ''
    found = [root]
    for part in [p for p in pathname.split('/') if p]:
        after = []
        for base in found:
            if part == '**' and recursive:
                after.append(base)
                for top, folders, files in os.walk(base or '.'):
                    for name in folders:
                        path = os.path.join(top, name)
                        after.append(path[2:] if not base and path.startswith('./') else path)
            elif any(c in part for c in '*?['):
                if os.path.isdir(base or '.'):
                    after += [os.path.join(base, name) for name in os.listdir(base or '.') if fnmatch(name, part) and (not name.startswith('.') or part.startswith('.'))]
            elif os.path.lexists(os.path.join(base, part)):
                after.append(os.path.join(base, part))
        found = after
    return found

def iglob(pathname, **kwargs):
    return iter(glob(pathname, **kwargs))
`

export const SHUTIL = `
import os
from _collections import namedtuple
from _support import refuse

class Error(OSError):
    pass

class SameFileError(Error):
    pass

def copyfile(src, dst, *, follow_symlinks=True):
    with open(src, 'rb') as source:
        data = source.read()
    with open(dst, 'wb') as target:
        target.write(data)
    return dst

def copy(src, dst, *, follow_symlinks=True):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    copyfile(src, dst)
    os.chmod(dst, os.stat(src).st_mode & 0o7777)
    return dst

copy2 = copy

def copytree(src, dst, dirs_exist_ok=False):
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for name in os.listdir(src):
        a, b = os.path.join(src, name), os.path.join(dst, name)
        if os.path.isdir(a):
            copytree(a, b, dirs_exist_ok)
        else:
            copy(a, b)
    return dst

def rmtree(path, ignore_errors=False, onerror=None):
    try:
        os._rmtree(path)
    except OSError:
        if not ignore_errors:
            raise

def move(src, dst):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    try:
        os.rename(src, dst)
    except OSError:
        if os.path.isdir(src):
            copytree(src, dst)
            rmtree(src)
        else:
            copy(src, dst)
            os.unlink(src)
    return dst

def which(cmd, mode=None, path=None):
    if '/' in cmd:
        return cmd if os.access(cmd, os.X_OK) else None
    for folder in (path or os.environ.get('PATH', '')).split(':'):
        full = os.path.join(folder, cmd)
        if os.path.isfile(full) and os.access(full, os.X_OK):
            return full
    return None

def disk_usage(path):
    refuse('shutil.disk_usage')
`

export const TEMPFILE = `
import os
import random
import shutil
from _support import refuse

tempdir = None

def gettempdir():
    return os.environ.get('TMPDIR', '/tmp')

def _name(prefix, suffix, dir):
    letters = 'abcdefghijklmnopqrstuvwxyz0123456789_'
    return os.path.join(dir or gettempdir(), prefix + ''.join(random.choice(letters) for _ in range(8)) + suffix)

def mkdtemp(suffix='', prefix='tmp', dir=None):
    path = _name(prefix, suffix, dir)
    os.mkdir(path, 0o700)
    return path

class TemporaryDirectory:
    def __init__(self, suffix='', prefix='tmp', dir=None):
        self.name = mkdtemp(suffix, prefix, dir)
    def __enter__(self):
        return self.name
    def __exit__(self, *args):
        self.cleanup()
    def cleanup(self):
        shutil.rmtree(self.name, ignore_errors=True)

def NamedTemporaryFile(*args, **kwargs):
    refuse('tempfile.NamedTemporaryFile')

def TemporaryFile(*args, **kwargs):
    refuse('tempfile.TemporaryFile')

def mkstemp(*args, **kwargs):
    refuse('tempfile.mkstemp')
`

export const PATHLIB = `
import os
from fnmatch import fnmatch

class PurePath:
    def __init__(self, *parts):
        path = os.path.join(*[os.fspath(p) for p in parts]) if parts else '.'
        root = '/' if path.startswith('/') else ''
        self._path = root + '/'.join(p for p in path.split('/') if p and p != '.') or '.'
    def _make(self, path):
        return type(self)(path)
    def __fspath__(self):
        return self._path
    def __str__(self):
        return self._path
    def __repr__(self):
        return '%s(%r)' % ({'Path': 'PosixPath', 'PurePath': 'PurePosixPath'}.get(type(self).__name__, type(self).__name__), self._path)
    def __truediv__(self, other):
        return self._make(os.path.join(self._path, os.fspath(other)))
    def __rtruediv__(self, other):
        return self._make(os.path.join(os.fspath(other), self._path))
    def __eq__(self, other):
        return isinstance(other, PurePath) and self._path == other._path
    def __hash__(self):
        return hash(self._path)
    def __lt__(self, other):
        return self._path < other._path
    @property
    def name(self):
        return '' if self._path in ('.', '/') else os.path.basename(self._path)
    @property
    def parent(self):
        return self._make(os.path.dirname(self._path) or '.')
    @property
    def parents(self):
        found = []
        at = self
        while at.parent != at:
            at = at.parent
            found.append(at)
        return tuple(found)
    @property
    def stem(self):
        return os.path.splitext(self.name)[0]
    @property
    def suffix(self):
        return os.path.splitext(self.name)[1]
    @property
    def suffixes(self):
        return ['.' + part for part in self.name.lstrip('.').split('.')[1:]]
    @property
    def parts(self):
        rest = tuple(p for p in self._path.split('/') if p)
        return ('/',) + rest if self._path.startswith('/') else rest
    def joinpath(self, *others):
        return self._make(os.path.join(self._path, *[os.fspath(o) for o in others]))
    def with_name(self, name):
        return self.parent / name
    def with_suffix(self, suffix):
        return self.parent / (self.stem + suffix)
    def is_absolute(self):
        return self._path.startswith('/')
    def as_posix(self):
        return self._path
    def relative_to(self, other):
        base = os.fspath(other).rstrip('/')
        if self._path == base:
            return self._make('.')
        if not self._path.startswith(base + '/'):
            raise ValueError('%r is not in the subpath of %r' % (self._path, base))
        return self._make(self._path[len(base) + 1:])
    def match(self, pattern):
        return fnmatch(self.name, pattern)

class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())
    @classmethod
    def home(cls):
        return cls(os.path.expanduser('~'))
    def exists(self):
        return os.path.exists(self._path)
    def is_file(self):
        return os.path.isfile(self._path)
    def is_dir(self):
        return os.path.isdir(self._path)
    def is_symlink(self):
        return os.path.islink(self._path)
    def stat(self):
        return os.stat(self._path)
    def open(self, mode='r', buffering=-1, encoding=None):
        return open(self._path, mode, buffering)
    def read_text(self, encoding=None):
        with open(self._path) as file:
            return file.read()
    def read_bytes(self):
        with open(self._path, 'rb') as file:
            return file.read()
    def write_text(self, data, encoding=None):
        with open(self._path, 'w') as file:
            return file.write(data)
    def write_bytes(self, data):
        with open(self._path, 'wb') as file:
            return file.write(data)
    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        if parents:
            os.makedirs(self._path, exist_ok=exist_ok)
        else:
            try:
                os.mkdir(self._path)
            except FileExistsError:
                if not exist_ok or not self.is_dir():
                    raise
    def touch(self, mode=0o666, exist_ok=True):
        open(self._path, 'a').close()
    def unlink(self, missing_ok=False):
        try:
            os.unlink(self._path)
        except FileNotFoundError:
            if not missing_ok:
                raise
    def rmdir(self):
        os.rmdir(self._path)
    def rename(self, target):
        os.rename(self._path, target)
        return self._make(os.fspath(target))
    replace = rename
    def chmod(self, mode):
        os.chmod(self._path, mode)
    def symlink_to(self, target):
        os.symlink(os.fspath(target), self._path)
    def readlink(self):
        return self._make(os.readlink(self._path))
    def iterdir(self):
        for name in os.listdir(self._path):
            yield self / name
    def glob(self, pattern):
        import glob
        for path in glob.glob(os.path.join(self._path, pattern), recursive=True):
            yield self._make(path)
    def rglob(self, pattern):
        return self.glob('**/' + pattern)
    def resolve(self, strict=False):
        return self._make(os.path.realpath(self._path))
    absolute = resolve
    def expanduser(self):
        return self._make(os.path.expanduser(self._path))

PosixPath = Path
PurePosixPath = PurePath
`
