import type { Words } from './words.ts'

const expected = {
  address: 'une adresse web qui commence par https:// ou http://',
  text: 'un texte',
  list: 'une liste de textes',
  date: 'un moment en ISO 8601, comme 2026-02-04T09:12:00+01:00',
  language: 'un code de langue, comme fr ou en-GB',
  object: 'un objet',
  short: 'plus court',
}

/** Every sentence people read, in French. Shaped by `en.ts`; no-break spaces before ; : ! ? » and after «. */
export const fr: Words = {
  problems: {
    'store-no-binaries': (f) =>
      `Il n’y a pas de base intégrée pour cette machine (${f.platform}). Indiquez dans DATABASE_URL un Postgres 14 ou plus récent.`,
    'store-other-version': (f) =>
      `La base dans ${f.folder} vient de Postgres ${f.found} ; ce Crieur apporte ${f.wanted}. Revenez au Crieur qui l’a faite, ou indiquez DATABASE_URL.`,
    'store-folder': (f) =>
      `Le dossier ${f.folder} est inutilisable (${f.code}). Donnez-y le droit d’écrire, ou indiquez-en un autre dans DATA_DIR.`,
    'store-initdb-failed': (f) =>
      `La base dans ${f.folder} n’a pas pu être créée : ${f.said}. Vérifiez la place libre et les droits de ce dossier, ou indiquez DATA_DIR.`,
    'store-start-failed': (f) =>
      `La base dans ${f.folder} ne démarre pas : ${f.log || 'sans raison donnée'}. Voyez postgres.log à cet endroit, ou indiquez DATABASE_URL.`,
    'store-root': () =>
      'Postgres refuse de tourner en root, et cette machine n’offre aucun détour. Lancez Crieur avec un utilisateur ordinaire, ou indiquez DATABASE_URL.',
    'store-unreachable': (f) =>
      `La base de DATABASE_URL est injoignable : ${f.reason}. Vérifiez qu’elle tourne et que l’adresse, l’utilisateur et le mot de passe sont justes.`,
    'store-newer': () =>
      'Ce registre a été écrit par un Crieur plus récent. Mettez celui-ci à jour, puis recommencez.',
    'queue-unreachable': (f) =>
      `Le Redis de REDIS_URL est injoignable : ${f.reason}. Vérifiez qu’il tourne et que l’adresse est juste, ou retirez REDIS_URL.`,
    'address-invalid': (f) =>
      `« ${f.address} » n’est pas une adresse web. Donnez-en une qui commence par https:// ou http://.`,
    'address-private': (f) =>
      `${f.address} mène dans un réseau privé et n’est pas lue. Si c’est votre propre site, mettez ALLOW_PRIVATE_SOURCES=true.`,
    'host-unknown': (f) =>
      `${f.host} n’existe pas sur le réseau. Vérifiez l’orthographe et la connexion de cette machine.`,
    'connection-refused': (f) =>
      `${f.host} n’accepte pas de connexion. Réessayez quand le site sera revenu.`,
    'connection-lost': (f) =>
      `La connexion s’est rompue pendant la lecture de ${f.address}. Réessayez.`,
    certificate: (f) =>
      `Le certificat de ${f.host} n’est pas valable (${f.code}). Le site doit le renouveler.`,
    'timed-out': (f) =>
      `${f.address} n’a pas répondu en ${f.seconds} secondes. Réessayez plus tard.`,
    'too-large': (f) => `${f.address} dépasse ${f.megabytes} Mo : lecture abandonnée.`,
    'too-many-redirects': (f) =>
      `${f.address} redirige plus de ${f.redirects} fois. Donnez l’adresse où elle doit mener.`,
    'http-status': (f) =>
      `${f.address} a répondu ${f.status}. Ouvrez-la dans un navigateur pour voir pourquoi.`,
    'article-not-found': (f) =>
      `Il n’y a pas d’article à l’adresse ${f.address}. Vérifiez l’adresse.`,
    'not-an-article': (f) =>
      `${f.address} n’est pas un article (un accueil, une liste, un brouillon ou un fichier). Donnez l’adresse d’un article.`,
    'article-protected': (f) =>
      `L’article ${f.address} est protégé par un mot de passe : il n’est pas annoncé.`,
    'json-invalid': (f) => `Ce n’est pas du JSON valable : ${f.wrong}`,
    'field-missing': (f) => `Il manque ${f.field}.`,
    'field-unknown': (f) => `${f.field} n’est pas un champ d’un article. Vérifiez l’orthographe.`,
    'field-invalid': (f) => `${f.field} doit être ${expected[f.expected]}.`,
    'feed-is-html': (f) =>
      f.feed
        ? `${f.address} est une page, pas un flux. Son flux est ${f.feed} : prenez cette adresse.`
        : `${f.address} est une page, pas un flux, et n’en indique aucun. Cherchez son lien RSS.`,
    'feed-broken': (f) =>
      `${f.address} n’est pas un flux lisible : ${f.wrong}. Ouvrez-le dans un validateur de flux.`,
    'picture-unreadable': (f) =>
      `${f.address} n’est pas une image lisible (JPEG, PNG, WebP, AVIF ou GIF).`,
    'picture-too-large': (f) =>
      `L’image ${f.address} a plus de ${f.megapixels} millions de pixels.`,
    'setting-invalid': (f) => `${f.setting} (${f.where}) : ${f.wrong}. Exemple : ${f.example}`,
  },
}
