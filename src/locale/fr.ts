import type { Words } from './words.ts'

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
    'setting-invalid': (f) =>
      `${f.setting} (${f.where}) : ${f.wrong}. Exemple : ${f.example}`,
  },
}
