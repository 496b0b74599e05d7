/** The most a picture may be: bytes of the file, pixels of its sides. */
export interface Cap {
  bytes: number
  width: number
  height: number
  /** Most of width and height together. */
  sum?: number
  /** Longest side by shortest. */
  ratio?: number
}

/** Sides in pixels. */
export interface Size {
  width: number
  height: number
}

/** The size of a picture that fits its cap, in its own shape and never enlarged; null where its shape is not allowed. */
export function sizeWithin({ width, height }: Size, cap: Cap): Size | null {
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (ratio > (cap.ratio ?? Infinity)) return null
  const scale = Math.min(
    1,
    cap.width / width,
    cap.height / height,
    (cap.sum ?? Infinity) / (width + height),
  )
  // The longer side down, the shorter up: never longer than the cap allows.
  const long = Math.max(1, Math.floor(Math.max(width, height) * scale + 1e-6))
  const short = Math.min(long, Math.ceil(Math.min(width, height) * scale - 1e-6))
  return width < height ? { width: short, height: long } : { width: long, height: short }
}
