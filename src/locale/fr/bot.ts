import type { bot as shape } from '../en/bot.ts'

export const bot: typeof shape = {
  commands: {
    queue: 'ce qui part ensuite et ce qui vous attend',
    status: 'comment vont les comptes',
    post: 'annoncer un article : /post et son adresse',
    approve: 'laisser partir ce qui est retenu',
    retry: 'réessayer ce qui a échoué',
    cancel: 'annuler ce qui n’est pas encore parti',
    delete: 'retirer un message : /delete et son identifiant',
    pause: 'arrêter un compte, ou tous',
    resume: 'remettre un compte en route, ou tous',
    stats: 'ce qu’ont fait les lecteurs en 30 jours',
    help: 'ce que vous pouvez dire ici',
  },
  hello: 'J’annonce vos articles. Envoyez-moi l’adresse de l’un d’eux, ou dites :',
  stranger: 'Je n’écoute que la rédaction de ce canal. Bonne journée !',
  notUnderstood: 'Envoyez-moi l’adresse d’un article, ou /help.',
  notAnAddress:
    '/post prend l’adresse d’un article, par exemple /post https://example.org/un-article/',
  reading: 'Je le lis…',
  nothingHeld: 'Rien n’attend votre accord.',
  nothingFailed: 'Rien n’a échoué.',
  nothingToCancel: 'Rien n’attend de partir.',
  deleteWhich:
    '/delete prend l’identifiant d’un message ou d’un article, par exemple /delete d34 ou /delete a12.',
  nothingNext: 'Rien n’attend de partir.',
  nothingNeeds: 'Rien ne vous attend.',
  next: 'Part ensuite',
  needs: 'Vous attend',
  more: (f) => `et ${f.count} de plus`,
  about: (f) => `vers ${f.at}`,
  lastSuccess: (f) => `dernier message ${f.at}`,
  neverYet: 'aucun message encore',
  waitsUntil: (f) => `attend jusqu’à ${f.at}`,
  choose: 'Lequel ?',
  retried: (f) =>
    f.count > 1 ? `${f.count} messages sont réessayés.` : `${f.count} message est réessayé.`,
  sendLink: (f) =>
    `Envoyez-moi l’adresse du message sur ${f.account} (copiez-la sur le message même).`,
  statsOf: 'Les 30 derniers jours',
  best: 'Les plus lus',
  posts: (f) => (f.count > 1 ? `${f.count} messages` : `${f.count} message`),
  buttons: {
    approve: 'Tout publier',
    skip: 'Passer',
    all: 'Tous',
    newest: (f) => `Les ${f.count} plus récents`,
    none: 'Aucun',
    giveUp: 'Y renoncer',
    retry: 'Réessayer',
    there: 'Il y est',
    again: 'Renvoyer',
    leave: 'Laisser',
    seen: 'J’ai vu',
    resume: 'Réessayer maintenant',
    pause: 'Pause',
    goOn: 'Reprendre',
  },
  otherNumber: (f) => `Un autre nombre : /approve ${f.id} 5`,
  over: 'Cela n’attend plus personne.',
  failed: 'Cela n’a pas marché. Réessayez dans un instant.',
  problems: {
    'usage-id': (f) =>
      `« ${f.typed} » n’est ni un identifiant (a12, d34, n5) ni une adresse (https://…). /queue montre ce qui vous attend.`,
    'usage-newest': () =>
      'Un nombre vaut pour trop d’articles à la fois, par exemple /approve n5 3.',
    'unknown-id': (f) => `Il n’y a pas de ${f.id}. /queue montre ce qu’il y a.`,
    'unknown-address': (f) =>
      `Je n’ai jamais entendu parler de ${f.url}. Envoyez-moi l’adresse seule et je l’annonce.`,
  },
  refused: {
    withdrawn: () => 'son site a retiré l’article ; envoyez-moi son adresse, et je le relis',
    other: (f) => `${f.id} demande une autre réponse : /queue montre ses boutons`,
  },
}
