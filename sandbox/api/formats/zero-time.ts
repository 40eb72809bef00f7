/** The zero of metav1.Time, for times that nobody knows. */

/** Written as null, which the published types, being of what clients send, do not have. */
export const ZERO_TIME = null as unknown as string
