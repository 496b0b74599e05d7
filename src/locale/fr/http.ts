import type { httpProblems as problemsIn } from '../en/http.ts'

export const httpProblems: typeof problemsIn = {
  'setting-needed': (f) =>
    `${f.setting} n’est pas défini, et sans lui ceci n’est ouvert à personne. Définissez-le dans .env et redémarrez Crieur.`,
  'token-wrong': () =>
    'L’en-tête Authorization doit être : Bearer, une espace, puis le mot de API_TOKEN.',
  'signature-missing': () =>
    'Il faut ici les en-têtes webhook-id, webhook-timestamp et webhook-signature (Standard Webhooks), faits avec WEBHOOK_SECRET.',
  'signature-wrong': () =>
    'La signature n’est pas la bonne. Signez id.timestamp.corps avec WEBHOOK_SECRET, le corps octet pour octet comme il est envoyé.',
  'signature-old': () =>
    'La signature est à plus de cinq minutes de maintenant. Vérifiez l’horloge de l’expéditeur, et signez à nouveau ce qui est renvoyé.',
  'body-too-large': (f) => `Le corps dépasse ${f.megabytes} Mo et n’a pas été lu.`,
  'body-broken': () => 'Le corps s’est interrompu avant sa fin. Renvoyez-le.',
  'nothing-here': () => 'Il n’y a rien à cette adresse. docs/api.md dit ce qu’il y a.',
  'method-wrong': (f) => `${f.method} ne fait rien ici. Ce qui agit : ${f.allowed}.`,
  'answer-failed': () =>
    'Crieur n’a pas pu répondre. Son journal dit pourquoi ; réessayez dans un instant.',
  'hook-foreign': (f) =>
    `${f.url} n’est pas une adresse de ${f.site} : un site ne parle que de ses propres articles.`,
  'resolve-one': () =>
    'Dites une seule de ces choses : "published" avec l’adresse du post, "sendAgain": true, "leave": true.',
  'newest-elsewhere': () =>
    'newest sert à approuver un avis de trop d’articles à la fois, comme n5.',
}
