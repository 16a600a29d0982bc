using System.Text.Json.Serialization;

namespace Waybill.Notifications.Endpoints;

/// <summary>What Waybill has still to do about a change of an endpoint: it stands in the endpoint's own item until that is done, so no crash loses it.</summary>
/// <param name="What">One of <see cref="OwedKinds"/>, or another release's.</param>
/// <param name="At">When the endpoint changed: with the endpoint and the kind it makes the id of what is done, so that this is done once.</param>
/// <param name="FailingSince">As it was then.</param>
/// <param name="Reason">Of a disabled one.</param>
public sealed record OwedNews(
    [property: JsonRequired] string What,
    [property: JsonRequired] DateTimeOffset At,
    DateTimeOffset? FailingSince = null,
    string? Reason = null);

/// <summary>What may be owed.</summary>
public static class OwedKinds
{
    /// <summary>The callback <see cref="CallbackTypes.EndpointFailing"/>.</summary>
    public const string Failing = "FAILING";

    /// <summary>The callback <see cref="CallbackTypes.EndpointDisabled"/>.</summary>
    public const string Disabled = "DISABLED";

    /// <summary>The callback <see cref="CallbackTypes.EndpointRecovered"/>.</summary>
    public const string Recovered = "RECOVERED";

    /// <summary>A job that makes due what was held while it was paused.</summary>
    public const string ReleaseHeld = "RELEASE_HELD";

    /// <summary>The type of the callback that is owed; null of what is none, or another release's.</summary>
    public static string? CallbackOf(string kind) => kind switch
    {
        Failing => CallbackTypes.EndpointFailing,
        Disabled => CallbackTypes.EndpointDisabled,
        Recovered => CallbackTypes.EndpointRecovered,
        _ => null,
    };
}
