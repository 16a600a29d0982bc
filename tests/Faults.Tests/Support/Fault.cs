namespace Waybill.Faults.Tests.Support;

/// <summary>When something was broken: from the moment of the kill until the part was back.</summary>
internal sealed record Fault(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Notes the time around what is done to a part.</summary>
    public static async Task<Fault> NoteAsync(Func<Task> fault)
    {
        var from = DateTimeOffset.UtcNow;
        await fault();
        return new Fault(from, DateTimeOffset.UtcNow);
    }
}
