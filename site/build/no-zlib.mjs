/** Stands in for node:zlib in the browser: compressed files are not part of the simulated machines. */
const absent = () => {
  throw new Error('zlib is not available in the sandbox')
}
export const gunzipSync = absent
export const gzipSync = absent
export const inflateSync = absent
export const deflateSync = absent
export const constants = {}
export default { gunzipSync, gzipSync, inflateSync, deflateSync, constants }
