using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Waybill.ServiceDefaults.Problems.Refusals;

/// <summary>Hears from Kestrel that it refuses a request, just before its answer, which has no body.</summary>
internal sealed class RefusalObserver : IObserver<KeyValuePair<string, object?>>
{
    /// <summary>The only event that is asked for; it never comes with a good request.</summary>
    public const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection features
            || features.Get<Refusal>() is not { } refusal
            || features.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException reason)
        {
            return;
        }

        // An answer that has begun stays as it is, and one to HEAD has no body.
        var isToBeAnswered = features.Get<IHttpResponseFeature>()?.HasStarted == false
            && features.Get<IHttpRequestFeature>()?.Method != HttpMethods.Head;

        if (isToBeAnswered)
        {
            refusal.Reason = reason;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}

/// <summary>
/// Why the server refused what came over a connection, before there was a request to give to the application. A feature of each connection;
/// the server's last word on one, as it closes it then.
/// </summary>
internal sealed class Refusal
{
    public BadHttpRequestException? Reason { get; set; }
}
