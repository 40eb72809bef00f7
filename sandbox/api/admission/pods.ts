/** What plugins that look at Pods share. */
import type { AdmissionRequest } from './admission.ts'

/** A Pod itself, not one of its subresources. */
export const isPodItself = ({ kind, subresource }: AdmissionRequest): boolean =>
  kind.plural === 'pods' && kind.group === '' && subresource === ''
