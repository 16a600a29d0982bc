using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waybill.Notifications.Signing;
using Waybill.Receiving.Tests.Support;

namespace Waybill.Receiving.Tests.Verification;

/// <summary>Rules out that a handler ever runs for a call that nobody has said how to check.</summary>
public sealed class MappingTests
{
    private readonly ConcurrentQueue<Webhook> _handled = new();

    [Fact]
    public async Task Without_a_word_on_verification_the_handler_does_not_run_and_the_log_says_why()
    {
        await using var receiver = await TestReceiver.StartAsync(_handled, _ => { });

        var answer = await receiver.SendAsync(new Call());

        Assert.Equal((HttpStatusCode.InternalServerError, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Empty(_handled);
        Assert.Contains(receiver.Lines.All, line => line.Level == LogLevel.Critical && line.Text.Contains("VerifyStandardWebhook()", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_verification_anyone_and_any_time_is_believed_and_an_id_is_asked_for_all_the_same()
    {
        await using var receiver = await TestReceiver.StartAsync(_handled, hook => hook.WithoutVerification());
        var call = new Call { Timestamp = 0 };

        var unsigned = await receiver.SendAsync(call.ToRequest(call.Headers.Where(header => header.Key != WebhookHeaders.Signature).ToDictionary()));
        var nameless = await receiver.SendAsync(call.ToRequest(call.Headers.Where(header => header.Key != WebhookHeaders.Id).ToDictionary()));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (unsigned.Status, nameless.Status));
        Assert.Equal(call.Id, Assert.Single(_handled).Id);
    }

    [Fact]
    public async Task A_handler_that_was_mapped_otherwise_gets_no_webhook()
    {
        await using var receiver = await TestReceiver.StartAsync(app => app.MapPost("/hook", (Webhook webhook) => _handled.Enqueue(webhook)));

        Assert.Equal(HttpStatusCode.InternalServerError, (await receiver.SendAsync(new Call())).Status);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task What_the_handler_returns_is_the_answer_and_filters_see_what_was_checked()
    {
        var seen = new ConcurrentQueue<string>();
        await using var receiver = await TestReceiver.StartAsync(app => app
            .MapWebhook("/hook", (Webhook webhook) => Results.Text(webhook.Type, statusCode: StatusCodes.Status202Accepted))
            .VerifyStandardWebhook(Call.Secret)
            .AddEndpointFilter(async (context, next) =>
            {
                seen.Enqueue(context.GetArgument<Webhook>(0).Id);
                return await next(context);
            }));
        var call = new Call();

        var answer = await receiver.SendAsync(call);
        await receiver.SendAsync(call with { Secrets = [Call.OtherSecret] });

        Assert.Equal((HttpStatusCode.Accepted, "order.paid"), (answer.Status, answer.Body));
        Assert.Equal([call.Id], seen);
    }
}
