using System.Net;
using Waybill.DeliveryWorker.Delivery;

namespace Waybill.DeliveryWorker.Egress;

/// <summary>
/// Sends a call again, within its deadline, where it is certain that the receiver did not act on it: a kept connection was closed before a byte
/// arrived, or HTTP/2 says that the request was not processed (RFC 9113, 6.8 and 8.7). To the receiver it is one call. Nothing else is
/// repeated here: whether to call again is decided by the schedule, on the record.
/// </summary>
internal sealed class SafeRepeats(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    /// <summary>More than connections that can have gone stale together, and than the rounds in which a receiver that drains takes a burst.</summary>
    private const int MostRepeats = 16;

    /// <summary>After so many at once, each waits <see cref="Pause"/> longer than the one before: the receiver may be refusing what is too much.</summary>
    private const int AtOnce = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Http11Origins _http11 = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.TryGetValue(CallTimeline.Key, out var timeline);
        request.Options.TryGetValue(RequestHead.Key, out var head);

        if (_http11.Contains(request.RequestUri!))
        {
            request.Version = HttpVersion.Version11;
        }

        for (var repeats = 0; ; repeats++)
        {
            var sending = Sending.Start(head, isLast: repeats >= MostRepeats);

            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception)
                when (RequiresHttp11(exception, request) || (repeats < MostRepeats && (IsUnprocessed(exception, sending) || HadNoStream(exception, sending, request))))
            {
                timeline?.Rewind();
            }

            if (repeats >= AtOnce)
            {
                await Task.Delay(Pause * (repeats - AtOnce + 1), clock, cancellationToken);
            }
        }
    }

    private bool RequiresHttp11(HttpRequestException exception, HttpRequestMessage request)
    {
        if (request.Version.Major < 2 || !Causes(exception).Any(cause => cause is HttpProtocolException { ErrorCode: Http11Origins.Required }))
        {
            return false;
        }

        _http11.Add(request.RequestUri!);
        request.Version = HttpVersion.Version11;
        return true;
    }

    /// <summary>By itself the handler repeats over HTTP/2 only: streams above a GOAWAY's last one, refused ones, and those that found no place.</summary>
    private static bool IsUnprocessed(HttpRequestException exception, Sending sending) =>
        Causes(exception).Any(cause => cause is UnsentException || (cause is RepeatedSendException && !sending.IsOnHttp1));

    /// <summary>A kept HTTP/2 connection that ends just as the call is to get a stream on it: the handler tells that as it tells of a stream that got no answer.</summary>
    private static bool HadNoStream(HttpRequestException exception, Sending sending, HttpRequestMessage request) =>
        request.Content is DeliveryBody
        && sending is { HasBegun: true, IsOnBody: false, IsOnHttp1: false }
        && Causes(exception).Any(cause => cause is IOException);

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception.InnerException; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
