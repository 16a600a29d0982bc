using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Waybill.Receiving.Repeats;

/// <summary>Runs a handler for a webhook that it has not succeeded with yet. Its answer goes out once the success is on record: not before, as a 2xx ends the sender's attempts.</summary>
internal static partial class OnceOnly
{
    private const int RetryAfterSeconds = 5;

    public static async Task RunAsync(HttpContext context, WebhookKey key, RequestDelegate handler, ILogger log)
    {
        var deduplication = context.RequestServices.GetRequiredService<IWebhookDeduplication>();
        await using var answer = new HeldAnswer(context);

        var turn = await deduplication.RunOnceAsync(key, () => answer.RunAsync(handler), context.RequestAborted);

        switch (turn)
        {
            case WebhookTurn.Run:
                await answer.SendAsync();
                break;
            case WebhookTurn.Repeated:
                Log.Repeated(log, key.Id);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case WebhookTurn.Busy:
                Log.Busy(log, key.Id);
                context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                await Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, detail: "The same webhook is being handled.").ExecuteAsync(context);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "The webhook {WebhookId} was handled before, and is not again")]
        public static partial void Repeated(ILogger logger, string webhookId);

        [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "The webhook {WebhookId} came again while it is being handled, and is to come once more")]
        public static partial void Busy(ILogger logger, string webhookId);
    }
}
