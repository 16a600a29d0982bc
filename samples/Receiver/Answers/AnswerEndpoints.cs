using Waybill.Notifications.Signing;

namespace Waybill.Receiver.Answers;

/// <summary>The URLs that answer as they say, each for any method. What each path means is its default; the query adds to it.</summary>
public static class AnswerEndpoints
{
    public static void MapAnswers(this IEndpointRouteBuilder app)
    {
        app.MapAnswer("/ok", _ => new Answer());
        app.MapAnswer("/status/{code}", Status);
        app.MapAnswer("/delay/{ms}", parameters => new Answer { Delay = parameters.Milliseconds("ms", TimeSpan.Zero) });
        app.MapAnswer("/drip", Drip);
        app.MapAnswer("/size/{bytes}", parameters => new Answer { Size = parameters.Number("bytes", 0, 0, Limits.MostBytes, "bytes") });
        app.MapAnswer("/retry-after/{value}", RetryAfter);

        app.Map("/headers", Headers);
        app.Map("/fail/{n}/then-ok/{key}", FailThenOk);
        app.Map("/hook/{name?}", Hook);

        app.MapFallback(() => Results.Problem(
            type: "urn:waybill:problem:not-found",
            title: "The receiver has no such URL; open / in a browser for the list.",
            statusCode: StatusCodes.Status404NotFound));
    }

    private static Answer Status(Parameters parameters) => new()
    {
        Status = (int)parameters.Number("code", StatusCodes.Status200OK, 200, 599, "an HTTP status code"),
    };

    private static Answer Drip(Parameters parameters) => new()
    {
        Size = parameters.Number("bytes", 10, 1, Limits.MostBytes, "bytes"),
        Drip = parameters.Milliseconds("ms", TimeSpan.FromSeconds(2)),
    };

    private static Answer RetryAfter(Parameters parameters) => new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        RetryAfter = parameters.HeaderValue("value"),
    };

    private static Task<IResult> Headers(HttpContext context, Responder responder) =>
        responder.RespondAsync(context, parameters =>
        {
            var headers = context.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())).ToList();
            headers.ForEach(header => parameters.CheckHeader(header.Key, header.Key, header.Value));

            return new Answer { Headers = headers };
        });

    private static Task<IResult> FailThenOk(string key, HttpContext context, Responder responder, FailureCounts counts) =>
        responder.RespondAsync(context, parameters =>
        {
            var times = parameters.Number("n", 0, 0, Limits.MostFailures, "failures");
            return FailFirst(parameters, context.Request, counts, times, $"fail {key}");
        });

    /// <summary>Failures are counted per name and notification, so that each notification sent to one URL meets the same.</summary>
    private static Task<IResult> Hook(string? name, HttpContext context, Responder responder, FailureCounts counts) =>
        responder.RespondAsync(context, parameters =>
        {
            var times = parameters.Number("failTimes", 0, 0, Limits.MostFailures, "failures");
            var key = $"hook {name} {context.Request.Headers[WebhookHeaders.Id]}";

            return times == 0
                ? AnswerReader.Read(parameters, context.Request.Query, new Answer())
                : FailFirst(parameters, context.Request, counts, times, key);
        });

    private static Answer FailFirst(Parameters parameters, HttpRequest request, FailureCounts counts, long times, string key)
    {
        var failure = new Answer { Status = StatusCodes.Status503ServiceUnavailable };
        failure = AnswerReader.Read(parameters, request.Query, failure);

        var fails = parameters.Errors.Count == 0 && counts.TakeFailure(key, times);
        return fails ? failure : failure with { Status = StatusCodes.Status200OK, RetryAfter = null };
    }

    private static void MapAnswer(this IEndpointRouteBuilder app, string pattern, Func<Parameters, Answer> byPath) =>
        app.Map(pattern, (HttpContext context, Responder responder) => responder.RespondAsync(
            context,
            parameters => AnswerReader.Read(parameters, context.Request.Query, byPath(parameters))));
}
