/** A server that does not answer. */
import { describe, expect, it, test } from 'vitest'
import { NO_SERVER, run, server } from '../testing.ts'

describe('a server that does not answer', () => {
  const files = { 'two.yaml': 'kind: ConfigMap\napiVersion: v1\n---\nkind: Pod\napiVersion: v1\n' }
  const refused = 'dial tcp 127.0.0.1:8080: connect: connection refused'

  test.each([
    [['get', 'po/web'], NO_SERVER(4)],
    [['get', 'po,svc'], NO_SERVER(6)],
    [['logs', 'web'], NO_SERVER(4)],
    [['cordon', 'worker-1'], NO_SERVER(4)],
    [['top', 'pods'], NO_SERVER(0)],
    [['create', 'ns', 'a'], NO_SERVER(0)],
    [
      ['create', 'ingress', 'a', '--rule=a/b=c:80'],
      `error: failed to create ingress: Post "http://localhost:8080/apis/networking.k8s.io/v1/namespaces/default/ingresses?fieldManager=kubectl-create&fieldValidation=Strict": ${refused}\n`,
    ],
    [
      ['create', 'token', 'a'],
      `error: failed to create token: Post "http://localhost:8080/api/v1/namespaces/default/serviceaccounts/a/token": ${refused}\n`,
    ],
    [
      ['apply', '-f', 'two.yaml'],
      `error: error validating "two.yaml": error validating data: failed to download openapi: Get "http://localhost:8080/openapi/v2?timeout=32s": ${refused}; if you choose to ignore these errors, turn validation off with --validate=false\n`,
    ],
    [
      ['api-versions', '--request-timeout', '5s'],
      `${NO_SERVER(1).split('\n')[0]!.replace('32s', '5s')}\nerror: couldn't get available api versions from server: Get "http://localhost:8080/api?timeout=5s": ${refused}\n`,
    ],
  ])('%j', async (argv, words) => {
    expect((await run(argv, { files })).err).toBe(words)
  })

  it('is noticed by what is sent when what it offers is known', async () => {
    const known = await run(['get', 'cm'], {
      server: server({ 'GET /api/v1/namespaces/default/configmaps': { kind: 'Table' } }),
    })
    const create = await run(['create', 'cm', 'a'], { files: known.files })
    expect(create.err).toBe(
      `error: failed to create configmap: Post "http://localhost:8080/api/v1/namespaces/default/configmaps?fieldManager=kubectl-create&fieldValidation=Strict": ${refused}\n`,
    )
    const apply = await run(['apply', '-f', 'cm.yaml'], {
      files: { ...known.files, 'cm.yaml': 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n' },
    })
    expect(apply.err).toContain('error validating "cm.yaml": error validating data: failed to download openapi')
  })
})
