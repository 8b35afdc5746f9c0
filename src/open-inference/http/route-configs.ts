import type { MosecRouteConfig } from '../../http/raw-body.js';
import { errorBody } from './open-inference.filter.js';

type Config = NonNullable<MosecRouteConfig['mosec']>;

const refusalBody: Config['refusalBody'] = (error) => errorBody(error);

/** Bodies are read by the handler. */
export const RAW: MosecRouteConfig = { mosec: { raw: true, refusalBody } };
/** Answers of the server's state are given while it drains, too. */
export const STATE: MosecRouteConfig = { mosec: { tellsState: true, refusalBody } };
export const PLAIN: MosecRouteConfig = { mosec: { refusalBody } };
