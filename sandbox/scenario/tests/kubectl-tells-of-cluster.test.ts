/** kubectl's commands about the cluster itself, at the learner's prompt. */
import { expect, it } from 'vitest'
import { createSession } from '../create.ts'
import { runScript } from '../run-script.ts'

it('cluster-info names the control plane, version both sides of the connection', async () => {
  const session = await createSession({ seed: 'cluster-info' })
  const { screen } = await runScript(
    session,
    'kubectl cluster-info | cat\nkubectl version\nkubectl api-versions | grep -x v1',
  )
  expect(screen).toMatch(/Kubernetes control plane is running at https:\/\/\S+/)
  expect(screen).toMatch(/Client Version: v1\.33\.\S+\s+Kustomize Version: v\S+\s+Server Version: v1\.36\.\S+/)
  expect(screen).toMatch(/^v1\s*$/m)
})
