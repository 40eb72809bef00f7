/** What a variable takes from the resources of its container, as kubectl works it out without the kubelet. */
import { quantityMilliValue, quantityValue } from '../../api/resources/quantity.ts'
import { KubectlError } from '../errors.ts'
import type { Obj } from '../objects.ts'

/**
 * @param ref a resourceFieldRef; of which container it speaks is passed over, as by the real kubectl
 * @returns the amount in units of the divisor, rounded up; 0 where none is given
 * @throws KubectlError for what is no resource of a container
 */
export function resourceOf({ resources }: Obj, { resource = '', divisor }: Obj): string {
  const [, list, name] = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/.exec(resource) ?? []
  if (!list || !name) throw new KubectlError(`Unsupported container resource : ${resource}`)
  const amount = resources?.[list]?.[name] ?? '0'
  const unit = divisor && quantityMilliValue(divisor) !== 0 ? divisor : '1'
  const value = name === 'cpu' ? quantityMilliValue : quantityValue
  return String(Math.ceil(value(amount) / value(unit)))
}
