namespace StandIns.Aspire.Tests.Support;

internal static class ResourceIds
{
    /// <summary>A resource with a process has an id of its own for each run.</summary>
    public static string Of(TestApp app, string name)
    {
        using var cancelled = new CancellationTokenSource();
        var updates = app.Notifications.WatchAsync(cancelled.Token).ToBlockingEnumerable();
        return updates.First(update => update.Resource.Name == name).ResourceId;
    }
}
