/** Controllers of what stands behind Services, loaded together: each Service has both forms of it. */
export { endpointsController } from '../endpoints/endpoints.ts'
export { endpointSliceController } from '../endpoints/endpointslice.ts'
export { endpointSliceMirroringController } from '../endpoints/mirroring.ts'
