using System.ComponentModel.DataAnnotations;
using Waybill.Hosting;

namespace Waybill.IntakeService.Submissions;

/// <summary>Where clients ask for the status of what they posted. Shares its section with the internal client's settings.</summary>
public sealed class StatusLinkOptions
{
    public const string SectionName = "StatusService";

    /// <summary>The status service's address as clients reach it, such as https://status.example.com; the base of every <c>statusUrl</c>.</summary>
    [Required]
    public Uri? PublicUrl { get; set; }

    public bool IsHttp => PublicUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    public string For(string notificationId) => StatusLinks.OfNotification(PublicUrl!, notificationId);

    public string ForEvent(string eventId) => StatusLinks.OfEvent(PublicUrl!, eventId);
}
