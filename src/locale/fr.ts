import { page } from './fr/page.ts'
import { preview } from './fr/preview.ts'
import { bot } from './fr/bot.ts'
import { httpProblems } from './fr/http.ts'
import { decisions, notices } from './fr/newsroom.ts'
import type { Words } from './words.ts'

const expected = {
  address: 'une adresse web qui commence par https:// ou http://',
  text: 'un texte',
  list: 'une liste de textes',
  date: 'un moment en ISO 8601, comme 2026-02-04T09:12:00+01:00',
  language: 'un code de langue, comme fr ou en-GB',
  object: 'un objet',
  short: 'plus court',
  number: 'un nombre entier',
  truth: 'true ou false',
  event: 'publish, update ou trash',
  'article-id': 'l’identifiant d’un article, comme a12',
}

const settings: Words['settings'] = {
  DATABASE_URL:
    'doit être l’adresse d’un serveur Postgres ; les signes spéciaux du mot de passe s’écrivent comme %40 pour @',
  REDIS_URL:
    'doit être l’adresse d’un serveur Redis ; les signes spéciaux du mot de passe s’écrivent comme %40 pour @',
  DATA_DIR: 'doit être un dossier',
  HOST: 'doit être une adresse ou un nom de cette machine, sans http:// et sans port',
  PORT: 'doit être un nombre de 0 à 65535 (0 : n’importe quel port libre)',
  PUBLIC_URL: 'doit être l’adresse où l’on joint Crieur, qui commence par https:// ou http://',
  FEEDS:
    'doit être une ou plusieurs adresses de flux qui commencent par https:// ou http://, séparées par des virgules',
  FEED_INTERVAL: 'doit être une durée de 10s à 7d : un nombre, puis s, m, h ou d',
  LOCALE: 'doit être fr ou en',
  TZ: 'doit être le nom d’un fuseau horaire',
  LOG_LEVEL: 'doit être debug, info, warn ou error',
  ALLOW_PRIVATE_SOURCES: 'doit être true ou false',
  API_TOKEN: 'doit être un mot de 8 caractères ou plus, sans espaces',
  WEBHOOK_SECRET:
    'doit être whsec_ suivi de 16 à 128 octets en base64 ; openssl rand -base64 32 en donne la seconde moitié',
  ADMIN_PASSWORD: 'doit avoir 8 caractères ou plus',
  HOLD_OLDER: 'doit être une durée : un nombre, puis s, m, h ou d',
  HOLD_BURST: 'doit être un nombre, 1 ou plus',
  APPROVE: 'doit être true ou false',
  CRIEUR_CONFIG: 'doit être un fichier',
  TELEGRAM_BOT_TOKEN:
    'n’est pas un jeton de bot : copiez-le en entier chez @BotFather, chiffres, deux-points et lettres',
  TELEGRAM_CHANNEL:
    'n’est pas un canal : écrivez @ et son nom, ou le numéro d’un canal privé, qui commence par -100',
  TELEGRAM_ADMINS: 'doit être des numéros d’utilisateurs Telegram, séparés par des virgules',
  TELEGRAM_API_ROOT: 'doit être une adresse https:// (http:// seulement sur cette machine même)',
  TELEGRAM_PREVIEW_ROOT:
    'doit être une adresse https:// (http:// seulement sur cette machine même)',
  BLUESKY_HANDLE: 'n’est pas un pseudo : écrivez-le comme une adresse web, sans https://',
  BLUESKY_APP_PASSWORD:
    'n’est pas un mot de passe d’application : créez-en un chez Bluesky dans Paramètres, Confidentialité et sécurité, Mots de passe d’application ; jamais le mot de passe du compte lui-même',
  BLUESKY_SERVICE: 'doit être une adresse https:// (http:// seulement sur cette machine même)',
  BLUESKY_APPVIEW: 'doit être une adresse https:// (http:// seulement sur cette machine même)',
  MASTODON_URL:
    'doit être l’adresse https:// de votre serveur Mastodon (http:// seulement sur cette machine même)',
  MASTODON_ACCESS_TOKEN:
    'n’est pas un jeton d’accès : copiez-le en entier chez Mastodon dans Préférences, Développement, votre application',
  edit: 'doit être true ou false',
  withdrawn: 'doit être keep ou delete',
  uncertain: 'doit être ask, send again ou leave',
  'account-name':
    'n’est pas un nom de compte : des lettres, des chiffres, des points, - et _, sans espace',
  platform: 'n’est pas une plateforme : telegram, bluesky ou mastodon',
  'source-url': 'doit être l’adresse d’un flux, qui commence par https:// ou http://',
  selector: 'doit être un sélecteur CSS',
  map: 'doit contenir des clés et leurs valeurs, décalées en dessous',
  list: 'doit être une liste',
}

function place({ file, line }: { file: string | null; line: number | null }): string {
  if (file === null) return 'environnement'
  return line === null ? file : `${file}, ligne ${line}`
}

function settingRule({ about, said }: { about: string; said: string }): string {
  return Object.hasOwn(settings, about) ? String(Reflect.get(settings, about)) : said
}

/** Every sentence people read, in French. Shaped by `en.ts`; no-break spaces before ; : ! ? » and after «. */
export const fr: Words = {
  settings,
  cli: {
    help: `crieur : annonce les articles de votre site sur Telegram, Bluesky et Mastodon

  crieur start                     tout lancer (comme npm start)
  crieur post <url|fichier|->      annoncer un article maintenant
  crieur preview <url|fichier|->   montrer ce qui serait publié ; n’envoie rien
  crieur queue                     ce qui attend, ce qui vient, ce qui vous attend
  crieur approve|cancel <id…>      ce qui est retenu part, ou ne part pas
  crieur retry <id…>               réessayer ce qui a échoué ou a été annulé
  crieur delete <id…>              retirer ce qui est publié
  crieur resolve <id>              dire si un message que nul autre ne voit est là
  crieur pause|resume [compte]     arrêter un compte, ou tous ; les remettre en route
  crieur show <id|url>             tout ce qu’on sait d’un article ou d’un message
  crieur count [id…]               j’aime, partages, réponses, vues : compter maintenant
  crieur stats                     ce que les messages ont donné, par compte ou par article

crieur <commande> --help en dit plus. Codes : 0 fait · 1 quelque chose n’est pas fait · 2 mauvais usage · 3 configuration.`,
    helpOf: {
      start: `crieur start [--only web,worker,bot] [--backfill N]

  Fait tourner Crieur jusqu’à l’arrêt (Ctrl-C). Sans compte configuré, c’est le bac à sable.
  --only web,worker,bot   seulement certains rôles
  --backfill N            annoncer aussi les N articles les plus récents de chaque source lue pour la première fois`,
      post: `crieur post <url|fichier|-> [--to a,b] [--at HEURE] [--again] [--wait] [--dry-run] [--json]

  Annonce un article : l’adresse de sa page, ou un fichier (- pour l’entrée standard) avec un Article en JSON.
  --to a,b     seulement sur ces comptes
  --at HEURE   pas avant : 18:00, ou ISO 8601
  --again      même s’il a déjà été annoncé
  --wait       jusqu’à ce que tout soit réglé ; code 1 si un message ne tient pas
  --dry-run    montrer seulement ce qui serait publié
  --json       une valeur JSON sur la sortie standard`,
      preview: `crieur preview <url|fichier|-> [--feed URL] [--to a,b] [--share] [--json]

  Montre ce qui serait publié sur chaque compte : texte, longueur, liens, carte, images, avertissements.
  N’envoie rien.
  --feed URL   tous les articles d’un flux au lieu d’un seul
  --to a,b     seulement pour ces comptes
  --share      aussi des liens qui préparent un message sur Facebook, X, WhatsApp et par e-mail
  --json       une valeur JSON sur la sortie standard`,
      queue: `crieur queue [--watch] [--json]

  Les messages par état et par compte, ce qui part ensuite et vers quand, ce qui demande quelqu’un.
  --watch      de nouveau à chaque changement, jusqu’à Ctrl-C
  --json       une valeur JSON sur la sortie standard`,
      approve: `crieur approve <a12|d34|n5|url…> [--newest N] [--json]

  Ce qui est retenu part. Un identifiant d’article (a12) ou son adresse vaut pour tous ses messages, celui d’un avis (n5) pour tout ce dont il parle.
  --newest N   d’un avis de trop d’articles à la fois : seulement les N plus récents, les autres sont annulés
  --json       une valeur JSON sur la sortie standard`,
      retry: `crieur retry <a12|d34|url…> [--json]
  crieur retry --all-failed [--account NOM] [--since T] [--json]

  Réessaie ce qui a échoué ou a été annulé, et une modification ou un retrait qui a été refusé.
  --all-failed   tout ce qui a échoué ou a été refusé, et que personne n’a abandonné
  --account NOM  parmi cela, ce qui est de ce compte
  --since T      parmi cela, ce qui devait partir depuis : 30d, 12h, 4w ou 2026-02-04
  --json       une valeur JSON sur la sortie standard`,
      cancel: `crieur cancel <a12|d34|n5|url…> [--json]
  crieur cancel --all-failed [--account NOM] [--since T] [--json]

  Ce qui n’est pas encore parti ne partira pas ; ce qui est publié n’est ni modifié ni retiré.
  --all-failed   tout ce qui a échoué ou a été refusé : plus personne n’est interrogé
  --account NOM  parmi cela, ce qui est de ce compte
  --since T      parmi cela, ce qui devait partir depuis : 30d, 12h, 4w ou 2026-02-04
  --json       une valeur JSON sur la sortie standard`,
      delete: `crieur delete <a12|d34|url…> [--json]

  Retire ce qui est publié, dès que vient le tour du compte. Un identifiant d’article (a12) ou son adresse vaut pour tous ses messages.
  --json       une valeur JSON sur la sortie standard`,
      resolve: `crieur resolve <d34> --published URL | --send-again | --leave [--json]

  Pour un message incertain : allez voir le compte, puis dites ce qu’il en est.
  --published URL  il est là, à cette adresse
  --send-again     il n’y est pas : l’envoyer de nouveau
  --leave          laisser ainsi et ne plus demander
  --json           une valeur JSON sur la sortie standard`,
      pause: `crieur pause [compte] [--json]

  Plus rien ne part sur ce compte, ou sur aucun, jusqu’à crieur resume. Ce qui attend continue d’attendre.
  --json       une valeur JSON sur la sortie standard`,
      resume: `crieur resume [compte] [--json]

  Ce compte, ou tous, reprennent ; aussi un compte que sa plateforme a refusé.
  --json       une valeur JSON sur la sortie standard`,
      show: `crieur show <a12|d34|n5|url> [--json]

  Tout ce qu’on sait d’un article, d’un message, d’un avis ou d’une adresse ; d’une adresse jamais publiée : pourquoi.
  --json       une valeur JSON sur la sortie standard`,
      count: `crieur count [a12|d34|url…] [--json]

  Demande maintenant aux plateformes ce que les lecteurs ont fait de ces messages ; sans rien, de tous ceux des 30 derniers jours.
  – est ce qu’on ne peut pas savoir, ≈ ce que la plateforme dit arrondi. Code 1 si quelque chose n’a pas pu être compté.
  --json       une valeur JSON sur la sortie standard`,
      stats: `crieur stats [--since 30d] [--by account|article] [--json|--csv]

  Ce que les messages de cette période ont donné, d’après les derniers chiffres.
  --since 30d  messages publiés depuis : 30d, 12h, 4w, 2026-02-04 ou all (30d)
  --by account par compte, ou par article (account)
  --json       une valeur JSON sur la sortie standard
  --csv        pour un tableur`,
    },
    ready: (f) =>
      [
        f.address === null ? 'Crieur tourne.' : `Crieur tourne : ${f.address}`,
        ...(f.sandbox
          ? ['(bac à sable : aucun compte configuré, rien ne quitte cette machine)']
          : []),
      ].join(' '),
    whatComes: (f) =>
      [
        f.known === 1
          ? '1 article est déjà connu et ne sera pas publié'
          : `${f.known} articles sont déjà connus et ne seront pas publiés`,
        ...(f.announced > 0
          ? [` ; ${f.announced} ${f.announced === 1 ? 'part' : 'partent'} maintenant`]
          : []),
        ` ; le prochain ira sur ${f.accounts.join(', ')}.`,
      ].join(''),
    accountRefused: (f) => `${f.account} : ${f.message}`,
    sourceUnread: (f) => `${f.source} n’a pas été lu, un nouvel essai suivra : ${f.message}`,
    noSources: () =>
      'Aucune source configurée : rien n’est annoncé de soi-même. Mettez l’adresse de votre flux dans FEEDS ; crieur post annonce un article à la fois.',
    standsStill: (f) =>
      `${f.account} est en pause : ses messages attendent. crieur resume ${f.account} le remet en route.`,
    nobodySends: () => 'Aucun crieur start ne tourne : les messages attendent qu’il y en ait un.',
    clockSkipped: (f) =>
      `Les horloges avancent cette nuit-là, et aucune ne montre ${f.typed} : c’est ${f.at} qui compte.`,
    clockTwice: (f) =>
      `Les horloges reculent cette nuit-là et montrent deux fois ${f.typed} : c’est ${f.at} qui compte. Écrivez l’autre en ISO 8601 avec son décalage.`,
    announcedAlready: (f) =>
      `« ${f.title} » est déjà annoncé ; rien de nouveau ne part. --again l’envoie de nouveau.`,
    nothingSent: () => 'Rien n’a été envoyé.',
    nothingYet: () => 'rien encore',
    next: () => 'Part ensuite',
    needsPerson: () => 'Vous attend',
  },
  deliveries: {
    states: {
      held: 'retenu',
      pending: 'attend',
      publishing: 'part',
      uncertain: 'incertain',
      published: 'publié',
      failed: 'échoué',
      canceled: 'annulé',
      deleted: 'supprimé',
    },
    operations: {
      publish: 'publier',
      look: 'regarder',
      upload: 'déposer',
      check: 'vérifier',
      edit: 'modification',
      delete: 'retrait',
    },
    outcomes: {
      done: 'fait',
      absent: 'pas là',
      'cannot look': 'invisible',
      rejected: 'refusé',
      unauthorized: 'pas autorisé',
      'rate-limited': 'trop vite',
      unavailable: 'injoignable',
      uncertain: 'sans réponse',
    },
    errors: {
      rejected: (f) => `refusé : ${f.reason}. Corrigez cela, puis réessayez.`,
      unauthorized: (f) =>
        `accès refusé : ${f.reason}. Vérifiez le jeton et les droits de ce compte, puis remettez-le en route ; un nouveau jeton demande un redémarrage.`,
      'rate-limited': (f) => `la plateforme demande d’attendre : ${f.reason}`,
      unavailable: (f) => `injoignable : ${f.reason} ; un nouvel essai suivra`,
      uncertain: (f) => `aucune réponse utilisable : ${f.reason}`,
      template: (f) => `le modèle ne peut pas écrire ce message : ${f.reason}`,
    },
    network: {
      ECONNREFUSED: 'personne ne répond à cette adresse',
      ENOTFOUND: 'cet hôte n’existe pas',
      EAI_AGAIN: 'le nom de l’hôte n’a pas pu être résolu',
      EHOSTUNREACH: 'aucun chemin vers cet hôte',
      ENETUNREACH: 'pas de réseau',
      ECONNRESET: 'la connexion s’est rompue',
      EPIPE: 'la connexion s’est rompue',
      UND_ERR_SOCKET: 'la connexion s’est rompue',
      UND_ERR_CONNECT_TIMEOUT: 'la connexion n’a pas abouti à temps',
      ETIMEDOUT: 'pas de réponse à temps',
      TimeoutError: 'pas de réponse à temps',
      AbortError: 'pas de réponse à temps',
      'no answer': 'pas de réponse',
    },
    uncertainAsks: () => 'regardez le compte : il s’y trouve peut-être, peut-être pas',
    heldFor: {
      late: () => 'plus d’un jour de retard : à vous de dire s’il part encore',
      old: () => 'son article a paru bien avant d’arriver ici',
      flood: (f) => `arrivé avec trop d’autres${f.notice === null ? '' : ` (${f.notice})`}`,
      approval: () => 'attend votre accord',
    },
    partsStand: (f) => `${f.standing} parties sur ${f.total} sont en ligne`,
    changedSince: () =>
      'Son article a changé depuis ; ce qui est publié reste pour l’instant tel quel.',
    withdrawnSince: () =>
      'Son site a retiré l’article depuis ; ce qui est publié reste pour l’instant tel quel.',
    pausedBy: (f) => `mis en pause par ${f.who}`,
    accountPaused: () => 'le compte est en pause',
    accountGone: () => 'le compte n’est plus configuré : ses messages attendent',
    dueAt: (f) => `pas avant le ${f.at}`,
    siteAt: () => 'son site publie l’article à ce moment',
    changes: {
      edit: {
        due: (f) => `sera modifié vers ${f.at}`,
        failed: (f) => `pas modifié : ${f.why}`,
      },
      delete: {
        due: (f) => `sera retiré vers ${f.at}`,
        failed: (f) => `pas retiré : ${f.why}`,
      },
    },
  },
  health: {
    lastSuccess: (f) => `dernier message ${f.at}`,
    neverYet: () => 'aucun message encore',
    allowance: (f) => `${f.remaining} messages sur ${f.limit} sont encore permis jusqu’à ${f.at}`,
    lastRead: (f) => `dernière lecture ${f.at}`,
    neverRead: () => 'pas encore lu',
  },
  decisions,
  notices,
  bot,
  page,
  preview,
  engagement: {
    kinds: {
      likes: 'j’aime',
      reposts: 'partages',
      replies: 'réponses',
      quotes: 'citations',
      views: 'vues',
    },
    posts: 'messages',
    account: 'compte',
    article: 'article',
    number: (n) => n.toLocaleString('fr'),
    about: (f) => `≈ ${f.number}`,
    unknown: '–',
    gone: () => 'n’y est plus',
    notPublished: () => 'non compté : le message n’est pas publié',
    noAnswer: () => 'non compté : sa plateforme ne le dit pas',
    accountStands: () => 'non compté : le compte est en pause ou n’est plus configuré',
    putOff: (f) => `non compté : ${f.message}`,
    notYet: () => 'pas encore compté',
    nothing: () => 'Aucun message n’a été publié dans cette période.',
  },
  articles: {
    neverHeard: (f) =>
      `Crieur n’a jamais entendu parler de ${f.url} : aucune source ne l’a apporté, personne ne l’a publié. crieur post l’annonce.`,
    whyNot: {
      heard: (f) => `Il reste à lire. ${f.reason}`.trim(),
      ready: () => 'Il a été lu et n’a pas encore de messages.',
      known: () =>
        'Il était là avant Crieur (état initial de sa source) et n’est donc pas publié de lui-même. crieur post l’annonce.',
      unreadable: (f) => `Il n’est pas publié : ${f.reason}`,
      withdrawn: () => 'Son site l’a retiré.',
    },
  },
  problems: {
    ...httpProblems,
    'usage-command': (f) => `Il n’y a pas de commande « ${f.command} ». Voyez crieur --help.`,
    'usage-words': (f) =>
      f.most === 0
        ? `crieur ${f.command} ne prend que des options. Voyez crieur ${f.command} --help.`
        : f.most > 1
          ? `crieur ${f.command} prend un ou plusieurs identifiants : voyez crieur ${f.command} --help.`
          : `crieur ${f.command} prend une seule chose : voyez crieur ${f.command} --help.`,
    'usage-option': (f) =>
      `crieur ${f.command} ne connaît pas ${f.option || 'une de ces options'}, ou il y manque une valeur. Voyez crieur ${f.command} --help.`,
    'usage-role': (f) => `Il n’y a pas de rôle « ${f.role} » pour --only. Connus : ${f.known}.`,
    'usage-since': (f) =>
      `« ${f.typed} » n’est pas une période. Écrivez 30d, 12h, 4w, 2026-02-04 ou all.`,
    'usage-by': (f) => `On ne regroupe pas les chiffres par « ${f.typed} ». Connus : ${f.known}.`,
    'usage-number': (f) => `${f.option} prend un nombre, par exemple ${f.option} 3.`,
    'usage-account': (f) => `Il n’y a pas de compte « ${f.account} ». Connus : ${f.known}.`,
    'usage-time': (f) =>
      `« ${f.typed} » n’est pas un moment. Écrivez 18:00, ou 2026-02-04T18:00:00+01:00.`,
    'usage-input': (f) => `« ${f.input} » n’est ni une adresse (https://…) ni un fichier lisible.`,
    'usage-id': (f) =>
      `« ${f.typed} » n’est ni un identifiant (a12, d34, n5) ni une adresse (https://…). crieur queue montre les identifiants.`,
    'usage-resolve': () =>
      'crieur resolve prend une des options --published URL, --send-again et --leave.',
    'usage-all-failed': () =>
      '--all-failed remplace les identifiants ; --account et --since le restreignent. Exemple : crieur retry --all-failed --account mastodon --since 12h',
    'usage-newest': () =>
      '--newest vaut pour un avis de trop d’articles à la fois, par exemple crieur approve n5 --newest 3.',
    'unknown-id': (f) => `Il n’y a pas de ${f.id}. crieur queue montre ce qu’il y a.`,
    'unknown-address': (f: { url: string }) =>
      `Crieur n’a jamais entendu parler de ${f.url}. crieur post l’annonce.`,
    'post-address': (f: { url: string; account: string }) =>
      `${f.url} n’est l’adresse d’aucun message de ${f.account}. Copiez-la sur le message même.`,
    'post-too-long': (f) =>
      `Aucun post ne peut être écrit pour ${f.account} : l’adresse de l’article y est à elle seule trop longue.`,
    'template-mistake': (f) =>
      `Un modèle contient une erreur, rien n’est publié d’après lui : ${f.message}`,
    'template-unreadable': (f) =>
      `Le modèle ${f.file} est illisible (${f.code}). Il faut un fichier que cet utilisateur puisse lire.`,
    'template-too-long': (f) =>
      `Le modèle ${f.file} dépasse ${f.most} ko. Un modèle dit seulement comment un message se compose ; quelques lignes suffisent.`,
    'template-no-text': (f) =>
      `Le modèle ${f.file} n’est pas un texte en UTF-8. Enregistrez-le dans ce codage.`,
    'template-outside': (f) =>
      `Le modèle ${f.file} est un lien qui mène hors de son dossier, et les modèles ne lisent rien d’autre. Mettez-y le fichier lui-même.`,
    'template-wrong': (f) => `Aucun message ne peut être écrit pour ${f.account} : ${f.reason}`,
    unexpected: () =>
      'Quelque chose s’est mal passé dans Crieur même ; le journal ci-dessus dit où. Merci de le signaler avec ces lignes.',
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
    'field-unknown': (f) => `${f.field} n’est pas un champ connu ici. Vérifiez l’orthographe.`,
    'field-invalid': (f) => `${f.field} doit être ${expected[f.expected]}.`,
    'feed-is-html': (f) =>
      f.feed
        ? `${f.address} est une page, pas un flux. Son flux est ${f.feed} : prenez cette adresse.`
        : `${f.address} est une page, pas un flux, et n’en indique aucun. Cherchez son lien RSS.`,
    'feed-broken': (f) =>
      `${f.address} n’est pas un flux lisible (RSS, Atom, RDF ou JSON Feed). Vérifiez-le avec un validateur de flux.`,
    'picture-unreadable': (f) =>
      `${f.address} n’est pas une image utilisable (JPEG, PNG, WebP, AVIF ou GIF).`,
    'picture-empty': (f) => `L’image ${f.address} est un fichier vide. Envoyez-la de nouveau.`,
    'picture-broken': (f) =>
      `L’image ${f.address} est abîmée ou incomplète. Envoyez-la de nouveau.`,
    'picture-is-page': (f) =>
      `${f.address} est une page, pas une image. Donnez l’adresse du fichier lui-même.`,
    'picture-is-drawing': (f) =>
      `${f.address} est un dessin SVG, qu’aucune plateforme n’accepte. Donnez-le en PNG ou en JPEG.`,
    'picture-too-large': (f) =>
      `L’image ${f.address} a plus de ${f.megapixels} millions de pixels. Donnez-en une plus petite.`,
    'picture-too-long': (f) =>
      `Un côté de l’image ${f.address} fait plus de ${f.ratio} fois l’autre, ce que sa plateforme refuse.`,
    'setting-invalid': (f) =>
      `${f.setting} (${place(f)}) ${settingRule(f)}. Exemple : ${f.example}`,
    'setting-missing': (f) =>
      `Il manque ${f.setting} : ${f.there} (${place(f)}) ne suffit pas. Exemple : ${f.example}`,
    'setting-unknown': (f) =>
      f.nearest === null
        ? `${f.setting} (${place(f)}) n’est pas un réglage. Ceux qui existent : ${f.known}. Exemple : ${f.example}`
        : `${f.setting} (${place(f)}) n’est pas un réglage. Vouliez-vous dire ${f.nearest} ? Ceux qui existent : ${f.known}. Exemple : ${f.example}`,
    'setting-reference': (f) =>
      `${f.setting} n’est pas réglé, et ${f.field} (${place(f)}) y renvoie. Indiquez-le dans .env. Exemple : ${f.setting}=…`,
    'setting-name-twice': (f) =>
      `${f.setting} (${place(f)}) : il y a déjà un compte « ${f.name} » (${f.other}). Donnez un autre nom à l’un des deux.`,
    'setting-account-twice': (f) =>
      `${f.setting} (${place(f)}) est le même compte que ${f.other}, et chaque article serait publié deux fois. Retirez l’un des deux.`,
    'setting-yaml-broken': (f) =>
      `${f.setting}, ligne ${f.line}, n’est pas du YAML valable (${f.code}). Décalez avec des espaces seulement, et mettez entre guillemets droits les valeurs qui ont des signes spéciaux. Exemple : channel: "@mon_canal"`,
    'setting-file-unreadable': (f) =>
      `${f.setting} est illisible (${f.code}). Il faut un fichier que cet utilisateur a le droit de lire. Exemple : chmod u+r ${f.setting}`,
    'setting-file-missing': (f) =>
      `${f.setting} (${place(f)}) désigne un fichier qui n’existe pas : ${f.path}. Les chemins relatifs partent du dossier de crieur.mjs. Exemple : ${f.setting}=./crieur.yaml`,
    'port-taken': (f) =>
      f.ours
        ? `Un Crieur tourne déjà sur le port ${f.port} (crieur start). Servez-vous de celui-là, arrêtez-le, ou mettez un autre numéro dans PORT.`
        : `Le port ${f.port} est pris par un autre programme. Mettez un autre numéro dans PORT, par exemple ${f.port + 1}.`,
    'port-refused': (f) =>
      `Cet utilisateur n’a pas le droit d’ouvrir le port ${f.port}. Mettez dans PORT un numéro à partir de 1024, par exemple 8080.`,
    'host-unusable': (f) =>
      `Crieur ne peut pas écouter sur ${f.host} (${f.code}), qui n’est pas une adresse de cette machine. Mettez HOST à 127.0.0.1, ou à 0.0.0.0 pour toutes ses adresses.`,
  },
  web: {
    running: 'Crieur tourne.',
    store: 'La base de données répond.',
    missing: 'Il n’y a pas de page à cette adresse.',
    home: 'Vers la première page',
    broken:
      'Cette page n’a pas pu être faite. Le journal dit pourquoi ; réessayez dans un instant.',
    readOnly: 'Cette adresse ne peut qu’être lue (GET).',
    hostRefused: (f) =>
      `Crieur ne répond pas au nom de « ${f.host} ». Si on doit pouvoir l’y joindre, mettez cette adresse dans PUBLIC_URL.`,
    sandbox: 'Bac à sable',
    lead: 'Chaque post tel que sa plateforme le montrerait. Rien ne quitte cette machine : les adresses des posts ne mènent donc nulle part.',
    next: 'Pour publier vraiment, confiez vos comptes à Crieur : le README explique comment, plateforme par plateforme.',
    writing: 'Les premiers posts sont en cours d’écriture…',
    newestOnly: (f) =>
      `Voici les ${f.posts} posts les plus récents. « crieur queue » et « crieur show » parlent des autres.`,
    counted: {
      published: (n) => (n > 1 ? `${n} publiés` : `${n} publié`),
      publishing: (n) => `${n} en cours d’envoi`,
      pending: (n) => `${n} en attente`,
      held: (n) => (n > 1 ? `${n} retenus pour vous` : `${n} retenu pour vous`),
      uncertain: (n) => (n > 1 ? `${n} incertains` : `${n} incertain`),
      failed: (n) => (n > 1 ? `${n} non publiés` : `${n} non publié`),
      canceled: (n) => (n > 1 ? `${n} annulés` : `${n} annulé`),
      deleted: (n) => (n > 1 ? `${n} supprimés` : `${n} supprimé`),
    },
    states: {
      published: 'Publié',
      publishing: 'En cours d’envoi',
      pending: 'Attend son tour',
      held: 'Retenu jusqu’à votre décision',
      uncertain: 'Arrivé ou non, on ne sait pas',
      failed: 'Non publié',
      canceled: 'Annulé',
      deleted: 'Supprimé',
    },
    due: (f) => `pas avant ${f.at}`,
    waits: {
      'account paused': 'Le compte est en pause.',
      'account not configured': 'Le compte n’est plus configuré.',
      'a person': 'Seul un regard sur le compte peut dire s’il y est.',
      'the platform': 'Crieur réessaie de lui-même.',
    },
    reason: (f) => `Raison : ${f.reason}`,
    unwritten: 'Aucun post n’est encore écrit.',
    count: (f) => `${f.count} / ${f.limit}`,
    units: { telegram: 'caractères', bluesky: 'caractères', mastodon: 'caractères' },
    round: (f) => `Publié de nouveau (${f.round})`,
    warnings: {
      shortened: () => 'Raccourci pour tenir.',
      'left-out': (about) =>
        about ? `Laissé de côté : ${about}` : 'Un élément a été laissé de côté.',
      'no-thumbnail': () => 'La carte n’a pas d’image : celle de l’article est inutilisable.',
      'no-picture': (about) => `Une image inutilisable a été laissée de côté : ${about}`,
      'no-caption': () =>
        'Le texte est trop long pour accompagner une photo : son aperçu part à la place.',
      'no-alt': (about) => `Le site ne décrit cette image à personne : ${about}`,
      'still-picture': () => 'D’une animation, seule la première image est publiée.',
      'no-mention': (about) => `${about} n’y est personne : le nom reste du simple texte.`,
      plain: () =>
        'La plateforme a refusé ses liens et ses styles : de simples mots ont été publiés.',
      template: (about) => `Le modèle a échoué, de simples mots sont publiés. ${about}`,
      'page-missing': (about) => `Parti bien que sa page ne réponde pas : ${about}`,
      'limits-unknown': () =>
        'Mesuré aux limites habituelles de la plateforme : celles du compte ne sont pas encore connues.',
    },
  },
}
