/** kubectl set subject: who a role binding is for. */
import { deepEqual } from '../../../api/formats/json.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { subjects } from '../create/roles.ts'
import { refuseAllWithSelector, setEach } from './common.ts'

export async function run(k: Kubectl): Promise<void> {
  let added: Obj[] = []
  await setEach(k, {
    resources: k.args,
    check() {
      refuseAllWithSelector(k)
      added = subjects(k)
      if (!added.length) throw new KubectlError('you must specify at least one value of user, group or serviceaccount')
    },
    done: 'subjects updated',
    template: false,
    refused: 'failed to patch subjects to rolebinding:',
    update(object) {
      if (!/RoleBinding$/.test(object.kind))
        throw new KubectlError('setting subjects is only supported for RoleBinding/ClusterRoleBinding')
      const list: Obj[] = object.subjects ?? []
      for (const s of added) if (!list.some(o => deepEqual(o, s))) list.push(s)
      object.subjects = list
    },
  })
}
