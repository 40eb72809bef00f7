/** The SCORM 1.2 run-time of the LMS: an object named API in a window around ours, or around the one that opened ours. */

/** As SCORM has it: everything is a string. */
export interface ScormApi {
  LMSInitialize(nothing: ''): string | boolean
  LMSFinish(nothing: ''): string | boolean
  LMSGetValue(element: string): string
  LMSSetValue(element: string, value: string): string | boolean
  LMSCommit(nothing: ''): string | boolean
  LMSGetLastError(): string | number
  LMSGetErrorString(code: string): string
}

interface Frame {
  readonly parent: unknown
  readonly opener: unknown
}

/** Frames in frames; a ring of them would have no end. */
const DEEPEST = 100

function around(start: Frame): ScormApi | undefined {
  let frame = start
  for (let i = 0; i < DEEPEST; i++) {
    try {
      const { API } = frame as { API?: ScormApi }
      if (API) return API
    } catch {
      // A frame of another host: whoever is further out may still be of ours.
    }
    if (frame.parent === frame || !frame.parent) return undefined
    frame = frame.parent as Frame
  }
  return undefined
}

export function findApi(own: Frame): ScormApi | undefined {
  const found = around(own)
  if (found) return found
  for (const frame of [own, own.parent as Frame]) {
    try {
      const opened = frame.opener ? around(frame.opener as Frame) : undefined
      if (opened) return opened
    } catch {
      // The same.
    }
  }
  return undefined
}
