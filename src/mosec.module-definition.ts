import { ConfigurableModuleBuilder } from '@nestjs/common';
import { withAdmin } from './control/admin-module.js';
import type { AdminOptions } from './control/admin-options.interface.js';
import type { MosecModuleOptions } from './config/mosec-module-options.interface.js';
import { withJobs } from './jobs/jobs-module.js';
import type { JobsOptions } from './jobs/jobs-options.interface.js';

/** `forRoot` and `forRootAsync` of the core module. */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<MosecModuleOptions>({ moduleName: 'Mosec' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMosecOptions')
    // Beside the options: controllers and guards are known when modules are declared, options of `forRootAsync` later.
    .setExtras<{ admin?: AdminOptions | undefined; jobs?: JobsOptions | undefined }>(
      { admin: undefined, jobs: undefined },
      (module, extras) => withJobs(withAdmin(module, extras), extras),
    )
    .build();
