import type { preview as shape } from '../en/preview.ts'

export const preview: typeof shape = {
  title: 'Aperçu',
  lead: 'Ce qui serait publié sur chaque compte. Rien n’est envoyé, rien n’est gardé.',
  address: 'Adresse d’un article ou d’un flux',
  json: 'Ou un Article en JSON, collé',
  file: 'ou tiré d’un fichier',
  show: 'Voir',
  nothingNamed: 'Donnez une adresse, ou un Article en JSON.',
  busy: 'Un autre aperçu est en cours. Réessayez dans un instant.',
  late: (f) => `Au bout de ${f.seconds} secondes, l’aperçu a été abandonné.`,
  noAccounts: 'Aucun compte n’est encore connu : crieur start tourne-t-il ?',
  unread: (f) =>
    f.count > 1 ? `${f.count} articles n’ont pas pu être lus :` : 'Un article n’a pas pu être lu :',
  leftOut: (f) =>
    f.count > 1
      ? `${f.count} autres articles de ce flux sont laissés de côté.`
      : 'Un autre article de ce flux est laissé de côté.',
  emptyFeed: 'Ce flux ne contient aucun article.',
  part: (f) => `Partie ${f.part} sur ${f.of}`,
  language: (f) => `Langue : ${f.language}`,
  noLanguage: 'Aucune langue',
  visibility: {
    public: 'Public',
    unlisted: 'Non listé : absent des fils publics',
    private: 'Pour les abonnés seulement',
  },
  silent: 'Silencieux : les abonnés n’entendent rien',
  contentWarning: (f) => `Avertissement : ${f.warning}`,
  showMore: 'Déplier',
  card: 'Carte',
  picture: 'Image',
  image: (f) => `Image ${f.number}`,
  alt: 'ALT',
  noAlt: 'Sans description',
  share: 'Partager ailleurs',
  noShare: (f) => `Pas de lien pour ${f.places} : l’adresse de l’article est trop longue.`,
  places: { facebook: 'Facebook', x: 'X', whatsapp: 'WhatsApp', email: 'E-mail' },
}
