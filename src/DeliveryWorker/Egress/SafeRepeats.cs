using System.Net;

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
            var sending = Sending.Start(head, isLast: repeats == MostRepeats);

            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception) when (repeats < MostRepeats && IsUnprocessed(exception, sending, request))
            {
                timeline?.Rewind();
            }

            if (repeats >= AtOnce)
            {
                await Task.Delay(Pause * (repeats - AtOnce + 1), clock, cancellationToken);
            }
        }
    }

    private bool IsUnprocessed(HttpRequestException exception, Sending sending, HttpRequestMessage request)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case UnsentException:
                    return true;

                // The handler repeats over HTTP/2 only: streams above a GOAWAY's last one, refused ones, and those that found no place.
                case RepeatedSendException:
                    return !sending.IsOnHttp1;

                case HttpProtocolException { ErrorCode: Http11Origins.Required } when request.Version.Major >= 2:
                    _http11.Add(request.RequestUri!);
                    request.Version = HttpVersion.Version11;
                    return true;
            }
        }

        return false;
    }
}
