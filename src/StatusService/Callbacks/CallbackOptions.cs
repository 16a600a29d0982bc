namespace Waybill.StatusService.Callbacks;

/// <summary>Where callbacks say that a notification is asked about. Shares its section with intake's, where it is required.</summary>
public sealed class CallbackOptions
{
    public const string SectionName = "StatusService";

    /// <summary>The status service's address as clients reach it, such as https://status.example.com; null: callbacks have no <c>statusUrl</c>.</summary>
    public Uri? PublicUrl { get; set; }

    public bool IsHttpOrNone => PublicUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
