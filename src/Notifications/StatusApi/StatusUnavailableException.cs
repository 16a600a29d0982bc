namespace Waybill.Notifications.StatusApi;

/// <summary>
/// The status service, or the table behind it, gave no answer. Whether the transition was written is not known;
/// every transition may be asked for again, as its condition lets it apply once.
/// </summary>
public sealed class StatusUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when the status service said that nothing was written.</summary>
    public bool NothingWritten { get; init; }
}
