/** A user is made as Kubernetes' documentation makes one: a key, a request, an approval, and a kubeconfig with the certificate. */
import { X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { ROOT_CA } from '../../crypto/root-ca.ts'
import { createSession } from '../create.ts'

async function shell() {
  const session = await createSession({
    seed: 'certificates',
    lesson: { id: '01-x/01-y', manifests: {}, files: {}, settleMs: 5_000, exercises: [] },
  })
  const terminal = session.openTerminal({ columns: 250, rows: 40 })
  let screen = ''
  session.onOutput((_, data) => (screen += data))
  return async (line: string): Promise<string> => {
    screen = ''
    await session.dispatch({ type: 'command', terminal, line })
    await session.advance(2_000)
    return screen.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '')
  }
}

const request = (name: string, subject: string, more: string): string =>
  `openssl req -new -key jane.key -subj "${subject}" -out ${name}.csr && cat > ${name}.yaml <<EOF
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: ${name}}
spec: {request: $(base64 ${name}.csr | tr -d '\\n'), ${more}}
EOF
kubectl apply -f ${name}.yaml`

const CLIENT = 'signerName: kubernetes.io/kube-apiserver-client, expirationSeconds: 86400, usages: [client auth]'

it('a user with a certificate of the cluster is known by its name and groups, and may do what roles say', async () => {
  const run = await shell()
  await run('openssl genrsa -out jane.key 1024')
  expect(await run(request('jane', '/CN=jane/O=dev/O=qa', CLIENT))).toContain('jane created')
  expect(await run('kubectl get csr')).toMatch(/jane +\S+ +kubernetes.io\/kube-apiserver-client +\S+ +24h +Pending/)
  expect(await run('kubectl certificate approve jane')).toContain('jane approved')
  expect(await run('kubectl get csr')).toContain('Approved,Issued')
  await run("kubectl get csr jane -o jsonpath='{.status.certificate}' | base64 -d > jane.crt")
  await run("kubectl get cm kube-root-ca.crt -o jsonpath='{.data.ca\\.crt}' > ca.crt")
  expect(await run('openssl verify -CAfile ca.crt jane.crt')).toContain('jane.crt: OK')
  const text = await run('openssl x509 -in jane.crt -noout -text')
  expect(text).toContain('Subject: O = qa + O = dev, CN = jane')
  expect(text).toContain('X509v3 Extended Key Usage: \n                TLS Web Client Authentication\n')
  const real = new X509Certificate((await run('cat jane.crt')).slice((await run('cat jane.crt')).indexOf('-----BEGIN')))
  expect(real.verify(new X509Certificate(ROOT_CA).publicKey)).toBe(true)
  expect(new Date(real.validTo).getTime() - new Date(real.validFrom).getTime()).toBe(86_400_000)

  await run(
    'kubectl config set-credentials jane --client-key=jane.key --client-certificate=jane.crt --embed-certs=true',
  )
  await run('kubectl config set-context jane --cluster=podlab --user=jane')
  const who = await run('kubectl --context jane auth whoami')
  expect(who).toMatch(/Username +jane\n/)
  expect(who).toMatch(/Groups +\[qa dev system:authenticated\]\n/)
  expect(who).toMatch(/Extra: authentication.kubernetes.io\/credential-id +\[X509SHA256=[\da-f]{64}\]\n/)
  expect(await run('kubectl --context jane get pods')).toContain(
    'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
  )
  await run('kubectl create rolebinding dev --clusterrole=view --group=dev')
  expect(await run('kubectl --context jane get pods')).toContain('No resources found in default namespace.')
})

it('certificates that do not belong to their key, or that the cluster has not signed, open nothing', async () => {
  const run = await shell()
  await run('openssl genrsa -out jane.key 1024; openssl genrsa -out bob.key 1024')
  await run('openssl req -x509 -key jane.key -subj /CN=jane -out self.crt')
  const get = (how: string): Promise<string> =>
    run(
      `kubectl config unset users.u >/dev/null; kubectl config set-credentials u ${how} >/dev/null; kubectl --user u get pods`,
    )
  expect(await get('--client-certificate=self.crt --client-key=jane.key')).toContain(
    'error: You must be logged in to the server (Unauthorized)',
  )
  expect(await get('--client-certificate=self.crt --client-key=bob.key')).toContain(
    'Unable to connect to the server: tls: private key does not match public key',
  )
  expect(await get('--client-certificate=jane.key --client-key=jane.key')).toContain(
    'PEM inputs may have been switched',
  )
})

it('a request that its signer does not allow fails, and nobody becomes an administrator', async () => {
  const run = await shell()
  await run('openssl genrsa -out jane.key 1024')
  expect(await run(request('root', '/CN=jane/O=system:masters', CLIENT))).toContain(
    'certificatesigningrequests.certificates.k8s.io "root" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
  )
  await run(request('server', '/CN=jane', CLIENT.replace('client auth', 'client auth, server auth')))
  await run(request('other', '/CN=jane', CLIENT.replace('kubernetes.io/kube-apiserver-client', 'example.com/x')))
  await run('kubectl certificate approve server other')
  const all = await run('kubectl get csr')
  expect(all).toMatch(/other .*Approved\n/)
  expect(all).toMatch(/server .*Approved,Failed\n/)
  expect(await run(`kubectl get csr server -o jsonpath='{.status.conditions[1].message}'`)).toContain(
    'invalid usage for client certificate: server auth',
  )
})

it("a node's request to be a client is approved when who asks may bring nodes, and one to serve with is left to people", async () => {
  const run = await shell()
  await run('openssl genrsa -out jane.key 1024')
  const usages = (side: string): string => `usages: [digital signature, key encipherment, ${side} auth]`
  const client = `signerName: kubernetes.io/kube-apiserver-client-kubelet, ${usages('client')}`
  const serving = `signerName: kubernetes.io/kubelet-serving, ${usages('server')}`
  const asNode = (line: string, user: string, group: string): Promise<string> =>
    run(line.replace('kubectl apply', `kubectl --as ${user} --as-group ${group} create`))
  const subject = '/O=system:nodes/CN=system:node:w1'
  const conditions = (name: string): Promise<string> =>
    run(`kubectl get csr ${name} -o jsonpath='{range .status.conditions[*]}{.type}: {.reason}: {.message}{"\\n"}{end}'`)

  await run('kubectl create clusterrolebinding csr --clusterrole=system:node-bootstrapper --group=bootstrappers')
  await asNode(request('first', subject, client), 'joe', 'bootstrappers')
  expect(await conditions('first')).not.toContain('Approved')
  await run(
    'kubectl create clusterrolebinding new --group=bootstrappers --clusterrole=system:certificates.k8s.io:certificatesigningrequests:nodeclient',
  )
  await run(
    'kubectl create clusterrolebinding again --group=system:nodes --clusterrole=system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
  )
  await asNode(request('second', subject, client), 'joe', 'bootstrappers')
  expect(await conditions('second')).toContain(
    'Approved: AutoApproved: Auto approving kubelet client certificate after SubjectAccessReview.',
  )
  expect(await run('kubectl get csr second')).toContain('Approved,Issued')
  await asNode(request('third', subject, client), 'system:node:w1', 'system:nodes')
  expect(await conditions('third')).toContain('Auto approving self kubelet client certificate')
  await asNode(
    request('serving', `${subject}" -addext "subjectAltName=DNS:w1`, serving),
    'system:node:w1',
    'system:nodes',
  )
  expect(await run('kubectl get csr')).toMatch(/serving .*Pending\n/)
})
