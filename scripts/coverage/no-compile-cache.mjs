// Loaded by jest before each test file. What Node takes from its compile cache, V8 counts by whole functions only
// (https://nodejs.org/api/module.html#module-compile-cache), so tests cannot ask for that cache here.
Object.defineProperty(process.env, 'NODE_COMPILE_CACHE', { configurable: true, get: () => undefined, set: () => {} });
