/** All images that the registries of the simulation have. */
import { busybox } from './busybox.ts'
import { alpine, debian, ubuntu } from './distributions.ts'
import type { Image } from './image.ts'
import { nginxImage } from './nginx.ts'
import { pause } from './pause.ts'
import { redis } from './redis.ts'

export const IMAGES: readonly Image[] = [busybox, alpine, debian, ubuntu, nginxImage, pause, redis]
