using System.Text.Json.Serialization;

namespace Waybill.Notifications.Records;

/// <summary>Why an attempt did not succeed.</summary>
/// <param name="Code">A stable name, such as <c>connection_refused</c> or <c>http_503</c>.</param>
/// <param name="Message">For people; not stable. At most 500 characters.</param>
/// <param name="Category">The same as the result's category.</param>
/// <param name="Response">The start of the receiver's answer, at most 1,024 bytes of UTF-8; null when there was none.</param>
public sealed record ErrorDetails(
    [property: JsonRequired] string Code,
    [property: JsonRequired] string Message,
    [property: JsonRequired] DeliveryCategory Category,
    string? Response)
{
    public const int MaxMessageLength = 500;
    public const int MaxResponseBytes = 1024;

    /// <summary>Code of an attempt of an event that made no call, as no secret of its endpoint can be opened: no fault of the receiver.</summary>
    public const string SecretSealed = "secret_sealed";
}
