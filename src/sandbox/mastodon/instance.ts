import { LINK_COST } from './count.ts'
import { LARGEST } from './file.ts'

/** `GET /api/v2/instance` of a Mastodon 4.5 (M4.5 instance serializers). */
export function instanceInfo(origin: string, maxCharacters: number) {
  const { host } = new URL(origin)
  return {
    domain: host,
    title: 'Crieur sandbox',
    version: '4.5.3',
    source_url: origin,
    description: 'A stand-in for a Mastodon server, on this machine only.',
    usage: { users: { active_month: 1 } },
    thumbnail: { url: `${origin}/packs/preview.png` },
    icon: [],
    languages: ['fr'],
    configuration: {
      urls: { streaming: origin.replace('http', 'ws'), status: null, about: `${origin}/about` },
      vapid: { public_key: '' },
      accounts: { max_featured_tags: 10, max_pinned_statuses: 5 },
      statuses: {
        max_characters: maxCharacters,
        max_media_attachments: 4,
        characters_reserved_per_url: LINK_COST,
      },
      media_attachments: {
        description_limit: LARGEST.description,
        image_matrix_limit: LARGEST.pixels,
        image_size_limit: LARGEST.bytes,
        supported_mime_types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'],
        video_frame_rate_limit: 120,
        video_matrix_limit: 8_294_400,
        video_size_limit: 103_809_024,
      },
      polls: {
        max_options: 4,
        max_characters_per_option: 50,
        min_expiration: 300,
        max_expiration: 2_629_746,
      },
      translation: { enabled: false },
    },
    registrations: { enabled: false, approval_required: false, message: null, url: null },
    api_versions: { mastodon: 7 },
    contact: { email: '', account: null },
    rules: [],
  }
}
