namespace Waybill.Hosting;

/// <summary>Addresses of the status service as clients reach them: every <c>statusUrl</c>.</summary>
public static class StatusLinks
{
    public static string OfNotification(Uri publicUrl, string id) => $"{Base(publicUrl)}/v1/notifications/{id}";

    public static string OfEvent(Uri publicUrl, string id) => $"{Base(publicUrl)}/v1/events/{id}";

    private static string Base(Uri publicUrl) => publicUrl.AbsoluteUri.TrimEnd('/');
}
