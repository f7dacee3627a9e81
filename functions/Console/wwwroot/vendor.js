/** Where the files of other projects lie: the folders that console.targets makes, with their version. */
export const vendor = {
  map: new URL('vendor/maplibre-gl-5.24.1/maplibre-gl-csp.js', import.meta.url).href,
  mapWorker: new URL('vendor/maplibre-gl-5.24.1/maplibre-gl-csp-worker.js', import.meta.url).href,
  mapStyles: new URL('vendor/maplibre-gl-5.24.1/maplibre-gl.css', import.meta.url).href,
  topojson: new URL('vendor/topojson-client-3.1.0/topojson-client.min.js', import.meta.url).href,
  landCoarse: new URL('vendor/world-atlas-2.0.2/land-50m.json', import.meta.url).href,
  landFine: new URL('vendor/world-atlas-2.0.2/land-10m.json', import.meta.url).href,
};

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Loads a classic script once.
 * @param {string} url
 */
export function loadScript(url) {
  let promise = loading.get(url);
  if (!promise) {
    promise = new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = url;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error(url));
      document.head.append(script);
    });
    loading.set(url, promise);
  }
  return promise;
}

/**
 * Loads a style sheet; the map's comes first, so that ours has the last word.
 * @param {string} url
 */
export function loadStyles(url) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = url;
  document.head.prepend(link);
}
