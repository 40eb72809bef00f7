/** `subprocess`, in Python: commands that run to their end. */

export const SUBPROCESS = String.raw`
from _subprocess import run as _run
from _support import refuse

PIPE = -1
STDOUT = -2
DEVNULL = -3

class SubprocessError(Exception):
    pass

class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = self.stdout = output
        self.stderr = stderr
    def __str__(self):
        if self.returncode < 0:
            from signal import Signals
            return "Command '%s' died with %r." % (self.cmd, Signals(-self.returncode))
        return "Command '%s' returned non-zero exit status %d." % (self.cmd, self.returncode)

class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = self.stdout = output
        self.stderr = stderr
    def __str__(self):
        return "Command '%s' timed out after %s seconds" % (self.cmd, self.timeout)

class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr
    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)
    def __repr__(self):
        parts = ['args=%r' % (self.args,), 'returncode=%r' % self.returncode]
        if self.stdout is not None:
            parts.append('stdout=%r' % self.stdout)
        if self.stderr is not None:
            parts.append('stderr=%r' % self.stderr)
        return 'CompletedProcess(%s)' % ', '.join(parts)

def run(args, *, input=None, capture_output=False, check=False, shell=False, stdout=None, stderr=None, text=False, universal_newlines=False, encoding=None, env=None, cwd=None, timeout=None, stdin=None, errors=None, executable=None):
    for stream in (stdin, stdout, stderr):
        if stream is not None and stream not in (PIPE, STDOUT, DEVNULL):
            refuse('files as streams of subprocess')
    if capture_output:
        stdout = stderr = PIPE
    if stdin == DEVNULL and input is None:
        input = ''
    argv = ['/bin/sh', '-c', args] if shell else [args] if isinstance(args, str) else list(args)
    code, out, err = _run([str(a) for a in argv], input, stdout, stderr, env, cwd, timeout)
    if code is None:
        raise TimeoutExpired(args, timeout, out if stdout == PIPE and out else None, err if stderr == PIPE and err else None)
    if text or universal_newlines or encoding:
        out, err = out.decode(), err.decode()
    result = CompletedProcess(args, code, out if stdout == PIPE else None, err if stderr == PIPE else None)
    if check:
        result.check_returncode()
    return result

def call(args, **kwargs):
    return run(args, **kwargs).returncode

def check_call(args, **kwargs):
    run(args, check=True, **kwargs)
    return 0

def check_output(args, **kwargs):
    return run(args, check=True, stdout=PIPE, **kwargs).stdout

def getoutput(cmd):
    return getstatusoutput(cmd)[1]

def getstatusoutput(cmd):
    result = run(cmd, shell=True, stdout=PIPE, stderr=STDOUT, text=True)
    return result.returncode, result.stdout.rstrip('\n')

def Popen(*args, **kwargs):
    refuse('subprocess.Popen')
`
