import type { Illustration, SiteArticle, Term } from './article.ts'

const town: Term = { id: 2, name: 'Vie de la cité', slug: 'vie-de-la-cite' }
const heritage: Term = { id: 3, name: 'Patrimoine', slug: 'patrimoine' }
const sciences: Term = { id: 4, name: 'Sciences', slug: 'sciences' }

const tags = {
  canal: { id: 10, name: 'canal', slug: 'canal' },
  rivers: { id: 11, name: 'rivières', slug: 'rivieres' },
  crafts: { id: 12, name: 'savoir-faire', slug: 'savoir-faire' },
  printing: { id: 13, name: 'imprimerie', slug: 'imprimerie' },
  astronomy: { id: 14, name: 'astronomie', slug: 'astronomie' },
  school: { id: 15, name: 'lycée', slug: 'lycee' },
  birds: { id: 16, name: 'oiseaux', slug: 'oiseaux' },
} satisfies Record<string, Term>

const size = { width: 1200, height: 675 }
const lock: Illustration = {
  file: 'ecluse.jpg',
  alt: 'Une péniche chargée de tuiles devant les portes d’une écluse bordée de peupliers',
  ...size,
}
const press: Illustration = {
  file: 'presse.jpg',
  alt: 'Une presse à bras en fonte dans un atelier, des affiches fraîches suspendues au mur',
  ...size,
}
const night: Illustration = {
  file: 'nuit.jpg',
  alt: 'Le clocher et les toits d’une petite ville éteinte sous un ciel plein d’étoiles',
  ...size,
}

/** What the sample site shows first, newest first: three to announce, and a protected one between them. */
export const stories: SiteArticle[] = [
  {
    id: 35,
    slug: 'a-limprimerie-du-quai-la-vieille-presse-a-bras-tourne-de-nouveau',
    title: 'À l’imprimerie du quai, la vieille presse à bras tourne de nouveau',
    publishedAt: '2026-02-13T07:30:00Z',
    category: heritage,
    tags: [tags.printing, tags.crafts],
    image: press,
    body: [
      'Elle dormait sous une bâche depuis cinquante ans. La presse à bras de l’imprimerie du quai, un monstre de fonte de neuf cents kilos, a tiré jeudi sa première affiche devant une trentaine de curieux, tous repartis avec un peu d’encre sur les doigts.',
      'Remettre la machine en état a demandé deux hivers. Il a fallu refondre un ressort, retrouver un cuir assez souple pour les rouleaux et surtout comprendre, d’après l’usure des pièces, dans quel ordre travaillaient les ouvriers.',
      '« Une presse, c’est une horloge qui ne donne pas l’heure : tout y est affaire de rythme », résume une bénévole, typographe de métier.',
      '<h2>Un atelier ouvert le samedi</h2>',
      'À partir du mois prochain, chacun pourra composer son nom lettre par lettre et l’imprimer sur un beau papier. L’atelier accueille huit personnes à la fois ; les enfants sont les bienvenus, à condition d’aimer attendre que l’encre sèche.',
    ],
  },
  {
    id: 32,
    slug: 'le-plan-du-prochain-numero',
    title: 'Le plan du prochain numéro',
    publishedAt: '2026-02-12T09:00:00Z',
    category: town,
    tags: [],
    protected: true,
    body: ['Ce brouillon réservé aux correspondants ne doit paraître nulle part.'],
  },
  {
    id: 29,
    slug: 'le-canal-de-la-lirelle-rouvre-apres-quarante-ans-de-silence-et-retrouve-ses-bateliers',
    title: 'Le canal de la Lirelle rouvre après quarante ans de silence et retrouve ses bateliers',
    publishedAt: '2026-02-11T08:12:00Z',
    category: heritage,
    tags: [tags.canal, tags.rivers, tags.crafts],
    image: lock,
    body: [
      '<em>C’est souvent de loin que l’on voit le mieux sa propre maison. Cet article a paru chez nos voisins d’aval, dans une revue qui parle d’eau comme d’autres parlent de cuisine : sans façon, avec des chiffres exacts et le goût du détail. Nous l’avons traduit parce que l’écluse dont il est question est la nôtre, et parce qu’on y trouve une idée simple : une voie d’eau ne s’entretient pas une fois pour toutes, elle se fréquente. Que les lecteurs pressés aillent tout droit au septième paragraphe, où l’on explique comment une porte de quatre tonnes s’ouvre avec deux doigts (note et traduction de la rédaction).</em>',
      'Samedi matin, un peu avant neuf heures, une péniche chargée de tuiles a franchi l’écluse de Belle-Écluse, et toute la ville s’est trouvée sur le quai pour la voir passer. Il y avait quarante ans que personne n’avait entendu le bruit des chaînes, le grincement du cabestan et l’eau qui se rue dans le sas.',
      'Le canal de la Lirelle, long de trente-huit kilomètres, relie deux vallées que tout sépare : au nord les prairies humides, au sud les carrières d’ardoise. Il fut creusé à la pelle en onze hivers, parce que l’été les ouvriers rentraient faire la moisson.',
      'Sa fermeture n’a pas fait de bruit. Une berge s’était affaissée, les camions allaient plus vite, et l’on remit la réparation à l’année suivante, puis à la suivante encore. Les roseaux ont fait le reste : en dix ans, le chenal était devenu un jardin.',
      'C’est d’ailleurs par les jardins que tout a recommencé. Une association de riverains, venue compter les libellules, a remarqué que l’eau circulait toujours sous la végétation, et que les maçonneries, à l’abri de l’air, étaient presque intactes.',
      '« Nous pensions trouver une ruine, nous avons trouvé une machine endormie », raconte l’éclusière, qui tient le registre des passages dans le même cahier que ses prédécesseurs.',
      'Les travaux ont duré trois ans. Il a fallu retirer neuf mille mètres cubes de vase, qui nourrissent aujourd’hui les champs voisins, retailler cent vingt pierres et remplacer les vantaux de chêne, dont les plus anciens portaient encore la marque du charpentier.',
      'Le mécanisme, lui, n’a pas changé. Les deux vantaux ferment en pointe vers l’amont, si bien que l’eau les serre l’un contre l’autre ; quand les niveaux s’égalisent, la pression disparaît et une porte de quatre tonnes se pousse avec deux doigts.',
      'Les ingénieurs ont toutefois ajouté des sondes qui mesurent le débit toutes les dix minutes. En période sèche, l’écluse attend que trois bateaux se présentent avant de s’ouvrir, ce qui économise à chaque fois l’équivalent de deux cents baignoires.',
      'Une passe à poissons longe désormais le sas. Au printemps dernier, une caméra y a filmé les premières anguilles, ainsi qu’une loutre qui, semble-t-il, a pris l’ouvrage pour un toboggan.',
      'Reste à retrouver des bateliers. Une école ouvrira à l’automne dans l’ancienne maison du péage ; douze élèves y apprendront à manœuvrer, à lire les eaux et à faire un nœud qui tient sans serrer. Toutes les places sont déjà prises.',
      '(Extrait de L’Almanach des rivières)',
    ],
  },
  {
    id: 26,
    slug: 'une-nuit-sans-lampadaires-pour-recompter-les-etoiles',
    title: 'Une nuit sans lampadaires pour recompter les étoiles',
    publishedAt: '2026-02-10T17:45:00Z',
    category: sciences,
    tags: [tags.astronomy, tags.school, tags.birds],
    image: night,
    body: [
      'Samedi, entre vingt-deux heures et l’aube, la ville éteindra ses lampadaires. L’expérience n’a rien d’une panne : les élèves du lycée veulent savoir combien d’étoiles on voit encore depuis la place du marché, et comparer ce nombre à celui que leurs aînés avaient noté il y a trente ans.',
      'La méthode est simple. Chacun regarde le même carré de ciel à travers un cadre de carton, compte pendant une minute, recommence cinq fois et garde la valeur du milieu. Plus les observateurs sont nombreux, moins les erreurs pèsent.',
      'Les oiseaux de nuit, eux, n’ont pas été prévenus. Deux naturalistes tiendront le registre des chouettes, car l’obscurité retrouvée pourrait bien les faire changer de quartier.',
      'Les résultats seront affichés dans le hall de la mairie avec une carte du ciel et un mode d’emploi, afin que d’autres villes puissent recompter à leur tour.',
    ],
  },
]
