using Waybill.Notifications.Records;

namespace Waybill.IntakeService.Steering;

/// <summary>What became of a client's wish to move a notification.</summary>
public abstract record SteeringOutcome
{
    /// <param name="Record">As it is after the move.</param>
    public sealed record Applied(NotificationRecord Record) : SteeringOutcome;

    /// <summary>Its state does not allow it.</summary>
    /// <param name="Record">As it is, and as it was left.</param>
    public sealed record Refused(NotificationRecord Record) : SteeringOutcome;

    /// <summary>There is nothing left to send: the request's time to live has ended.</summary>
    /// <param name="Record">As it is, and as it was left.</param>
    public sealed record RequestExpired(NotificationRecord Record) : SteeringOutcome;

    /// <summary>There is none with that id, or none that the caller may know of.</summary>
    public sealed record NotFound : SteeringOutcome;

    /// <summary>Its record cannot be read or written as it is.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Troubled(string Id, string Reason) : SteeringOutcome;

    /// <summary>The table could not be reached.</summary>
    /// <param name="NothingWritten">False when it is not known whether the move was written.</param>
    public sealed record Unavailable(string Id, bool NothingWritten) : SteeringOutcome;
}
