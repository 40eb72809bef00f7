/** kubectl certificate: answers to signing requests. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { resultPrinter } from '../print/done.ts'
import { namesOf, visit } from '../resources/resources.ts'

const answer =
  (type: 'Approved' | 'Denied', reason: string, done: string) =>
  async (k: Kubectl): Promise<void> => {
    if (!k.args.length && !k.flags.list('filename').length)
      throw new KubectlError('one or more CSRs must be specified as <name> or -f <filename>')
    const say = await resultPrinter(k)
    await visit(
      k,
      {
        args: namesOf('certificatesigningrequests', k.args),
        filenames: k.flags.list('filename'),
        latest: true,
      },
      async info => {
        const csr: Obj = info.object
        const conditions: Obj[] = csr.status?.conditions ?? []
        const opposite = conditions.find(c => c.type === (type === 'Approved' ? 'Denied' : 'Approved'))
        if (opposite)
          throw new KubectlError(`certificate signing request ${JSON.stringify(info.name)} is already ${opposite.type}`)
        if (!conditions.some(c => c.type === type) || k.flags.bool('force')) {
          const now = `${new Date(k.now()).toISOString().slice(0, 19)}Z`
          const next = {
            ...csr,
            status: {
              ...csr.status,
              conditions: [
                ...conditions,
                {
                  type,
                  status: 'True',
                  reason,
                  message: `This CSR was ${type.toLowerCase()} by kubectl certificate ${type === 'Approved' ? 'approve' : 'deny'}.`,
                  lastUpdateTime: now,
                },
              ],
            },
          }
          await (await k.client()).replace(info.mapping, '', info.name, next, {}, 'approval')
        }
        await say(csr, done)
      },
    )
  }

export const approve = answer('Approved', 'KubectlApprove', 'approved')
export const deny = answer('Denied', 'KubectlDeny', 'denied')
