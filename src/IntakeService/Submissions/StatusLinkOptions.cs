using System.ComponentModel.DataAnnotations;

namespace Waybill.IntakeService.Submissions;

/// <summary>Where clients ask for the status of what they posted. Shares its section with the internal client's settings.</summary>
public sealed class StatusLinkOptions
{
    public const string SectionName = "StatusService";

    /// <summary>The status service's address as clients reach it, such as https://status.example.com; the base of every <c>statusUrl</c>.</summary>
    [Required]
    public Uri? PublicUrl { get; set; }

    public bool IsHttp => PublicUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    public string For(string notificationId) => $"{PublicUrl!.AbsoluteUri.TrimEnd('/')}/v1/notifications/{notificationId}";

    public string ForEvent(string eventId) => $"{PublicUrl!.AbsoluteUri.TrimEnd('/')}/v1/events/{eventId}";
}
