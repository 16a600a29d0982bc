namespace Waybill.Notifications.Endpoints;

/// <summary>One row of an endpoint's state machine.</summary>
/// <param name="From">Any of these; empty: there is none as yet.</param>
/// <param name="To">Null: it stays what it is.</param>
/// <param name="Writes">All it may write; the store refuses to build any other change.</param>
/// <param name="RaisesVersion">False of what Waybill notes by itself: it is no change that an owner's If-Match is about.</param>
/// <remarks>Each is conditional on the version that it was decided on, where whoever asks names one.</remarks>
public sealed record EndpointTransition(string Name, IReadOnlyList<EndpointStatus> From, EndpointStatus? To, IReadOnlyList<EndpointField> Writes, bool RaisesVersion = true)
{
    public override string ToString() => Name;
}
