using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Waybill.DeliveryWorker.Signing;
using Waybill.Notifications.StatusApi;

namespace Waybill.DeliveryWorker.Delivery;

/// <summary>Makes exactly one HTTP call. Whatever happens to it is a value: this never throws once the call has begun.</summary>
public sealed class HttpAttempt(HttpMessageInvoker http, Signer signer, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    private const int MaxStatusText = 100;

    public async Task<AttemptOutcome> MakeAsync(ClaimResponse claim)
    {
        using var span = AttemptSpan.Start(claim);
        var timeline = new CallTimeline(clock);
        var started = clock.GetTimestamp();

        var (answer, failure) = await CallAsync(claim, timeline, span);
        timeline.Enter(CallPhase.Done);

        var outcome = new AttemptOutcome
        {
            EndedAt = clock.GetUtcNow(),
            Milliseconds = Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 1),
            Timings = timeline.ToTimings(),
            Failure = failure,
            Response = answer,
            TraceId = span.TraceId,
            SpanId = span.SpanId,
        };

        span.Describe(outcome);
        return outcome;
    }

    private async Task<(ReceiverResponse? Response, Failure? Failure)> CallAsync(ClaimResponse claim, CallTimeline timeline, AttemptSpan span)
    {
        var seconds = claim.Record.TimeoutSeconds;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        ReceiverResponse? answer = null;

        try
        {
            using var request = RequestFor(claim, timeline, span);
            using var response = await http.SendAsync(request, deadline.Token);

            timeline.Enter(CallPhase.Body);
            answer = Head(response);
            answer = answer with { Excerpt = await ResponseBody.ReadAsync(response.Content, deadline.Token) };

            return (answer, null);
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            return (answer, FailureReader.Timeout(timeline.Phase, seconds));
        }
        catch (Exception exception)
        {
            return (answer, FailureReader.Read(exception, timeline.Phase, timeline.End));
        }
    }

    private HttpRequestMessage RequestFor(ClaimResponse claim, CallTimeline timeline, AttemptSpan span)
    {
        var request = DeliveryRequest.Create(claim, signer, clock.GetUtcNow());
        request.Options.Set(CallTimeline.Key, timeline);

        if (options.Value.SendTraceparent && span.Traceparent is { } traceparent)
        {
            request.Headers.TryAddWithoutValidation("traceparent", traceparent);
        }

        return request;
    }

    private ReceiverResponse Head(HttpResponseMessage response)
    {
        var now = clock.GetUtcNow();
        var status = (int)response.StatusCode;
        response.Headers.NonValidated.TryGetValues("Retry-After", out var retryAfter);

        return new ReceiverResponse(status, StatusText(response), now, RetryAfter.Parse(retryAfter, now), null);
    }

    private static string StatusText(HttpResponseMessage response)
    {
        var text = string.IsNullOrWhiteSpace(response.ReasonPhrase)
            ? ReasonPhrases.GetReasonPhrase((int)response.StatusCode)
            : new string([.. AsWritten(response.ReasonPhrase).Where(character => !char.IsControl(character))]);

        return Cut(text);
    }

    /// <summary>The platform reads it as Latin-1. Where its bytes are UTF-8 they were meant as that.</summary>
    private static string AsWritten(string phrase)
    {
        if (Ascii.IsValid(phrase))
        {
            return phrase;
        }

        var bytes = Encoding.Latin1.GetBytes(phrase);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : phrase;
    }

    /// <summary>Never within a character.</summary>
    private static string Cut(string text)
    {
        if (text.Length <= MaxStatusText)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[MaxStatusText - 1]) ? MaxStatusText - 1 : MaxStatusText)];
    }
}
