const messages = (/** @type {number} */ n) => (n === 1 ? '1 message' : `${n} messages`);

/** Every word of the page of dead letters. */
export const text = {
  app: 'MaritimeWatch',
  skip: 'Skip to the letters',
  heading: 'Dead letters',
  lead: 'Messages that failed too often. They are kept for 30 days. Mend the cause first, then send them again: what was done before is not done twice.',
  queue: 'Queue',
  allQueues: 'All queues',
  state: 'Show',
  states: { waiting: 'Those that wait', all: 'Those sent again too' },
  loading: 'Loading the letters',
  none: 'No message waits.',
  noneWhatToDo: 'What fails too often appears here.',
  noneFits: 'Nothing fits this choice.',
  caption: (/** @type {number} */ shown, /** @type {number} */ matched) =>
    (shown < matched ? `The newest ${shown} of ${messages(matched)}` : messages(matched)),
  columns: { queue: 'Queue', kept: 'Kept (UTC)', tries: 'Tries', about: 'About', action: 'State' },
  unknown: 'not known',
  bytes: (/** @type {string} */ n) => `${n} bytes that cannot be read`,
  send: 'Send again',
  sendOf: (/** @type {string} */ what) => `Send again: ${what}`,
  sending: 'Sending',
  sendAll: (/** @type {number} */ n) => `Send ${messages(n)} again`,
  sent: (/** @type {string} */ at, /** @type {string} */ by) => `Sent again ${at} by ${by}`,
  done: (/** @type {number} */ n) => (n === 1 ? '1 message was sent again.' : `${n} messages were sent again.`),
  notSent: 'A message could not be sent again. It still waits.',
  signIn: 'Sign in as an administrator to see dead letters.',
  signInLink: 'Sign in',
  notYours: 'Dead letters are shown to administrators of all ports.',
  failed: 'The letters could not be read.',
  retry: 'Try again',
};
