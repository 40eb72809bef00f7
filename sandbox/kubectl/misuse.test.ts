/** kubectl's errors for command lines that it does not accept. */
import { describe, expect, it, test } from 'vitest'
import { splitCsv } from './command/flags.ts'
import { decodeProblem } from './manifests/manifests.ts'
import { NO_SERVER, run, server } from './testing.ts'

describe('misuse is told in the words of kubectl', () => {
  test.each([
    [['gett', 'pods'], 'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tset\n\tget\n'],
    [['get', 'pods', '--foo'], "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"],
    [['get', 'pods', '-x'], "error: unknown shorthand flag: 'x' in -x\nSee 'kubectl get --help' for usage.\n"],
    [['get', 'pods', '-o'], "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"],
    [
      ['get', 'pods', '--watch=maybe'],
      'error: invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax\nSee \'kubectl get --help\' for usage.\n',
    ],
    [['rollout', 'foo'], 'error: unknown command "foo"\nSee \'kubectl rollout -h\' for help and examples\n'],
    [['create', 'deployment', 'web'], 'error: required flag(s) "image" not set\n'],
    [['get', 'pods'], NO_SERVER(5)],
    [
      ['annotate', 'cm', 'a', 'k=v', 'k-'],
      'error: can not both modify and remove the following annotation(s) in the same command: k\n',
    ],
    [
      ['label', '--local', 'cm', 'a', 'k=v'],
      'error: can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set\n',
    ],
    [
      ['apply', '-f', 'x.yaml', '--cascade=foo'],
      'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"\n',
    ],
    [
      ['run', 'i', '--image=busybox', '--cascade=foo'],
      'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"\n',
    ],
    [
      ['apply', '--server-side', '--prune', '-f', 'x.yaml', '-l', 'a=b'],
      "error: --prune is in alpha and doesn't currently work on objects created by server-side apply\n",
    ],
    [['delete', 'cm', '--all', '-l', 'a=b'], "error: setting 'all' parameter but found a non empty selector. \n"],
    [
      ['create', 'cm', 'a', '-o', 'yaml=x', '--dry-run=client'],
      'error: unable to match a printer suitable for the output format "yaml=x", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml\n',
    ],
    [
      // What there is to print is looked for before a form for it.
      ['get', 'pods', '-o', 'yaml=x'],
      NO_SERVER(5),
    ],
    [
      ['set', 'resources'],
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'\n",
    ],
    // The flags that all generators have are read before a generator judges its own.
    [
      ['create', 'job', 'j', '--validate=nope'],
      'error: invalid - validate option "nope"; must be one of: strict (or true), warn, ignore (or false)\n',
    ],
    [
      ['create', 'clusterrole', 'c', '--aggregation-rule=a'],
      'error: invalid argument "a" for "--aggregation-rule" flag: malformed pair, expect string=string\nSee \'kubectl create clusterrole --help\' for usage.\n',
    ],
    [
      ['set', 'env', 'deploy/a', '--keys="'],
      'error: invalid argument "\\"" for "--keys" flag: parse error on line 1, column 2: extraneous or missing " in quoted-field\nSee \'kubectl set env --help\' for usage.\n',
    ],
    [
      ['taint', 'nodes', 'n', 'a=b=c:NoSchedule'],
      "error: invalid taint spec: a=b=c:NoSchedule\nSee 'kubectl taint -h' for help and examples\n",
    ],
    [
      ['wait', 'po/a', '--for=jsonpath={.status.phase}='],
      "error: jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3\n",
    ],
    [
      ['auth', 'can-i', '--list', '--subresource=log'],
      "error: list option can't be specified with neither quiet, all-namespaces nor subresource options\n",
    ],
    [['get', 'pods', '-h', '--nope'], "error: unknown flag: --nope\nSee 'kubectl get --help' for usage.\n"],
    [['get', 'po', '--context', 'nope'], 'Error in configuration: context was not found for specified context: nope\n'],
    [['create', 'ns', 'a', '--context', 'nope'], 'error: context "nope" does not exist\n'],
    [['set', 'selector'], 'error: one selector is required\n'],
    [['create', 'service', 'externalname', 'e', '--external-name=b d'], 'error: invalid service external name b d\n'],
    [
      ['create', 'pdb', 'p', '--selector=a b', '--min-available=1'],
      "error: couldn't parse the selector string \"a b\": unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt\n",
    ],
    [['wait', 'pod/x', '--for=jsonpath='], 'error: jsonpath expression cannot be empty\n'],
    [['events', '--for', 'pod/a/b'], 'error: arguments in resource/name form may not have more than one slash\n'],
    [['auth', 'can-i', 'get', 'pods', '--no-headers'], 'error: --no-headers cannot be set without --list specified\n'],
    [
      ['auth', 'reconcile', '-f', 'x.yaml', '--dry-run=server'],
      'error: --dry-run=server for command reconcile is not supported yet\n',
    ],
    [['config', 'set'], 'error: Unexpected args: []\n'],
    [['run', 'web', '--image=bad image'], 'error: Invalid image name "bad image": invalid reference format\n'],
  ])('%j', async (argv, words) => {
    const { err, code } = await run(argv)
    expect(err).toBe(words)
    expect(code).toBe(1)
  })
})

test.each([
  ['2026-02-30T00:00:00Z', 'parsing time "2026-02-30T00:00:00Z": day out of range'],
  ['2026-11-27', 'parsing time "2026-11-27" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
  ['now', 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
])('%s is no time, for logs and for what an object says of its beginning', async (time, why) => {
  expect((await run(['logs', 'web', `--since-time=${time}`], { server: server({}) })).err).toBe(`error: ${why}\n`)
  const metadata = { name: 'a', creationTimestamp: time }
  expect(decodeProblem({ apiVersion: 'v1', kind: 'ConfigMap', metadata })).toBe(why)
})

it('reads comma-separated values as Go does', () => {
  expect(splitCsv('a,"b,c",d')).toEqual(['a', 'b,c', 'd'])
})
