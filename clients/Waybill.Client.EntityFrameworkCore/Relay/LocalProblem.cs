namespace Waybill.Client.EntityFrameworkCore.Relay;

/// <summary>Problems that the relay has by itself, in the form of Waybill's.</summary>
internal static class LocalProblem
{
    private const string Prefix = "urn:waybill:outbox:";

    public static WaybillProblem NotAnswered { get; } = new() { Type = $"{Prefix}not-answered", Title = "Waybill's answer has nothing about this row." };

    /// <summary>It waits for a relay that can: a later release may have written it.</summary>
    public static WaybillProblem Unreadable(string detail) => new() { Type = $"{Prefix}unreadable", Title = "The row cannot be read by this release.", Detail = detail };
}
