import type { decisions as decisionsIn, notices as noticesIn } from '../en/newsroom.ts'

export const decisions: typeof decisionsIn = {
  kinds: {
    approve: 'approuvé',
    retry: 'réessayé',
    cancel: 'annulé',
    resolve: 'tranché',
    pause: 'mis en pause',
    resume: 'remis en route',
  },
  doors: { cli: 'ligne de commande', api: 'API', bot: 'Telegram', page: 'page' },
  told: (f) => `${f.what} par ${f.who} (${f.door}), ${f.at}`,
  changed: (f) => `cela a changé entre-temps ; état actuel : ${f.state}`,
  unfit: (f) => `rien à faire : ${f.state}`,
  late: () => 'c’est déjà tranché, ou d’autres sont arrivés depuis : regardez de nouveau',
  lastBy: (f) => `${f.what} par ${f.who}, ${f.at}`,
  flood: (f) =>
    `${f.go} ${f.go > 1 ? 'articles partent' : 'article part'}, ${f.skip} ${f.skip > 1 ? 'ne partent pas' : 'ne part pas'}`,
  paused: (f) => `${f.account} est en pause : ses messages attendent`,
  resumed: (f) => `${f.account} reprend`,
  pausedAlready: (f) => `${f.account} est déjà en pause`,
  runsAlready: (f) => `${f.account} n’est pas en pause`,
  nothing: () => 'il n’y a rien de tel',
}

export const notices: typeof noticesIn = {
  rejected: (f) => `pas publié sur ${f.account} : « ${f.title} ». ${f.why}`,
  uncertain: (f) =>
    `« ${f.title} » est peut-être sur ${f.account}, peut-être pas : il faut aller voir`,
  unauthorized: (f) => `${f.account} ne laisse plus entrer Crieur. ${f.why}`,
  overdue: (f) =>
    `personne n’essaie de publier sur ${f.account} depuis dix minutes, alors que des messages attendent : crieur start tourne-t-il ?`,
  flood: (f) =>
    `${f.articles} ${f.articles > 1 ? 'articles' : 'article'} d’un coup venant de ${f.source}`,
  held: {
    late: (f) => `retenu : « ${f.title} » a plus d’un jour de retard`,
    old: (f) => `retenu : « ${f.title} » a paru bien avant d’arriver ici`,
    flood: (f) => `retenu : « ${f.title} » est arrivé avec trop d’autres`,
    approval: (f) => `attend votre accord : « ${f.title} »`,
  },
  answers: {
    held: (f) => `crieur approve ${f.id} · crieur cancel ${f.id}`,
    flood: (f) =>
      `crieur approve ${f.id} · crieur approve ${f.id} --newest 3 · crieur cancel ${f.id}`,
    rejected: (f) => `crieur retry ${f.id}`,
    uncertain: (f) => `crieur resolve ${f.id} --published URL · --send-again · --leave`,
    unauthorized: (f) => `crieur resume ${f.id}`,
    overdue: () => 'crieur start',
  },
}
