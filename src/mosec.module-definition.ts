import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { MosecModuleOptions } from './config/mosec-module-options.interface.js';

/** `forRoot` and `forRootAsync` of the core module. */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<MosecModuleOptions>({ moduleName: 'Mosec' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMosecOptions')
    .build();
