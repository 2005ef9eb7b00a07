/**
 * Jest's environment for Node with a plain global object. Jest's own object observes each access to `Math`, `JSON` or
 * `Object`, and with it the tests take a quarter longer.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

// biome-ignore lint/style/noDefaultExport: jest loads the default export.
export default class PlainGlobalEnvironment extends TestEnvironment {
  constructor(...parameters: ConstructorParameters<typeof TestEnvironment>) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    super(...parameters);
    vm.createContext = createContext;
  }
}
