/** NestJS: a module with a controller that is given the raw body, and a service that enrolls. */
import "reflect-metadata";
import {
  BadRequestException,
  Controller,
  Headers,
  HttpCode,
  Inject,
  Injectable,
  Module,
  Post,
  type RawBodyRequest,
  Req,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import type { Request } from "express";
import Stripe from "stripe";
import { enrollAtOnce } from "./enroll-at-once.ts";

@Injectable()
class EnrollmentService {
  enroll(session: Stripe.Checkout.Session): Promise<void> {
    return enrollAtOnce(session);
  }
}

@Controller("webhook")
class WebhookController {
  readonly stripe = new Stripe(process.env.STRIPE_SECRET_KEY);

  constructor(@Inject(EnrollmentService) readonly enrollments: EnrollmentService) {}

  @Post()
  @HttpCode(200)
  async receive(@Req() request: RawBodyRequest<Request>, @Headers("stripe-signature") signature: string) {
    const event = this.verify(request.rawBody, signature);
    if (event.type === "checkout.session.completed") await this.enrollments.enroll(event.data.object);
    return { received: true };
  }

  verify(body: Buffer, signature: string): Stripe.Event {
    try {
      return this.stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET);
    } catch (error) {
      throw new BadRequestException(error.message);
    }
  }
}

@Module({ controllers: [WebhookController], providers: [EnrollmentService] })
class AppModule {}

const app = await NestFactory.create<NestExpressApplication>(AppModule, { rawBody: true, logger: ["error"] });
await app.listen(Number(process.env.PORT), "127.0.0.1");
