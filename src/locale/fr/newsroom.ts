import type { decisions as decisionsIn, notices as noticesIn } from '../en/newsroom.ts'

const last = ({ who, at }: { who: string | null; at: string | null }) =>
  who === null ? '' : ` · ${who}, ${at}`

export const decisions: typeof decisionsIn = {
  kinds: {
    approve: 'approuvé',
    retry: 'réessayé',
    cancel: 'annulé',
    resolve: 'tranché',
    delete: 'retiré',
    pause: 'mis en pause',
    resume: 'remis en route',
  },
  offers: {
    approve: 'Approuver',
    retry: 'Réessayer',
    cancel: 'Annuler',
    resolve: 'Trancher',
    delete: 'Retirer',
    pause: 'Mettre en pause',
    resume: 'Remettre en route',
  },
  resolutions: { published: 'Il y est', 'send again': 'Renvoyer', leave: 'Laisser ainsi' },
  doors: { cli: 'ligne de commande', api: 'API', bot: 'Telegram', page: 'page' },
  states: {
    running: 'en marche',
    paused: 'en pause',
    unauthorized: 'accès refusé',
    'to go out': 'à publier',
    'not to go out': 'à ne pas publier',
    open: 'ouvert',
    seen: 'vu',
  },
  by: (f) => `${f.what} par ${f.who === f.door ? f.who : `${f.who} (${f.door})`}`,
  done: (f) => (f.from === f.to ? f.to : `${f.from} → ${f.to}`),
  stands: {
    delete: 'sera retiré dès que viendra le tour de son compte',
    retry: 'nouvel essai dès que viendra le tour de son compte',
    cancel: 'reste tel quel',
  },
  refused: {
    changed: (f) => `cela a changé depuis que vous l’avez vu ; état actuel : ${f.state}${last(f)}`,
    unfit: (f) => `ne peut pas être ${f.kind}. État actuel : ${f.state}${last(f)}`,
    withdrawn: () => 'son site a retiré l’article ; crieur post avec son adresse le relit',
    late: (f) => `c’est déjà réglé${last(f)}`,
    more: (f) => `il y a maintenant ${f.articles} articles : regardez de nouveau avant de répondre`,
    other: (f) => `cela demande une autre réponse : crieur show ${f.id} dit laquelle`,
    nothing: () => 'il n’y a aucun message au sujet duquel décider cela',
  },
  many: (f) =>
    f.count === 0
      ? 'Rien n’a échoué.'
      : `${f.count} ${f.count > 1 ? 'messages' : 'message'} : ${f.what}.`,
  flood: (f) =>
    `${f.go} ${f.go > 1 ? 'articles partent' : 'article part'}, ${f.skip} ${f.skip > 1 ? 'ne partent pas' : 'ne part pas'}`,
  paused: (f) => `${f.account} est en pause : ses messages attendent`,
  resumed: (f) => `${f.account} reprend`,
  pausedAlready: (f) => `${f.account} est déjà en pause${last(f)}`,
  runsAlready: (f) => `${f.account} n’est pas en pause${last(f)}`,
}

export const notices: typeof noticesIn = {
  rejected: (f) => `pas publié sur ${f.account} : « ${f.title} ». ${f.why}`,
  change: {
    edit: (f) => `« ${f.title} » est resté tel quel sur ${f.account} : modification ${f.why}`,
    delete: (f) => `« ${f.title} » est toujours sur ${f.account} : retrait ${f.why}`,
  },
  gap: (f) =>
    `plus rien de connu dans le flux de ${f.source} : des articles ont pu être manqués entre-temps`,
  uncertain: (f) =>
    `« ${f.title} » est peut-être sur ${f.account}, peut-être pas : il faut aller voir`,
  unauthorized: (f) => `${f.account} ne laisse plus entrer Crieur. ${f.why}`,
  overdue: (f) =>
    `personne n’essaie de publier sur ${f.account} depuis dix minutes, alors que des messages attendent : crieur start tourne-t-il ?`,
  flood: (f) =>
    `${f.articles} ${f.articles > 1 ? 'articles' : 'article'} d’un coup venant de ${f.source}`,
  held: {
    late: (f) => `retenu : « ${f.title} » a plus d’un jour de retard`,
    old: (f) =>
      f.days === null
        ? `retenu : « ${f.title} » a paru bien avant d’arriver ici`
        : `retenu : « ${f.title} » a paru ${f.days} ${f.days === 1 ? 'jour' : 'jours'} avant d’arriver ici`,
    flood: (f) => `retenu : « ${f.title} » est arrivé avec trop d’autres`,
    approval: (f) => `attend votre accord : « ${f.title} »`,
  },
  raised: (f) => `depuis le ${f.at}`,
  closed: (f) => `réglé le ${f.at}`,
  answers: {
    held: (f) => `crieur approve ${f.id} · crieur cancel ${f.id}`,
    flood: (f) =>
      `crieur approve ${f.id} · crieur approve ${f.id} --newest 3 · crieur cancel ${f.id}`,
    rejected: (f) => `crieur retry ${f.id} · crieur cancel ${f.id}`,
    change: (f) => `crieur retry ${f.id} · crieur cancel ${f.id}`,
    gap: (f) => `crieur post URL · crieur cancel ${f.id}`,
    uncertain: (f) => `crieur resolve ${f.id} --published URL · --send-again · --leave`,
    unauthorized: (f) => `crieur resume ${f.id}`,
    overdue: () => 'crieur start',
  },
}
