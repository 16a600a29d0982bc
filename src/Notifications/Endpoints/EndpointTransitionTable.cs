using From = Waybill.Notifications.Endpoints.EndpointStatus;
using To = Waybill.Notifications.Endpoints.EndpointStatus;
using Write = Waybill.Notifications.Endpoints.EndpointField;

namespace Waybill.Notifications.Endpoints;

/// <summary>
/// What can be done to an endpoint, one row a change. The store builds each conditional write from a row, so a change that is not here
/// cannot be written. docs/architecture.md prints the same table.
/// </summary>
public static class EndpointTransitionTable
{
    /// <summary>Before the rows, which add themselves.</summary>
    private static readonly List<EndpointTransition> Rows = [];

    public static readonly EndpointTransition Create = Row("Create", [], To.Active, [Write.WholeRecord]);
    public static readonly EndpointTransition Change = Row("Change", [From.Active], null, [Write.Url, Write.Description, Write.Types, Write.Headers, Write.TimeoutSeconds, Write.RetrySchedule]);
    public static readonly EndpointTransition RotateSecret = Row("RotateSecret", [From.Active], null, [Write.Secrets]);
    public static readonly EndpointTransition Delete = Row("Delete", [From.Active], To.Deleted, [Write.Secrets, Write.Headers, Write.ExpiresAt]);

    public static IReadOnlyList<EndpointTransition> All => Rows;

    private static EndpointTransition Row(string name, EndpointStatus[] from, EndpointStatus? to, EndpointField[] writes)
    {
        var row = new EndpointTransition(name, from, to, writes);
        Rows.Add(row);
        return row;
    }
}
