import type { Limits } from '../platform.ts'

/** Code points after the server's clean-up (TDLib, MessageContent.cpp). The same for every channel. */
export const limits: Limits = { text: 4096, images: 1, caption: 1024 }
