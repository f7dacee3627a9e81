/** Every word of the page for signing in. */
export const text = {
  app: 'MaritimeWatch',
  title: 'Sign in – MaritimeWatch',
  heading: 'Sign in',
  already: (/** @type {string} */ role) => `You are signed in as ${role}.`,
  goOn: 'Go on',
  token: 'Access token',
  tokenHint: 'Your administrator makes one with this command:',
  command: 'maritimewatch token --role officer --port SEGOT --expires 7d --store DIR',
  signIn: 'Sign in',
  working: 'Signing in',
  empty: 'Paste the token first.',
  refused: 'This token is not valid here, or not any more.',
  failed: 'MaritimeWatch does not answer. Try again.',
  demoHeading: 'Try it out',
  demoBadge: 'Simulated',
  demo: 'These data are simulated, and only this machine can reach them. So you may go in without a token.',
  as: {
    analyst: 'Analyst of all ports',
    officer: (/** @type {string} */ port) => `Officer of ${port}`,
    planner: 'Planner',
  },
  asHint: {
    analyst: 'sees every alert, decides none',
    officer: 'sees and decides the alerts of this port alone',
    planner: 'sees queues and forecasts, no alerts',
  },
};
