/** The plugin's own scheduler, which ships without types for its light build: the part of it that is used here. */
declare module 'bottleneck/light.js' {
  export { default } from 'bottleneck';
}
