import { ConfigurableModuleBuilder } from '@nestjs/common';
import { withAdmin } from './control/admin-module.js';
import type { AdminOptions } from './control/admin-options.interface.js';
import type { MosecModuleOptions } from './config/mosec-module-options.interface.js';

/** `forRoot` and `forRootAsync` of the core module. */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<MosecModuleOptions>({ moduleName: 'Mosec' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMosecOptions')
    // Beside the options: controllers and guards are known when modules are declared, options of `forRootAsync` later.
    .setExtras<{ admin?: AdminOptions | undefined }>({ admin: undefined }, withAdmin)
    .build();
