/** What bash has beyond POSIX. */
import { describe, expect, it } from 'vitest'
import { machine } from '../testing.ts'

const bash = async (script: string): Promise<string> => {
  const { out, err } = await machine().sh(`exec bash <<'END'\n${script}\nEND`, { image: 'debian:12' })
  return out + err
}

describe('arrays of bash', () => {
  const cases: [what: string, script: string, output: string][] = [
    ['are made and read by number', 'a=(one "two words" three); echo "${a[1]}" ${#a[@]} $a', 'two words 3 one\n'],
    ['keep their elements whole', 'a=("1 2" 3); for x in "${a[@]}"; do echo "<$x>"; done', '<1 2>\n<3>\n'],
    ['grow', 'a=(1); a+=(2 3); a[7]=8; echo ${a[@]} - ${!a[@]} - ${a[-1]}', '1 2 3 8 - 0 1 2 7 - 8\n'],
    ['are cut and changed', 'a=(aa ab b); echo ${a[@]:1:2} ${a[@]/a/x} "${a[*]^^}"', 'ab b xa xb b AA AB B\n'],
    ['lose elements', 'a=(1 2 3); unset "a[1]"; echo ${#a[@]} ${a[@]}', '2 1 3\n'],
    ['without elements are no words', 'a=(); set -- "${a[@]}"; echo $#', '0\n'],
    ['have names', 'declare -A m=([x]=1 [y]="2 3"); m[z]=4; echo ${m[y]} ${#m[@]} ${!m[@]}', '2 3 3 z y x\n'],
    ['are a function’s own', 'a=(1); f() { local a=(2 3); echo ${a[@]}; }; f; echo ${a[@]}', '2 3\n1\n'],
    [
      'take in lines and words',
      'mapfile -t a < <(printf "x\\ny\\n"); read -ra b <<< "p q"; echo ${a[1]} ${b[1]}',
      'y q\n',
    ],
    [
      'keep each element as they were declared to',
      'declare -ai a=([0]=1+1 5+5); a[3]=2*3; a[3]+=4; printf -v "a[4]" 7+7; declare -p a; declare -au u=([1]=abc); printf -v "u[2]" xyz; declare -p u',
      'declare -ai a=([0]="2" [1]="10" [3]="10" [4]="14")\ndeclare -au u=([1]="ABC" [2]="XYZ")\n',
    ],
    [
      'are asked for an element by what its key comes to',
      'a=(1 2); i=1; for e in "a[i]" "a[i+4]" "a[-1]"; do [[ -v $e ]]; echo $?; done',
      '0\n1\n0\n',
    ],
  ]
  for (const [what, script, output] of cases) it(what, async () => expect(await bash(script)).toBe(output))

  it('hold what a pattern found, as manifests of StatefulSets ask it', async () => {
    expect(
      await bash('[[ mysql-2 =~ -([0-9]+)$ ]] || exit 1\nordinal=${BASH_REMATCH[1]}\necho $((100 + ordinal))'),
    ).toBe('102\n')
    expect(await bash('false | true; echo ${PIPESTATUS[@]}')).toBe('1 0\n')
  })

  it('are not known to other shells', async () => {
    const { code, err } = await machine().sh('a=(1 2); echo ${a[1]}')
    expect([code, err]).toEqual([2, 'sh: syntax error: unexpected "("\n'])
  })
})

describe('variables of the environment that no shell could name', () => {
  it('are handed on by all but dash', async () => {
    const script = 'env "1a=x" "b-c=y" "D=z" sh -c "env | grep -E \'^(1a|b-c|D)=\' | sort"'
    expect((await machine().sh(script)).out).toBe('1a=x\nD=z\nb-c=y\n')
    expect(await bash(script)).toBe('D=z\n')
    expect(await bash(script.replace('sh -c', 'bash -c'))).toBe('1a=x\nD=z\nb-c=y\n')
  })
})

describe('process substitution', () => {
  it('is a file with what a command prints', async () => {
    expect(await bash('while read l; do echo "got $l"; done < <(echo a; echo b)')).toBe('got a\ngot b\n')
    expect(await bash('diff -u <(echo a) <(echo b) | tail -n 2')).toBe('-a\n+b\n')
    expect(await bash('cat <(echo 1) <(echo 2); ls /dev/fd | grep -c 6')).toBe('1\n2\n0\n')
  })
})

describe('read -t', () => {
  it('gives up after a time; killed before, it leaves nothing that rings later', async () => {
    expect(await bash('read -t 1 x < <(sleep 3); echo $?; timeout 1 bash -c "read -t 2 x < <(sleep 9)"; sleep 5')).toBe(
      '142\n',
    )
  })
})

describe('select', () => {
  it('shows a menu and asks until the loop is left', async () => {
    expect(await bash('select x in red blue; do echo "$REPLY is $x"; break; done <<< 2')).toBe(
      '2 is blue\n1) red\n2) blue\n#? ',
    )
  })
})

describe('what only bash reads so', () => {
  it('takes words for expressions in [[ ]], where a name that is not set is 0', async () => {
    expect(await bash('n=5; [[ n -gt 2+2 ]] && echo more; [[ nobody -eq 0 ]] && echo zero')).toBe('more\nzero\n')
  })

  it('puts a file in place of $(<file)', async () => {
    expect(await bash('echo hi > /tmp/f; x=$(</tmp/f); echo "[$x]"')).toBe('[hi]\n')
  })
})

describe('options and permissions of bash', () => {
  it('are only asked for where nobody says that they shall change', async () => {
    expect(
      await bash(
        'shopt -oq pipefail; echo $?; set -o pipefail; shopt -oq pipefail; echo $?; shopt -o pipefail nounset; echo $?; shopt -po pipefail nounset; shopt -so',
      ),
    ).toBe(
      '1\n0\npipefail       \ton\nnounset        \toff\n1\nset -o pipefail\nset +o nounset\nbraceexpand    \ton\nhashall        \ton\ninteractive-comments\ton\npipefail       \ton\n',
    )
  })

  it('are said again in letters, or as what would set them', async () => {
    expect(await bash('umask -p; umask -S 077; umask -p; umask 027; umask -pS')).toBe(
      'umask 0022\nu=rwx,g=,o=\numask 0077\numask -S u=rwx,g=rx,o=\n',
    )
    expect(await bash('umask abc; umask u=q; umask zz; umask u=r,q')).toBe(
      ['b operator', 'q character', 'z operator', 'q operator']
        .map(fault => fault.split(' '))
        .map(([at, what]) => `bash: line 1: umask: \`${at}': invalid symbolic mode ${what}\n`)
        .join(''),
    )
  })
})

describe('[[ in busybox', () => {
  it('is a test that may be wrongly asked', async () => {
    expect(await machine().sh('[[ word -eq 0 ]]; echo $?')).toEqual({
      code: 0,
      out: '2\n',
      err: 'sh: word: bad number\n',
    })
  })
})

describe('here-documents', () => {
  it('that never end are warned of, and what only looks like one is none', async () => {
    const m = machine()
    const debian = m.run('debian:12', { command: ['sleep', '100'] })
    const said = (script: string) => m.exec(debian, ['/bin/bash', '-c', script])
    for (const script of ['n=2; echo $((1<<n))', 'echo "see <<EOF"', 'echo hi # <<EOF\necho ho', 'cat <<A\nx\nA'])
      expect(await said(script)).toMatchObject({ code: 0, err: '' })
    expect((await said("cat <<'A B'\nx")).err).toBe(
      "/bin/bash: line 2: warning: here-document at line 1 delimited by end-of-file (wanted `A B')\n",
    )
  })
})

describe('tildes', () => {
  it('stand for the homes that the table of users names', async () => {
    expect(await bash('echo ~root ~nobody ~daemon/x ~nosuch; A=~root:~nobody; echo $A')).toBe(
      '/root /nonexistent /usr/sbin/x ~nosuch\n/root:/nonexistent\n',
    )
  })
})

describe('/dev/tcp of bash', () => {
  const bash = (script: string) => machine().sh(`exec bash -c '${script}'`, { image: 'bash:5.2' })

  it('waits for a port as wait-for-it does', async () => {
    const { out, err } = await bash(
      '(sleep 3; nc -l -p 9000 >/tmp/got) & until (echo ping > /dev/tcp/localhost/9000) 2>/dev/null; do echo waiting; sleep 1; done; wait; cat /tmp/got',
    )
    expect({ out, err }).toEqual({ out: 'waiting\nwaiting\nwaiting\nping\n', err: '' })
  })

  it('carries what is written and read', async () => {
    const { out } = await bash(
      'echo pong | nc -l -p 8080 >/tmp/got & sleep 1; exec 3<>/dev/tcp/localhost/8080; echo ping >&3; read -u 3 x; exec 3>&-; wait; echo $x; cat /tmp/got',
    )
    expect(out).toBe('pong\nping\n')
  })

  it('says why there is no connection', async () => {
    const { err } = await bash('echo > /dev/tcp/127.0.0.1/1; echo > /dev/tcp/127.0.0.1/http')
    expect(err).toBe(
      [
        'bash: connect: Connection refused',
        'bash: line 1: /dev/tcp/127.0.0.1/1: Connection refused',
        'bash: line 1: http: Servname not supported for ai_socktype',
        'bash: line 1: /dev/tcp/127.0.0.1/http: Invalid argument',
        '',
      ].join('\n'),
    )
  })
})

describe('a trap for ERR', () => {
  it.each([
    [
      'is there again after a break in it',
      'trap "echo E; break" ERR; for i in 1 2; do false; echo $i; done; false',
      'E\nE\n',
    ],
    ['may take itself away', 'trap "echo E; trap - ERR" ERR; false; false; echo end', 'E\nend\n'],
    ['may set another', 'trap "trap \\"echo F\\" ERR; echo E" ERR; false; false; echo end', 'E\nF\nend\n'],
    ['does not come upon itself', 'trap "echo E; false; trap" ERR; false', "E\ntrap -- 'echo E; false; trap' ERR\n"],
  ])('%s', async (_name, script, out) => {
    expect(await machine().sh(`exec bash -c '${script}'`, { image: 'bash:5.2' })).toMatchObject({ out })
  })
})

describe('read', () => {
  it('wants numbers where its options do', async () => {
    expect(
      await machine().sh(`exec bash -c 'read -t x; echo $?; read -n x; read -u y'`, { image: 'bash:5.2' }),
    ).toMatchObject({
      out: '1\n',
      err: 'bash: line 1: read: x: invalid timeout specification\nbash: line 1: read: x: invalid number\nbash: line 1: read: y: invalid file descriptor specification\n',
    })
    expect(await machine().sh('read -t x; echo $?; read -n x; read -u y')).toMatchObject({
      out: '2\n',
      err: 'sh: read: line 0: invalid timeout\nsh: read: line 0: invalid count\nsh: read: line 0: invalid file descriptor\n',
    })
  })
})

describe('what only bash has, to the shells of sh', () => {
  it.each([
    [
      'case x in x) a=(1);; esac',
      'syntax error: unexpected "(" (expecting ";;")',
      'Syntax error: "(" unexpected (expecting ";;")',
    ],
    [
      'if :; then a=(1); fi',
      'syntax error: unexpected "(" (expecting "fi")',
      'Syntax error: "(" unexpected (expecting "fi")',
    ],
    [
      'echo "$(echo; a=(1))"',
      'syntax error: unexpected "(" (expecting ")")',
      'Syntax error: "(" unexpected (expecting ")")',
    ],
    ['((i++))', 'i++: not found', 'i++: not found'],
    ['((i<3))', "can't open 3: no such file", 'cannot open 3: No such file'],
    ['cat <&x; echo hi', 'redir error', 'Syntax error: Bad fd number'],
    ['echo >&$NONE; echo hi', 'syntax error: bad fd number', 'Syntax error: Bad fd number'],
  ])('%s', async (script, ash, dash) => {
    expect(await machine().sh(script)).toMatchObject({ out: '', err: `sh: ${ash}\n` })
    expect(await machine().sh(script, { image: 'debian:12' })).toMatchObject({ out: '', err: `sh: 1: ${dash}\n` })
  })
})

describe('functions that are exported', () => {
  const bash = async (script: string) => (await machine().sh(`bash -c '${script}'`, { image: 'debian:12' })).out

  it('are handed on as they are defined at last, and not once they are unset', async () => {
    expect(
      await bash('f() { echo old; }; export -f f; f() { echo new; }; bash -c f; unset -f f; env | grep -c FUNC'),
    ).toBe('new\n0\n')
    expect(await bash('f() { echo old; }; export -f f; bash -c "f() { echo inner; }; bash -c f"')).toBe('inner\n')
  })

  it('are listed as such', async () => {
    expect(await bash('f() { :; }; g() { :; }; declare -fx g; declare -F; export -f; export -n -f g; declare -F')).toBe(
      'declare -f f\ndeclare -fx g\ng () \n{ \n    :\n}\ndeclare -fx g\ndeclare -f f\ndeclare -f g\n',
    )
  })
})

describe('assignments before a command', () => {
  it('leave nothing behind when one of them is a mistake', async () => {
    const script = 'A=1 B=${a@Z} true\necho "A=$A"'
    const { out } = await machine().sh(`bash -c '${script}'`, { image: 'debian:12' })
    expect(out).toBe('A=\n')
  })

  it('that cannot be made are left out', async () => {
    const script = 'readonly r=1; r=2 A=$r a[0]=5 env | grep ^[Aa]='
    expect(await machine().sh(`bash -c '${script}'`, { image: 'debian:12' })).toMatchObject({
      out: 'A=1\n',
      err: "bash: line 1: `a[0]': not a valid identifier\nbash: line 1: r: readonly variable\n",
    })
  })
})

it('dash takes [[ for a command however deep it stands', async () => {
  const { out, err } = await machine().sh(`${'[[ a $('.repeat(9)}:${') ]]'.repeat(9)}; echo hi`, { image: 'debian:12' })
  expect(out).toBe('hi\n')
  expect(err).toBe('sh: 1: [[: not found\n'.repeat(9))
})

describe('[[ of busybox', () => {
  it.each([
    ["x='a b'; [[ -n $x ]]; echo $?", '2\n', 'sh: b: unknown operand\n'],
    ["x='a b'; [[ $x = 3 ]]; echo $?", '2\n', 'sh: b: unknown operand\n'],
    ["x='a b'; [[ a = $x ]]; echo $?", '2\n', 'sh: b: unknown operand\n'],
    ['x=\'a b\'; [[ "$x" = a* ]]; echo $?', '0\n', ''],
    ["[[ 1 = $u ]]; echo $?; [[ $u = '' ]]; echo $?", '2\n2\n', 'sh: =: argument expected\nsh: : unknown operand\n'],
    ['[[ -f $u ]]; echo $?; [[ $u ]]; echo $?; [[ ! $u ]]; echo $?', '0\n1\n0\n', ''],
  ])('takes %s for words', async (script, out, err) => {
    expect(await machine().sh(script)).toMatchObject({ out, err })
  })
})
