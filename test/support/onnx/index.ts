export { encodeModel, node, type Graph, type Node, type Port } from './model.js';
export { floats, ints, type Constant, type DataType } from './tensor.js';
export type { Attribute } from './attribute.js';
export { ModelFolder } from './model-folder.js';
