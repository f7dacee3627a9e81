/** Every word of the navigation. */
export const navText = {
  label: 'Pages',
  map: 'Map',
  alerts: 'Alerts',
  forecast: 'Forecast',
  kinds: 'Kinds',
  letters: 'Dead letters',
  signIn: 'Sign in',
  signOut: 'Sign out',
  allPorts: 'all ports',
  role: { analyst: 'Analyst', officer: 'Officer', planner: 'Planner', admin: 'Administrator' },
};
