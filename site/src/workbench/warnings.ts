/** Which of the cluster's events are worth a reader's attention. */

/** A kubelet says so each time it starts, and it means nothing: the disk of its images has not been measured yet. */
const OF_EVERY_START = 'InvalidDiskCapacity'

interface Told {
  type?: string | undefined
  reason?: string | undefined
}

export const isWarning = ({ type, reason }: Told): boolean => type === 'Warning' && reason !== OF_EVERY_START
