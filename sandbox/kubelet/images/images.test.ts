/** Pulling images: what the registry says, and back-off. */
import { describe, expect, it } from 'vitest'
import { RuntimeError } from '../../runtime/cri.ts'
import { testNode } from '../testing.ts'

describe('images', () => {
  it('says what the registry says, and backs off', async () => {
    const node = testNode()
    node.runtime.registry = () => new RuntimeError('NotFound', 'nginx:9.99: not found')
    node.run('web', { containers: [{ image: 'nginx:9.99' }] })
    await node.pass(3)
    expect(node.state('web').state?.waiting).toEqual({
      reason: 'ErrImagePull',
      message: 'rpc error: code = NotFound desc = nginx:9.99: not found',
    })
    await node.pass(20)
    expect(node.state('web').state?.waiting?.reason).toBe('ImagePullBackOff')
    expect(node.state('web').state?.waiting?.message).toBe(
      'Back-off pulling image "nginx:9.99": ErrImagePull: rpc error: code = NotFound desc = nginx:9.99: not found',
    )
  })

  it('refuses a name that is none', async () => {
    const node = testNode()
    node.run('web', { containers: [{ image: 'Nginx:1.27' }] })
    await node.pass(3)
    expect(node.state('web').state?.waiting).toEqual({
      reason: 'InvalidImageName',
      message:
        'Failed to apply default image tag "Nginx:1.27": couldn\'t parse image name "Nginx:1.27": invalid reference format: repository name (library/Nginx) must be lowercase',
    })
  })
})
