import { HttpCode, Post, Req, Res, type Type } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MosecRoute } from '../http/mosec-route.decorator.js';
import { errorBody } from './error-body.js';
import { CHAT_ANSWER, chatBody } from './open-api-chat.js';
import { ApiFailures } from './open-api-failures.js';
import { OpenAiService } from './open-ai.service.js';
import { OpenAiController, type RouteParts } from './route-parts.js';

/** The controller of `/chat/completions` for these models. */
export function chatController(parts: RouteParts, models: readonly string[]): Type {
  @OpenAiController(parts)
  class ChatController {
    constructor(private readonly service: OpenAiService) {}

    @Post('chat/completions')
    @HttpCode(200)
    @MosecRoute({ raw: true, refusalBody: errorBody })
    @ApiOperation({ summary: 'The next message of a conversation' })
    @ApiBody({ schema: chatBody(models) })
    @ApiOkResponse({ description: 'The message, whole or as a stream', content: CHAT_ANSWER })
    @ApiFailures(parts)
    complete(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
      return this.service.chat(request, reply);
    }
  }
  return ChatController;
}
