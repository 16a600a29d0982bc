using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Waybill.Receiving.Repeats;
using Waybill.Receiving.Verification;

namespace Waybill.Receiving.Pipeline;

/// <summary>The way of a call: its headers, its time, its body, its signature, whether it was handled before, and then the handler.</summary>
internal sealed partial class WebhookPipeline(EndpointSettings settings, RequestDelegate handler)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var log = context.RequestServices.GetService<ILoggerFactory>()?.CreateLogger("Waybill.Receiving") ?? NullLogger.Instance;

        if (settings is { Keys: null, IsUnverified: false })
        {
            Log.NotVerified(log, context.GetEndpoint()?.DisplayName ?? context.Request.Path);
            await Results.Problem(statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(context);
            return;
        }

        var (webhook, refusal) = await CheckAsync(context);

        if (refusal is not null)
        {
            Log.Refused(log, refusal.StatusCode, refusal.Reason, webhook?.Id);
            await refusal.WriteAsync(context);
            return;
        }

        context.Features.Set(new CheckedWebhook(webhook!));

        if (settings.Scope is { } scope)
        {
            await OnceOnly.RunAsync(context, new WebhookKey(WebhookScope.Checked(scope(context)), webhook!.Id), handler, log);
            return;
        }

        await handler(context);
    }

    private async Task<(Webhook? Webhook, Refusal? Refusal)> CheckAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<WebhookOptions>>().CurrentValue;

        if (WebhookCallHeaders.Read(context.Request.Headers, signed: settings.Keys is not null, out var fault) is not { } headers)
        {
            return (null, Refusal.Malformed(fault));
        }

        var timestamp = DateTimeOffset.FromUnixTimeSeconds(headers.Timestamp);

        if (settings.Keys is not null && FaultOf(timestamp, options, context) is { } untimely)
        {
            return (null, untimely);
        }

        var (body, unread) = await BodyAsync(context, options);

        if (unread is not null)
        {
            return (null, unread);
        }

        var webhook = new Webhook(headers.Id, timestamp, body);
        var isBelieved = settings.Keys is not { } keys || SignatureCheck.Holds(await keys(context), headers, body.Span);
        return (webhook, isBelieved ? null : Refusal.WrongSignature);
    }

    /// <summary>By whole seconds, as the timestamp is.</summary>
    private static Refusal? FaultOf(DateTimeOffset timestamp, WebhookOptions options, HttpContext context)
    {
        var time = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        var age = TimeSpan.FromSeconds(time.GetUtcNow().ToUnixTimeSeconds() - timestamp.ToUnixTimeSeconds());

        return age > options.Tolerance ? Refusal.TooOld : age < -options.Tolerance ? Refusal.TooNew : null;
    }

    private static async Task<(ReadOnlyMemory<byte> Body, Refusal? Refusal)> BodyAsync(HttpContext context, WebhookOptions options)
    {
        try
        {
            var body = await BodyReader.ReadAsync(context.Request, options.MaxBodyBytes, context.RequestAborted);
            return body is { } whole ? (whole, null) : (default, Refusal.TooLong);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (default, Refusal.TooLong);
        }
        catch (IOException)
        {
            return (default, Refusal.Unreadable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Critical,
            Message = "The webhook {Endpoint} says neither VerifyStandardWebhook() nor WithoutVerification(): it is answered with 500, and its handler does not run")]
        public static partial void NotVerified(ILogger logger, string endpoint);

        [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "A webhook was refused with {StatusCode}: {Reason} It calls itself {WebhookId}")]
        public static partial void Refused(ILogger logger, int statusCode, string reason, string? webhookId);
    }
}
