import { type Illustration, MORE, type SiteArticle, type Term } from './article.ts'
import { figureInText } from './content.ts'

const uncategorized: Term = { id: 1, name: 'Uncategorized', slug: 'uncategorized' }
const gardens: Term = { id: 5, name: 'Jardins', slug: 'jardins' }
const kitchen: Term = { id: 6, name: 'Cuisine', slug: 'cuisine' }
const rivers: Term = { id: 7, name: 'Au fil de l’eau', slug: 'au-fil-de-leau' }
const street: Term = { id: 8, name: 'Chronique d’une rue', slug: 'chronique-dune-rue' }
const party: Term = { id: 9, name: 'Fêtes &amp; loisirs', slug: 'fetes-loisirs' }

const size = { width: 1200, height: 675 }
const evening: Illustration = {
  file: 'nuit.jpg',
  alt: 'Les toits de la rue des Tanneurs, le soir du quatrième vote',
  ...size,
}
const quay: Illustration = {
  file: 'ecluse.jpg',
  alt: 'Une péniche devant la place où le banc sera posé',
  ...size,
}

/** What makes an announcer stumble, one article each, newest first. */
export const oddities: SiteArticle[] = [
  {
    id: 23,
    slug: 'حديقة-على-ضفة-النهر',
    title: 'حديقة على ضفة النهر: كتب وأشجار',
    publishedAt: '2026-02-09T09:00:00Z',
    category: gardens,
    tags: [{ id: 20, name: 'حديقة', slug: 'حديقة' }],
    body: [
      'في مدينتنا الصغيرة حديقة جميلة على ضفة النهر. يلعب فيها الأطفال كل صباح، ويقرأ الكبار كتبهم تحت الأشجار القديمة.',
      'فتحت الحديقة أبوابها قبل ستين سنة، واليوم يزرع فيها الجيران الورد والنعناع معا.',
    ],
  },
  {
    id: 20,
    slug: 'le-pain-de-la-semaine',
    title: 'Le pain de la semaine',
    publishedAt: '2026-02-08T09:00:00Z',
    category: kitchen,
    tags: [{ id: 21, name: 'levain', slug: 'levain' }],
    excerpt:
      'Trois gestes et une nuit de patience : la recette à imprimer depuis https://recettes.example/pain?format=a4&amp;pages=2 avant de commencer.',
    body: [
      'On mélange le soir, on plie au réveil, on enfourne à midi. Entre-temps, la pâte travaille seule.',
    ],
  },
  {
    id: 17,
    slug: 'en-images-la-crue-vue-du-clocher',
    title: 'En images : la crue vue du clocher',
    publishedAt: '2026-02-07T09:00:00Z',
    category: rivers,
    tags: [],
    body: [],
  },
  {
    id: 14,
    slug: '🎪-la-kermesse-en-signes-fanions-et-cafe',
    title: '👨‍👩‍👧‍👦 La kermesse en signes : fanions 🇧🇪🇨🇭🇫🇷🏴󠁧󠁢󠁳󠁣󠁴󠁿 et cafe&#769; à volonté 👍🏽',
    publishedAt: '2026-02-06T09:00:00Z',
    category: party,
    tags: [
      { id: 22, name: '1789', slug: '1789' },
      { id: 23, name: 'C#', slug: 'c-diese' },
      { id: 24, name: 'Été 2026', slug: 'ete-2026' },
      { id: 25, name: '京都', slug: '京都' },
    ],
    body: [
      'Notre stagiaire a rédigé le programme en signes : 👩🏽‍🍳 à midi, 🧑‍🚀 à trois heures, 🏳️‍🌈 toute la journée.',
      'Il a aussi gardé les siens : plan_de_la_fete.pdf, **gras**, _penché_, `code`, ~barré~, [ici](là), # un, et 1 &lt; 2 &amp;&amp; 3 &gt; 2.',
    ],
  },
  {
    id: 11,
    slug: 'ou-lon-apprend-comment-apres-trois-reunions-deux-orages-une-panne-de-fourgon-la-visite-imprevue-dun-troupeau-doies',
    title:
      'Où l’on apprend comment, après trois réunions, deux orages, une panne de fourgon, la visite imprévue d’un troupeau d’oies et un vote à main levée recommencé quatre fois parce que personne ne comptait de la même façon, les habitants de la rue des Tanneurs ont fini par choisir la couleur du banc qu’ils réclamaient depuis si longtemps, en bas de l’escalier, face à la rivière, là où le soleil se couche tard l’été et où les histoires, dit-on, se racontent mieux qu’ailleurs',
    publishedAt: '2026-02-05T07:00:00Z',
    category: street,
    tags: [],
    body: [
      'Le banc sera bleu. Pas un bleu de mer, trop loin d’ici, ni un bleu de travail, trop près du lundi, mais celui des volets de la maison d’angle, que tout le monde connaît et que personne n’avait jamais songé à nommer.',
      figureInText(quay, 12),
      'La décision a pris un an. On a d’abord voulu du vert, comme partout ; puis du rouge, contre le vert ; puis rien du tout, par fatigue. Les oies, arrivées au milieu de la troisième réunion, ont eu le mérite de faire rire les deux camps.',
      figureInText(evening, 13),
      'Le menuisier de la rue livrera le banc au printemps. Il a prévu une planche de plus que sur le dessin, pour les jours où l’on est cinq.',
    ],
  },
  {
    id: 8,
    slug: 'les-petites-crues-les-grands-hivers-4-questions',
    title: 'Les « petites » crues &amp; les grands hivers : 4 questions',
    publishedAt: '2026-02-04T17:00:00Z',
    category: rivers,
    image: { file: 'ecluse.jpg', alt: '', ...size },
    tags: [
      { id: 26, name: 'Météo', slug: 'meteo' },
      { id: 27, name: 'crue d’hiver', slug: 'crue-dhiver' },
      { id: 28, name: 'eau+ville', slug: 'eauville' },
    ],
    body: [
      'Faut-il craindre une rivière qui monte ? Rarement… mais toujours un peu. Voici quatre réponses, &lt;bottes aux pieds&gt;.',
      MORE,
      '<h2>D’où vient l’eau ?</h2>',
      'Des collines, surtout : la neige fond d’un coup, et la Lirelle reçoit en trois jours ce qu’elle attend d’ordinaire en trois semaines.',
    ],
  },
  {
    id: 1,
    slug: 'hello-riverside',
    title: 'Hello, riverside!',
    publishedAt: '2026-02-02T09:14:11Z',
    category: uncategorized,
    tags: [],
    body: [
      'This is the first page of our new site. The editors are still unpacking their boxes; a real article will follow soon.',
    ],
  },
]
